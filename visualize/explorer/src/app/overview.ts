/** What the panel says when nothing is chosen: what stands out, the most linked, what no source says. */

import type { Selection } from "../selection";
import type { Stage } from "../view";
import { make } from "./dom";
import { disc, linksOf, opener, where } from "./names";

const MOST = 8;

export function overview(stage: Stage, selection: Selection, sentences: string[]): HTMLElement[] {
  const { world, lang } = stage;
  const links = linksOf(world);
  const shown = new Set(selection.links);
  const degree = (body: number) => (links.get(body) ?? []).filter((link) => shown.has(link)).length;
  const ranked = selection.bodies.map((place) => ({ place, n: degree(place) })).sort((a, b) => b.n - a.n || a.place - b.place);
  const cards = ranked.filter((one) => one.n > 0).slice(0, MOST).map(({ place, n }) => {
    const body = world.bodies[place];
    const territory = where(world, body, lang);
    const words = [territory, stage.say("sheet.with", { n })].filter(Boolean).join(", ");
    return make("li", {}, disc(world, body), opener(stage, body, "most"), make("span", { class: "small" }, words));
  });
  const bodies = selection.bodies.map((place) => world.bodies[place]);
  const unsaid = [
    stage.say("sheet.without_kind", { n: bodies.filter((one) => one.kind < 0).length }),
    stage.say("sheet.without_territory", { n: bodies.filter((one) => !one.territories.length).length }),
    stage.say("sheet.without_date", { n: selection.links.filter((place) => !world.links[place].first && !world.links[place].last).length }),
  ];
  return [
    make("h2", { tabindex: "-1", id: "sheet-title" }, stage.say("sheet.overview")),
    make("p", { class: "small" }, stage.say("sheet.choose")),
    make("section", { class: "summary" }, make("h3", {}, stage.say("sheet.sentences")), ...sentences.map((one) => make("p", {}, one))),
    make("h3", {}, stage.say("sheet.most")), make("ul", { class: "cards plain" }, ...cards),
    make("h3", {}, stage.say("sheet.unsaid")), make("ul", { class: "unsaid" }, ...unsaid.map((one) => make("li", {}, one))),
  ];
}
