/** The network in sentences: how many, who stands out, what is apart, what no source dates. */

import { linksOf, nameOf } from "../app/names.ts";
import type { Selection } from "../selection.ts";
import type { Stage } from "../view.ts";

const MOST = 3;

export function sentences(stage: Stage, selection: Selection): string[] {
  const { world, lang } = stage;
  const { bodies, links } = selection.total;
  const found = [stage.say("network.shows", { bodies: stage.say("app.bodies", { n: bodies }), links: stage.say("app.links", { n: links }) })];
  const shown = new Set(selection.links);
  const all = linksOf(world);
  const degree = (place: number) => (all.get(place) ?? []).filter((link) => shown.has(link)).length;
  const ranked = selection.bodies.map((place) => ({ place, n: degree(place) })).sort((a, b) => b.n - a.n);
  const hubs = ranked.filter((one) => one.n > 1).slice(0, MOST);
  const named = hubs.map(({ place, n }) => `${nameOf(world.bodies[place], lang)} (${stage.say("sheet.with", { n })})`);
  if (named.length) found.push(stage.say("network.hubs", { list: new Intl.ListFormat(lang).format(named) }));
  const alone = ranked.filter((one) => !one.n).length;
  if (alone) found.push(stage.say("network.alone", { n: alone }));
  const unsure = selection.links.filter((place) => world.links[place].certainty > 0).length;
  if (unsure) found.push(stage.say("network.unsure_links", { n: unsure }));
  const undated = selection.links.filter((place) => !world.links[place].first && !world.links[place].last).length;
  if (undated) found.push(stage.say("facets.undated", { n: undated }));
  return found;
}
