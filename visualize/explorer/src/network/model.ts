/** What the network draws, as a pure function of what is selected: points, lines and communities with their looks. */

import { colour, kindOf, letter, lineId, nameOf } from "../app/names.ts";
import type { Selection } from "../selection.ts";
import type { State } from "../state.ts";
import { text, type Lang, type World } from "../world.ts";

export const MOST = 1500; // bodies drawn each as itself; above, communities stand for their members

export interface Point {
  id: string; // of the body, or community-N
  body: number; // -1 for a community
  community: number;
  x: number;
  y: number;
  radius: number;
  letter: string;
  colour: string;
  name: string;
  short: string;
  kind: string;
  degree: number;
  faded: boolean;
  ring: boolean;
}

export interface Line {
  id: string;
  link: number; // -1 between communities
  a: Point;
  b: Point;
  width: number;
  style: "within" | "between" | "carried";
  unsure: boolean;
  strength: "plain" | "faded" | "strong";
}

export interface Group {
  title: string;
  x: number;
  y: number;
  hull: [number, number][];
}

export interface Model {
  points: Point[];
  lines: Line[];
  groups: Group[];
  aggregated: boolean;
}

const LONG = 26;

/** `path`: the places of the links of a chain that is drawn out. */
export function model(world: World, selection: Selection, state: State, path: number[] = []): Model {
  const counted = world.counted?.communities;
  const aggregated = !state.all && (selection.bodies.length > MOST || counted !== undefined);
  const open = new Set(state.open.map(Number));
  const shown = aggregated ? selection.bodies.filter((place) => open.has(world.bodies[place].community) || isAt(world, place, state)) : selection.bodies;
  const degree = degrees(world, selection);
  const points = new Map(shown.map((place) => [place, point(world, place, degree.get(place) ?? 0, state.lang)]));
  const lines = selection.links.flatMap((place) => {
    const [a, b] = [points.get(world.links[place].a), points.get(world.links[place].b)];
    return a && b ? [line(world, place, a, b)] : [];
  });
  const found: Model = { points: [...points.values()], lines, groups: groups(world, shown, state.lang), aggregated };
  if (aggregated) addCommunities(world, selection, state, found, new Set(shown));
  return faded(found, world, state, path);
}

function isAt(world: World, place: number, state: State): boolean {
  return state.at.split("~").includes(world.bodies[place].id);
}

function degrees(world: World, selection: Selection): Map<number, number> {
  const found = new Map<number, number>();
  for (const place of selection.links) {
    for (const end of [world.links[place].a, world.links[place].b]) found.set(end, (found.get(end) ?? 0) + 1);
  }
  return found;
}

function point(world: World, place: number, degree: number, lang: Lang): Point {
  const body = world.bodies[place];
  const name = nameOf(body, lang);
  const short = body.short && name.length > LONG ? body.short : name.length > LONG ? `${name.slice(0, LONG - 1).trimEnd()}…` : name;
  return {
    id: body.id, body: place, community: body.community, x: body.x, y: body.y, radius: body.radius, letter: letter(world, body),
    colour: colour(world, body), name, short, kind: kindOf(world, body, lang), degree, faded: false, ring: false,
  };
}

function line(world: World, place: number, a: Point, b: Point): Line {
  const link = world.links[place];
  const style = link.rule === undefined ? "carried" : a.community === b.community ? "within" : "between";
  const width = Math.min(5, 0.8 + Math.sqrt(link.weight) * 0.7);
  return { id: lineId(world, link), link: place, a, b, width, style, unsure: link.certainty > 0, strength: "plain" };
}

function groups(world: World, shown: number[], lang: Lang): Group[] {
  const here = new Map<number, number>();
  for (const place of shown) here.set(world.bodies[place].community, (here.get(world.bodies[place].community) ?? 0) + 1);
  return [...here].flatMap(([place, count]) => {
    const community = world.communities[place];
    // A community of which little is selected would be an outline around nothing.
    if (!community?.hull.length || count * 2 < community.size) return [];
    return [{ title: text(community.title, lang), x: community.x, y: community.y, hull: community.hull }];
  });
}

function addCommunities(world: World, selection: Selection, state: State, found: Model, shown: Set<number>): void {
  const members = new Map<number, number>();
  const counted = world.counted?.communities;
  if (counted) for (const [place, count] of Object.entries(counted)) members.set(Number(place), count);
  else for (const place of selection.bodies) add(members, world.bodies[place].community);
  for (const place of shown) members.set(world.bodies[place].community, (members.get(world.bodies[place].community) ?? 1) - 1);
  const points = new Map<number, Point>();
  for (const [place, count] of members) if (count > 0) points.set(place, disc(world, place, count, state.lang));
  found.points.push(...points.values());
  const between = counted ? (world.counted?.between ?? []) : counts(world, selection);
  for (const [a, b, count] of between) {
    const [one, other] = [points.get(a), points.get(b)];
    if (one && other) found.lines.push({ id: "", link: -1, a: one, b: other, width: Math.min(8, Math.sqrt(count)), style: "between", unsure: false, strength: "plain" });
  }
}

const add = (map: Map<number, number>, key: number) => map.set(key, (map.get(key) ?? 0) + 1);

function counts(world: World, selection: Selection): [number, number, number][] {
  const found = new Map<string, number>();
  for (const place of selection.links) {
    const [a, b] = [world.links[place].a, world.links[place].b].map((end) => world.bodies[end].community).sort((x, y) => x - y);
    if (a !== b) found.set(`${a} ${b}`, (found.get(`${a} ${b}`) ?? 0) + 1);
  }
  return [...found].map(([pair, count]) => [...pair.split(" ").map(Number), count] as [number, number, number]);
}

function disc(world: World, place: number, count: number, lang: Lang): Point {
  const community = world.communities[place];
  const name = text(community.title, lang);
  const [x, y] = middle(community.hull, [community.x, community.y]);
  return {
    id: `community-${place}`, body: -1, community: place, x, y, radius: 8 + Math.sqrt(count) * 4, letter: String(count),
    colour: world.colours.accent, name, short: name, kind: "", degree: count, faded: false, ring: false,
  };
}

function middle(hull: [number, number][], other: [number, number]): [number, number] {
  if (!hull.length) return other;
  return [hull.reduce((sum, [x]) => sum + x, 0) / hull.length, hull.reduce((sum, [, y]) => sum + y, 0) / hull.length];
}

/** What is chosen stands out with what it touches; so does a chain. */
function faded(found: Model, world: World, state: State, path: number[]): Model {
  const chosen = new Set(state.at.split("~").filter(Boolean));
  if (!found.points.some((one) => chosen.has(one.id))) return found;
  const strong = (one: Line) => (path.length ? path.includes(one.link) : chosen.size === 2 ? one.id === state.at : chosen.has(one.a.id) || chosen.has(one.b.id));
  const kept = new Set(chosen);
  for (const one of found.lines) {
    one.strength = strong(one) ? "strong" : "faded";
    if (one.strength === "strong") kept.add(one.a.id).add(one.b.id);
  }
  for (const one of found.points) {
    one.faded = !kept.has(one.id);
    one.ring = chosen.has(one.id) || one.id === state.path;
  }
  return found;
}
