/** Search by any name a thing bears; a combobox that the keyboard drives. */

import { FACETS, NAMES, type Facet } from "../state.ts";
import type { Stage } from "../view.ts";
import { Names, type Named } from "../seek.ts";
import { fold, text, type Lang, type Text, type World } from "../world.ts";
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

/** What a world's search finds, by its place among `things`; see seek.ts for what answers, and in which order. */
export class Search {
  private readonly things: (Found & Named)[] = [];
  private readonly names: Names;

  constructor(world: World, lang: Lang, kinds: Found["kind"][] = []) {
    const add = (kind: Found["kind"], place: number, one: { id: string; name: Text }, sought = folded(one.name), more = "") => {
      if (!kinds.length || kinds.includes(kind)) {
        this.things.push({ kind, place, name: text(one.name, lang), more, id: one.id, sought, order: ORDER.indexOf(kind) });
      }
    };
    world.bodies.forEach((one, place) => add("body", place, one, one.sought, kindOf(world, one, lang)));
    world.activities.forEach((one, place) => {
      if (one.type !== "lab") add("activity", place, one);
    });
    world.concepts.forEach((one, place) => {
      const facet = TOPICS.find((name) => name === one.scheme);
      if (facet) add(facet, place, { id: one.iri, name: one.name });
    });
    world.territories.forEach((one, place) => add("territory", place, one));
    this.names = new Names(this.things);
  }

  /** `near`: whether nothing answers, and these are what is spelled most like it. */
  seek(typed: string): { found: Found[]; near: boolean } {
    const { found, near } = this.names.seek(typed, MOST);
    return { found: [...found, ...near].map((place) => this.things[place]), near: !found.length };
  }
}

const ORDER: Found["kind"][] = ["body", "territory", ...TOPICS, "activity"];

function folded(name: Text): string {
  return typeof name === "string" ? fold(name) : [...new Set([fold(name.fr), fold(name.en)])].join(" | ");
}

/** The ARIA 1.2 combobox: `choose` is called with what Enter or a click takes. */
export function combobox(
  stage: Stage, id: string, label: string, choose: (found: Found) => void, kinds: Found["kind"][] = [],
): HTMLElement {
  const list = make("ul", { id: `${id}-list`, role: "listbox", "aria-label": label });
  const none = make("p", {});
  const below = make("div", { class: "found", hidden: true }, none, list);
  const input = make("input", {
    id, type: "search", role: "combobox", autocomplete: "off", placeholder: label, "aria-label": label,
    "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
  });
  let known: { world: World; search: Search } | undefined;
  let found: Found[] = [];
  let at = -1;
  const close = () => {
    below.hidden = true;
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
    if (known?.world !== stage.world) known = { world: stage.world, search: new Search(stage.world, stage.lang, kinds) };
    const hits = known.search.seek(input.value);
    const typed = fold(input.value) !== "";
    found = hits.found;
    list.replaceChildren(...found.map(option));
    at = -1;
    none.textContent = typed && hits.near ? stage.say(found.length ? "app.near" : "app.nothing", { typed: input.value.trim() }) : "";
    list.hidden = !found.length;
    below.hidden = !typed;
    input.setAttribute("aria-expanded", String(found.length > 0));
    if (typed) stage.announce([none.textContent, stage.say("app.matches", { n: found.length })].filter(Boolean).join(" "));
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
  return make("div", { class: "combobox" }, input, below);
}
