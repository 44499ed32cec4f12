/** The licence of what is taken away: the algebra of maillage/licence.py, on the sources that are used and no others. */

import type { Selection } from "../selection.ts";
import { text, type Lang, type Licence, type World } from "../world.ts";

/** What a file holds, by places in the world's lists. */
export type Held = Pick<Selection, "bodies" | "links" | "activities">;

export interface Credit {
  licence: Licence;
  lines: string[]; // whom to credit
  publishers: string[]; // the same, shorter
  sources: number[];
}

export interface Refusal {
  between: string[]; // titles of the sources at odds
}

/** The sources that what is held rests on: of each body and where it lies, each link, and what a link is made of. */
export function used(world: World, held: Held): number[] {
  const found = new Set<number>();
  const add = (things: ({ sources?: number[] } | undefined)[]) => things.forEach((one) => one?.sources?.forEach((source) => found.add(source)));
  const bodies = held.bodies.map((place) => world.bodies[place]);
  const links = held.links.map((place) => world.links[place]);
  const participations = links.flatMap((link) => link.participations.map((place) => world.participations[place]));
  const activities = [...participations.map((one) => one.activity), ...held.activities].map((place) => world.activities[place]);
  add(bodies);
  add(links);
  add(participations);
  add(activities);
  add([...bodies, ...activities].flatMap((one) => one.territories.map((place) => world.territories[place])));
  return [...found].sort((a, b) => a - b);
}

/** The least demanding licence under which every source may be handed on, or who is at odds. */
export function combine(world: World, sources: number[]): Licence | Refusal {
  const { licences } = world;
  const parts = [...new Set(sources.map((place) => world.sources[place].licence))];
  const all = licences.map((_, place) => place).filter((place) => licences[place].under.length);
  const fitting = all.filter((place) => parts.every((part) => licences[part].under.includes(place)));
  const least = fitting
    .filter((place) => fitting.every((one) => licences[place].under.includes(one)))
    .sort((a, b) => (licences[a].iri < licences[b].iri ? -1 : 1));
  return least.length ? licences[least[0]] : { between: atOdds(world, sources, parts) };
}

/** Those that may not be handed on at all, else those that some other one excludes. */
function atOdds(world: World, sources: number[], parts: number[]): string[] {
  const { licences } = world;
  const silent = parts.filter((part) => !licences[part].under.length);
  const meets = (a: number, b: number) => licences[a].under.some((one) => licences[b].under.includes(one));
  const apart = parts.filter((part) => parts.some((one) => !meets(part, one)));
  const blamed = [silent, apart, parts].find((some) => some.length) ?? [];
  return sources.filter((place) => blamed.includes(world.sources[place].licence)).map((place) => world.sources[place].title);
}

export function credit(world: World, held: Held): Credit | Refusal {
  const sources = used(world, held);
  const licence = combine(world, sources);
  if ("between" in licence) return licence;
  const sorted = (words: string[]) => [...new Set(words.filter(Boolean))].sort();
  return {
    licence, sources,
    lines: sorted(sources.map((place) => world.sources[place].credit)),
    publishers: sorted(sources.map((place) => world.sources[place].publisher || world.sources[place].title)),
  };
}

/** The first lines of what a file says of itself: its licence, and the release that it comes from. */
export function terms(world: World, { licence }: Credit, lang: Lang): string[] {
  const label = lang === "fr" ? "Licence\u00a0: " : "Licence: ";
  const page = licence.page ? ` (${licence.page})` : "";
  return [`${label}${text(licence.name, lang)}${page}`, `Maillage ${world.release}, ${world.date}`];
}

/** All of it: licence, release, whom to credit. A line has no break. */
export function notices(world: World, found: Credit, lang: Lang): string[] {
  return [...terms(world, found, lang), ...found.lines].map((line) => line.replace(/\s+/g, (gap) => (gap === "\u00a0" ? gap : " ")));
}
