/** The licence of what is taken away: the algebra of maillage/licence.py, on the sources that are used and no others. */

import type { Selection } from "../selection.ts";
import { text, type Lang, type Licence, type World } from "../world.ts";

export interface Credit {
  licence: Licence;
  lines: string[]; // whom to credit
}

export interface Refusal {
  between: string[]; // titles of the sources at odds
}

/** The places of the sources that what is shown rests on; all where nothing that is shown names one. */
export function used(world: World, selection: Selection): number[] {
  const bodies = new Set(selection.bodies);
  const found = new Set(selection.links.flatMap((place) => world.links[place].sources));
  for (const one of world.participations) if (bodies.has(one.body)) one.sources.forEach((source) => found.add(source));
  return found.size ? [...found].sort((a, b) => a - b) : world.sources.map((_, place) => place);
}

/** The least demanding licence under which every source may be handed on, or who is at odds. */
export function combine(world: World, sources: number[]): Licence | Refusal {
  const parts = [...new Set(sources.map((place) => world.sources[place].licence))];
  const all = world.licences.map((_, place) => place).filter((place) => world.licences[place].under.length);
  const fitting = all.filter((place) => parts.every((part) => world.licences[part].under.includes(place)));
  const least = [...fitting].sort((a, b) => (world.licences[a].iri < world.licences[b].iri ? -1 : 1))
    .find((place) => fitting.every((one) => world.licences[place].under.includes(one)));
  if (least !== undefined) return world.licences[least];
  return { between: atOdds(world, sources, parts) };
}

function atOdds(world: World, sources: number[], parts: number[]): string[] {
  const silent = parts.filter((part) => !world.licences[part].under.length);
  const meets = (a: number, b: number) => world.licences[a].under.some((one) => world.licences[b].under.includes(one));
  const apart = parts.filter((part) => parts.some((one) => !meets(part, one)));
  const blamed = silent.length ? silent : apart.length ? apart : parts;
  return sources.filter((place) => blamed.includes(world.sources[place].licence)).map((place) => world.sources[place].title);
}

export function credit(world: World, selection: Selection): Credit | Refusal {
  const sources = used(world, selection);
  const licence = combine(world, sources);
  if ("between" in licence) return licence;
  return { licence, lines: [...new Set(sources.map((place) => world.sources[place].credit))].sort() };
}

/** What is written in a file: licence, release, whom to credit. */
export function notices(world: World, found: Credit, lang: Lang): string[] {
  const label = lang === "fr" ? "Licence\u00a0: " : "Licence: ";
  const page = found.licence.page ? ` (${found.licence.page})` : "";
  return [`${label}${text(found.licence.name, lang)}${page}`, `Maillage ${world.release}, ${world.date}`, ...found.lines];
}
