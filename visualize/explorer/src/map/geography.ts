/** What the map counts: bodies by region or department, links between them, and what is on none of them. */

import { territoriesOf, type Selection } from "../selection.ts";
import type { State } from "../state.ts";
import type { World } from "../world.ts";

export type Level = "region" | "department";

export interface Arc {
  a: number; // territories, a < b; the same for links inside one
  b: number;
  links: number[];
}

/** `abroad` to `nowhere`: the selected bodies that are in no territory of the level, by reason. */
export interface Counts {
  bodies: Map<number, number[]>; // selected bodies of each territory of the level
  abroad: number[]; // of another country than that of the map
  national: number[]; // placed in no smaller territory than the country
  wider: number[]; // placed in a region, where departments are drawn
  away: number[]; // placed in a territory that the map does not draw
  nowhere: number[]; // that no source places
  known: Set<number>; // territories of the level of which any source of the world says something
  arcs: Arc[];
}

/** Departments once a region is chosen, unless the state says which. */
export function levelOf(world: World, state: State): Level {
  if (state.level) return state.level;
  const chosen = world.territories.filter((one) => state.territory.includes(keyOf(one)));
  return chosen.length && chosen.every((one) => one.level === "region" || one.level === "department") ? "department" : "region";
}

/** A territory as the address says it. */
export const keyOf = (territory: { id: string }) => territory.id.replace("territory/", "");

/** The territories of a level in which a thing lies. */
export function placed(world: World, thing: { territories: number[] }, level: Level): number[] {
  return territoriesOf(world, thing).filter((place) => world.territories[place].level === level);
}

/** `drawn`: the territories that have a shape; all of the level where nothing says. */
export function count(world: World, selection: Selection, level: Level, drawn?: Set<number>): Counts {
  const found: Counts = { bodies: new Map(), abroad: [], national: [], wider: [], away: [], nowhere: [], known: known(world, level), arcs: [] };
  for (const place of selection.bodies) {
    const here = placed(world, world.bodies[place], level).filter((one) => !drawn || drawn.has(one));
    for (const one of here) found.bodies.set(one, [...(found.bodies.get(one) ?? []), place]);
    if (!here.length) found[reason(world, world.bodies[place])].push(place);
  }
  found.arcs = arcs(world, selection, level);
  return found;
}

const HOME = "territory/country-fr"; // whose map it is

function reason(world: World, body: { territories: number[]; countries?: number[] }): "abroad" | "national" | "wider" | "away" | "nowhere" {
  if (body.countries?.length && !body.countries.some((place) => world.territories[place].id === HOME)) return "abroad";
  const levels = body.territories.map((place) => world.territories[place].level);
  if (!levels.length) return "nowhere";
  if (levels.every((level) => level === "country")) return "national";
  return levels.every((level) => ["country", "region", "former-region"].includes(level)) ? "wider" : "away";
}

/** Of the whole world, not of what is selected: zero is said only where something is known. A server says which. */
function known(world: World, level: Level): Set<number> {
  const said = world.counted?.known?.filter((place) => world.territories[place].level === level);
  return new Set(said ?? [...world.bodies, ...world.activities].flatMap((one) => placed(world, one, level)));
}

/** A link joins each territory of one end to each of the other; one inside a territory is a loop. */
export function arcs(world: World, selection: Selection, level: Level): Arc[] {
  const found = new Map<string, Arc & { seen: Set<number> }>();
  for (const place of selection.links) {
    const [from, to] = [world.links[place].a, world.links[place].b].map((end) => placed(world, world.bodies[end], level));
    for (const [a, b] of from.flatMap((one) => to.map((other) => [Math.min(one, other), Math.max(one, other)]))) {
      const arc = found.get(`${a} ${b}`) ?? { a, b, links: [], seen: new Set<number>() };
      if (!arc.seen.has(place)) arc.links.push(place);
      arc.seen.add(place);
      found.set(`${a} ${b}`, arc);
    }
  }
  return [...found.values()].map(({ a, b, links }) => ({ a, b, links })).sort((x, y) => y.links.length - x.links.length || x.a - y.a || x.b - y.b);
}

/** The shade of a count, from 0 (none) to `steps`. */
export function shade(value: number, most: number, steps: number): number {
  return value ? Math.max(1, Math.ceil((value / most) * steps)) : 0;
}

/** The least and the most that each shade above none stands for; none for a shade that no number takes. */
export function ranges(most: number, steps: number): [number, number][] {
  const found: [number, number][] = [];
  for (let value = 1; value <= most; value++) {
    const at = shade(value, most, steps) - 1;
    found[at] = [found[at]?.[0] ?? value, value];
  }
  return [...found];
}

/** What pressing a territory makes of the choice: it alone or, `more`, one among others that do not hold it. */
export function pressed(world: World, state: State, place: number, more: boolean): string[] {
  const one = world.territories[place];
  const key = keyOf(one);
  if (state.territory.includes(key)) return more ? state.territory.filter((other) => other !== key) : [];
  if (!more) return [key];
  const apart = (other: string) => {
    const at = world.territories.findIndex((known) => keyOf(known) === other);
    return at < 0 || (!one.within.includes(at) && !world.territories[at].within.includes(place));
  };
  return [...state.territory.filter(apart), key];
}
