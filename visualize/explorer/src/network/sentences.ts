/** The network in sentences: how many, who stands out, what is apart, what no source dates. */

import { nameOf } from "../app/names.ts";
import type { Selection } from "../selection.ts";
import type { Stage } from "../view.ts";
import { text } from "../world.ts";
import { partnersOf } from "./model.ts";

const MOST = 3;

export function sentences(stage: Stage, selection: Selection): string[] {
  const { world } = stage;
  const { bodies, links } = selection.total;
  const found = [stage.say("network.shows", { bodies: stage.say("app.bodies", { n: bodies }), links: stage.say("app.links", { n: links }) })];
  found.push(...linked(stage, selection), ...grouped(stage, selection));
  found.push(...views(stage, selection));
  const unsure = selection.links.filter((place) => world.links[place].certainty > 0).length;
  if (unsure) found.push(stage.say("network.unsure_links", { n: unsure }));
  const undated = selection.links.filter((place) => !world.links[place].first && !world.links[place].last).length;
  if (undated) found.push(stage.say("facets.undated", { n: undated }));
  return found;
}

function linked(stage: Stage, selection: Selection): string[] {
  const { world, lang } = stage;
  const partners = partnersOf(world, selection.links);
  const ranked = selection.bodies.map((place) => ({ place, n: partners.get(place)?.size ?? 0 })).sort((a, b) => b.n - a.n);
  const hubs = ranked.filter((one) => one.n > 1).slice(0, MOST);
  const named = hubs.map(({ place, n }) => `${nameOf(world.bodies[place], lang)} (${stage.say("sheet.with", { n })})`);
  const alone = ranked.filter((one) => !one.n).length;
  return [
    ...(named.length ? [stage.say("network.hubs", { list: new Intl.ListFormat(lang).format(named) })] : []),
    ...(alone && !world.counted?.communities ? [stage.say("network.alone", { n: alone })] : []),
  ];
}

/** How many links rest on nothing but the view of one body. */
function views(stage: Stage, selection: Selection): string[] {
  const { world, lang } = stage;
  const counts = new Map<string, number>();
  for (const place of selection.links) {
    const whose = new Set(world.links[place].sources.map((source) => world.sources[source]?.viewpoint ?? ""));
    const [one] = whose;
    if (whose.size === 1 && one) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return [...counts].map(([id, n]) => {
    const body = world.bodies.find((one) => one.id === id);
    return stage.say("network.view", { n, all: selection.links.length, body: body ? nameOf(body, lang) : id });
  });
}

/** Communities of three members at least; smaller ones are pairs and bodies apart. */
function grouped(stage: Stage, selection: Selection): string[] {
  const { world, lang } = stage;
  const members = new Map<number, number>();
  for (const place of selection.bodies) members.set(world.bodies[place].community, (members.get(world.bodies[place].community) ?? 0) + 1);
  const counted = world.counted?.communities;
  const all = counted ? Object.entries(counted).map(([place, n]): [number, number] => [Number(place), n]) : [...members];
  const groups = all.filter(([place, n]) => n > 2 && world.communities[place]).sort(([, n], [, m]) => m - n);
  if (!groups.length) return [];
  const [largest, n] = groups[0];
  const size = stage.say("network.community", { name: text(world.communities[largest].title, lang), n });
  return [stage.say("network.grouped", { n: groups.length, largest: size })];
}
