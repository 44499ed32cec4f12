/** What the map counts: bodies by region or department, links between them, and what no source places. */

import { territoriesOf, type Selection } from "../selection.ts";
import type { World } from "../world.ts";

export type Level = "region" | "department";

export interface Arc {
  a: number; // territories, a < b; the same for links inside one
  b: number;
  links: number[];
}

export interface Counts {
  bodies: Map<number, number[]>; // selected bodies of each territory of the level
  national: number[]; // bodies that sources place in no smaller territory than the country
  nowhere: number[]; // bodies that no source places
  known: Set<number>; // territories of the level of which any source of the world says something
  arcs: Arc[];
}

/** The territories of a level in which a thing lies. */
export function placed(world: World, thing: { territories: number[] }, level: Level): number[] {
  return territoriesOf(world, thing).filter((place) => world.territories[place].level === level);
}

export function count(world: World, selection: Selection, level: Level): Counts {
  const found: Counts = { bodies: new Map(), national: [], nowhere: [], known: known(world, level), arcs: [] };
  for (const place of selection.bodies) {
    const body = world.bodies[place];
    const here = placed(world, body, level);
    for (const one of here) found.bodies.set(one, [...(found.bodies.get(one) ?? []), place]);
    if (!body.territories.length) found.nowhere.push(place);
    else if (!here.length) found.national.push(place);
  }
  found.arcs = arcs(world, selection, level);
  return found;
}

/** Of the whole world, not of what is selected: zero is said only where something is known. */
function known(world: World, level: Level): Set<number> {
  return new Set([...world.bodies, ...world.activities].flatMap((one) => placed(world, one, level)));
}

/** A link joins each territory of one end to each of the other; one inside a territory is a loop. */
export function arcs(world: World, selection: Selection, level: Level): Arc[] {
  const found = new Map<string, Arc>();
  for (const place of selection.links) {
    const [from, to] = [world.links[place].a, world.links[place].b].map((end) => placed(world, world.bodies[end], level));
    for (const one of from) {
      for (const other of to) {
        const [a, b] = one < other ? [one, other] : [other, one];
        const arc = found.get(`${a} ${b}`) ?? { a, b, links: [] };
        if (!arc.links.includes(place)) arc.links.push(place);
        found.set(`${a} ${b}`, arc);
      }
    }
  }
  return [...found.values()].sort((x, y) => y.links.length - x.links.length || x.a - y.a || x.b - y.b);
}

/** The shade of a count, from 0 (none) to `steps`. */
export function shade(value: number, most: number, steps: number): number {
  return value ? Math.max(1, Math.ceil((value / most) * steps)) : 0;
}
