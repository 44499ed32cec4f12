/** The graph that the network draws, from what is selected: bodies, or communities that stand for theirs, and lines. */

import { MultiUndirectedGraph } from "graphology";
import { colour, dark, kindOf, letter, lineId, nameOf } from "../app/names.ts";
import type { Selection } from "../selection.ts";
import type { State } from "../state.ts";
import { text, type Lang, type World } from "../world.ts";
import { addCommunities } from "./aggregate.ts";
import { cut } from "./labels.ts";

export const MOST = 1500; // bodies drawn each as itself; above, those with a link alone, or communities that stand for their members

/** What does not change while one looks; how it looks is in looks.ts. */
export interface Point {
  id: string; // of the body, or community-N
  body: number; // -1 for a community
  community: number;
  x: number;
  y: number;
  radius: number;
  sign: string; // its letter, or how many a community holds
  slug: string; // of its main kind, for its shape
  colour: string;
  pale: boolean; // whether a dark letter is read better on its colour
  name: string;
  short: string; // its lines
  small: string; // what a second line of its label says
  kind: string;
  degree: number; // partners, or members of a community
}

export interface Line {
  id: string; // empty between communities
  link: number; // -1 between communities
  a: Point;
  b: Point;
  count: number;
  width: number;
  style: "within" | "between" | "carried";
  certainty: number;
}

export interface Group {
  title: string;
  x: number;
  y: number;
  hull: [number, number][];
}

export interface Model {
  graph: MultiUndirectedGraph<Point, Line>;
  points: Point[];
  lines: Line[];
  groups: Group[];
  aggregated: boolean;
  undrawn: number; // bodies without a link, of too many
}

/** `path`: the places of the links of a chain, drawn even where what is selected leaves them out. */
export function model(world: World, selection: Selection, state: State, path: number[] = []): Model {
  const aggregated = isAggregated(world, selection, state);
  const chain = path.flatMap((place) => [world.links[place].a, world.links[place].b]);
  const here = drawn(world, selection, state);
  const shown = new Set([...(aggregated ? opened(world, selection, state) : here), ...chain]);
  const partners = partnersOf(world, selection.links);
  const graph = new MultiUndirectedGraph<Point, Line>();
  const points = new Map<number, Point>();
  for (const place of shown) points.set(place, point(world, place, partners.get(place)?.size ?? 0, state.lang));
  for (const one of points.values()) graph.addNode(one.id, one);
  for (const place of new Set([...selection.links, ...path])) {
    const [a, b] = [points.get(world.links[place].a), points.get(world.links[place].b)];
    if (a && b) graph.addUndirectedEdgeWithKey(String(place), a.id, b.id, line(world, place, a, b));
  }
  if (aggregated) addCommunities(graph, world, selection, state.lang, points);
  const lines = graph.mapEdges((_, one) => one);
  return { graph, points: graph.mapNodes((_, one) => one), lines, groups: groups(world, [...shown], state.lang), aggregated, undrawn: selection.bodies.length - here.length };
}

export function isAggregated(world: World, selection: Selection, state: State): boolean {
  return !state.all && (drawn(world, selection, state).length > MOST || world.counted?.communities !== undefined);
}

/** The bodies that the network draws: of too many, those without a link are left to the table, but for what is chosen. */
function drawn(world: World, selection: Selection, state: State): number[] {
  if (state.all || selection.bodies.length <= MOST) return selection.bodies;
  const [linked, ends] = [partnersOf(world, selection.links), state.at.split("~")];
  return selection.bodies.filter((place) => linked.has(place) || ends.includes(world.bodies[place].id));
}

/** Of an aggregated network: the members of open communities, what is chosen and its partners. A server sends the same. */
function opened(world: World, selection: Selection, state: State): number[] {
  const open = new Set(state.open.map(Number));
  const ends = state.at.split("~");
  const near = new Set(selection.bodies.filter((place) => ends.includes(world.bodies[place].id)));
  const chosen = new Set(near);
  for (const place of chosen.size ? selection.links : []) {
    const { a, b } = world.links[place];
    if (chosen.has(a) || chosen.has(b)) near.add(a).add(b);
  }
  return selection.bodies.filter((place) => open.has(world.bodies[place].community) || near.has(place));
}

/** The partners of each body: one with whom there are two links is one partner. */
export function partnersOf(world: World, links: number[]): Map<number, Set<number>> {
  const found = new Map<number, Set<number>>();
  const add = (one: number, other: number) => {
    const known = found.get(one);
    if (known) known.add(other);
    else found.set(one, new Set([other]));
  };
  for (const place of links) {
    const { a, b } = world.links[place];
    add(a, b);
    add(b, a);
  }
  return found;
}

function point(world: World, place: number, degree: number, lang: Lang): Point {
  const body = world.bodies[place];
  const name = nameOf(body, lang);
  const ground = colour(world, body);
  return {
    id: body.id, body: place, community: body.community, x: body.x, y: body.y, radius: body.radius, sign: letter(world, body),
    slug: body.kind < 0 ? "unknown" : world.concepts[body.kind].slug, colour: ground, pale: !dark(ground),
    name, short: body.map?.join("\n") ?? cut(body.short || name), small: "", kind: kindOf(world, body, lang), degree,
  };
}

function line(world: World, place: number, a: Point, b: Point): Line {
  const link = world.links[place];
  const style = link.rule === undefined ? "carried" : a.community === b.community ? "within" : "between";
  const width = Math.min(4, 0.5 + Math.sqrt(link.weight) * 0.7);
  return { id: lineId(world, link), link: place, a, b, count: 1, width, style, certainty: link.certainty };
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
