/** The links as rows, sortable; the same table stands below every picture. */

import type { Selection } from "../selection";
import type { MakeView, Stage } from "../view";
import { text, type Link } from "../world";
import { button, make } from "../app/dom";
import { badge } from "../app/evidence";
import { disc, lineId, linkKinds, nameOf, opener, regions, where } from "../app/names";

const PAGE = 200; // rows at a time
const SHORT = 25; // on a small screen, where a row is a card
const COLUMNS = ["a", "b", "kind", "since", "territories", "evidence"] as const;
type Column = (typeof COLUMNS)[number];

export const table: MakeView = (stage) => {
  const element = make("div", { class: "tableview" });
  let pages = 1;
  let drawn = "";
  const show = (selection: Selection) => {
    const key = selection.links.join();
    if (key !== drawn) pages = 1;
    drawn = key;
    element.replaceChildren(...rows(stage, selection, pages * (innerWidth < 700 ? SHORT : PAGE), () => {
      pages++;
      show(selection);
    }));
  };
  return { element, show, summary: (selection) => sentences(stage, selection) };
};

function rows(stage: Stage, selection: Selection, most: number, more: () => void): HTMLElement[] {
  const { world } = stage;
  const links = sorted(stage, selection.links.map((place) => world.links[place]));
  const shown = links.slice(0, most);
  const caption = make("caption", {}, stage.say("table.caption", { n: links.length }));
  const head = make("tr", {}, ...COLUMNS.map((column) => heading(stage, column)));
  const body = make("tbody", {}, ...shown.map((link) => row(stage, link)));
  const found: HTMLElement[] = [make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": stage.say("table.label") }, make("table", {}, caption, make("thead", {}, head), body))];
  if (shown.length < links.length) found.push(button(stage.say("table.more", { n: links.length - shown.length }), more, { class: "more" }));
  const linked = new Set(selection.links.flatMap((place) => [world.links[place].a, world.links[place].b]));
  const alone = selection.bodies.filter((place) => !linked.has(place));
  if (alone.length) found.push(others(stage, alone));
  return found;
}

function sentences(stage: Stage, selection: Selection): string[] {
  const links = selection.links.map((place) => stage.world.links[place]);
  const linked = new Set(links.flatMap((link) => [link.a, link.b]));
  const alone = selection.bodies.filter((place) => !linked.has(place)).length;
  const unsure = links.filter((link) => link.certainty > 0).length;
  return [
    stage.say("table.joins", { links: stage.say("app.links", { n: links.length }), bodies: stage.say("app.bodies", { n: linked.size }) }),
    alone ? stage.say("table.alone_said", { n: alone }) : "", unsure ? stage.say("table.unsure", { n: unsure }) : "",
  ].filter(Boolean);
}

/** The bodies that no line of the table names. */
function others(stage: Stage, places: number[]): HTMLElement {
  const names = [...places].sort((a, b) => compare(stage, nameOf(stage.world.bodies[a], stage.lang), nameOf(stage.world.bodies[b], stage.lang)));
  const items = names.map((place) => {
    const one = stage.world.bodies[place];
    return make("li", {}, disc(stage.world, one), opener(stage, one, "alone"));
  });
  return make("details", { class: "alone" }, make("summary", {}, stage.say("table.alone", { n: places.length })), make("ul", { class: "plain" }, ...items));
}

function heading(stage: Stage, column: Column): HTMLElement {
  const [by, down] = order(stage);
  const direction = by !== column ? "none" : down ? "descending" : "ascending";
  const sort = () => stage.go({ sort: by === column && !down ? `-${column}` : column });
  const mark = make("span", { "aria-hidden": "true" }, direction === "none" ? "" : down ? " ▼" : " ▲");
  const press = make("button", { type: "button", class: "sort", onclick: sort, "data-keep": `sort-${column}` }, stage.say(`table.${column}`), mark);
  return make("th", { scope: "col", "aria-sort": direction }, press);
}

function order(stage: Stage): [string, boolean] {
  const { sort } = stage.state;
  const name = sort.replace(/^-/, "");
  return COLUMNS.includes(name as Column) ? [name, sort.startsWith("-")] : ["a", false];
}

/** Names as a dictionary of the language sorts them. */
const collators = { fr: new Intl.Collator("fr", { numeric: true }), en: new Intl.Collator("en", { numeric: true }) };
const compare = (stage: Stage, a: string, b: string) => collators[stage.lang].compare(a, b);

/** What a column of a link is sorted by, as words. */
function value(stage: Stage, link: Link, column: string): string {
  const { world, lang } = stage;
  switch (column) {
    case "b":
      return nameOf(world.bodies[link.b], lang);
    case "kind":
      return linkKinds(world, link, lang);
    case "since":
      return link.first ?? "9999";
    case "territories":
      return places(stage, link);
    case "evidence":
      return `${link.certainty} ${String(99 - link.sources.length).padStart(2, "0")}`;
    default:
      return nameOf(world.bodies[link.a], lang);
  }
}

function sorted(stage: Stage, links: Link[]): Link[] {
  const [by, down] = order(stage);
  const keyed = links.map((link) => ({ link, key: value(stage, link, by), then: value(stage, link, "a") }));
  keyed.sort((x, y) => (down ? -1 : 1) * compare(stage, x.key, y.key) || compare(stage, x.then, y.then));
  return keyed.map((one) => one.link);
}

function places(stage: Stage, link: Link): string {
  const named = [link.a, link.b].map((end) => {
    const body = stage.world.bodies[end];
    const [region] = regions(stage.world, body);
    return region === undefined ? where(stage.world, body, stage.lang) : text(stage.world.territories[region].name, stage.lang);
  });
  return [...new Set(named.filter(Boolean))].join(" – ");
}

function row(stage: Stage, link: Link): HTMLElement {
  const { world, lang } = stage;
  const id = lineId(world, link);
  const end = (place: number) => {
    const body = world.bodies[place];
    return make("span", { class: "named" }, disc(world, body), opener(stage, body, id));
  };
  const names = `${nameOf(world.bodies[link.a], lang)}, ${nameOf(world.bodies[link.b], lang)}`;
  const open = make("button", { type: "button", class: "small-button", "data-keep": `proof-${id}`, onclick: () => stage.go({ at: id }), "aria-pressed": String(stage.state.at === id) }, stage.say("table.proof"), make("span", { class: "sr" }, ` : ${names}`));
  return make(
    "tr", stage.state.at === id ? { class: "chosen" } : {},
    make("td", {}, end(link.a)), make("td", {}, end(link.b)), make("td", {}, linkKinds(world, link, lang)),
    make("td", {}, link.first?.slice(0, 4) || make("span", { class: "small" }, stage.say("table.undated"))),
    make("td", {}, places(stage, link)), make("td", { class: "proof" }, badge(stage, link.certainty), open),
  );
}
