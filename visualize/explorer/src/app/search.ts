/** Search by any name a thing bears, whatever its accents and capitals; a combobox that the keyboard drives. */

import { FACETS, NAMES, type Facet } from "../state.ts";
import type { Stage } from "../view.ts";
import { fold, text, type Lang, type World } from "../world.ts";
import { make } from "./dom.ts";
import { kindOf } from "./names.ts";

export interface Found {
  kind: "body" | "activity" | Facet;
  place: number;
  name: string;
  more: string;
}

const MOST = 12;
const TOPICS = NAMES.filter((name) => FACETS[name].column);

/** Those whose name begins so come first, then those with a word that does, then the others. */
export function rank(sought: string, asked: string): number {
  const names = sought.split(" | ");
  if (names.some((name) => name === asked)) return 0;
  if (names.some((name) => name.startsWith(asked))) return 1;
  if (names.some((name) => ` ${name}`.includes(` ${asked}`))) return 2;
  const words = asked.split(" ");
  return words.every((word) => sought.includes(word)) ? 3 : -1;
}

export function search(world: World, typed: string, lang: Lang, kinds: Found["kind"][] = []): Found[] {
  const asked = fold(typed);
  if (!asked) return [];
  const found: (Found & { rank: number })[] = [];
  const add = (kind: Found["kind"], place: number, name: string, sought: string, more = "") => {
    const at = rank(sought, asked);
    if (at >= 0 && (!kinds.length || kinds.includes(kind))) found.push({ kind, place, name, more, rank: at });
  };
  world.bodies.forEach((one, place) => add("body", place, text(one.name, lang), one.sought, kindOf(world, one, lang)));
  world.activities.forEach((one, place) => {
    if (one.type !== "lab") add("activity", place, text(one.name, lang), folded(one.name));
  });
  world.concepts.forEach((one, place) => {
    const facet = TOPICS.find((name) => name === one.scheme);
    if (facet) add(facet, place, text(one.name, lang), folded(one.name));
  });
  world.territories.forEach((one, place) => add("territory", place, text(one.name, lang), folded(one.name)));
  const byName = new Intl.Collator(lang);
  return found.sort((a, b) => a.rank - b.rank || order(a) - order(b) || byName.compare(a.name, b.name)).slice(0, MOST);
}

const order = (one: Found) => ["body", "territory", ...TOPICS, "activity"].indexOf(one.kind);

function folded(name: World["concepts"][number]["name"]): string {
  return typeof name === "string" ? fold(name) : `${fold(name.fr)} | ${fold(name.en)}`;
}

/** The ARIA 1.2 combobox: `choose` is called with what Enter or a click takes. */
export function combobox(
  stage: Stage, id: string, label: string, choose: (found: Found) => void, kinds: Found["kind"][] = [],
): HTMLElement {
  const list = make("ul", { id: `${id}-list`, role: "listbox", "aria-label": label, class: "found", hidden: true });
  const input = make("input", {
    id, type: "search", role: "combobox", autocomplete: "off", placeholder: label, "aria-label": label,
    "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
  });
  let found: Found[] = [];
  let at = -1;
  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (place: number) => {
    const one = found[place];
    if (!one) return;
    input.value = "";
    close();
    choose(one);
  };
  const mark = () => {
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    const active = list.children[at];
    if (active) {
      input.setAttribute("aria-activedescendant", active.id);
      active.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const option = (one: Found, place: number) => {
    const kind = one.more || (one.kind === "body" || one.kind === "activity" ? stage.say(`app.found.${one.kind}`) : FACETS[one.kind][stage.lang]);
    return make(
      "li", { role: "option", id: `${id}-${place}`, "aria-selected": "false", onmousedown: (event) => (event.preventDefault(), take(place)) },
      make("span", {}, one.name), make("span", { class: "small" }, kind),
    );
  };
  input.addEventListener("input", () => {
    found = search(stage.world, input.value, stage.lang, kinds);
    list.replaceChildren(...found.map(option));
    at = -1;
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    if (fold(input.value)) stage.announce(stage.say("app.matches", { n: found.length }));
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter") take(Math.max(at, 0));
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length) {
      at = (at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1) + found.length) % found.length;
      mark();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("blur", close);
  return make("div", { class: "combobox" }, input, list);
}
