/** Communities as discs, each for its members that are not drawn, and the links between them summed. */

import type { MultiUndirectedGraph } from "graphology";
import { letter } from "../app/names.ts";
import type { Selection } from "../selection.ts";
import { text, type Lang, type World } from "../world.ts";
import { cut } from "./labels.ts";
import type { Line, Point } from "./model.ts";

const MIX = 3; // kinds named under a community

/** `shown`: the points of the bodies that are drawn themselves, by place. */
export function addCommunities(graph: MultiUndirectedGraph<Point, Line>, world: World, selection: Selection, lang: Lang, shown: Map<number, Point>): void {
  const discs = new Map<number, Point>();
  const mix = mixes(world, selection, shown);
  for (const [place, count] of hidden(world, selection, shown)) discs.set(place, disc(world, place, count, mix.get(place) ?? "", lang));
  for (const one of discs.values()) graph.addNode(one.id, one);
  for (const [a, b, count] of sums(world, selection, shown, discs)) {
    graph.addUndirectedEdge(a.id, b.id, { id: "", link: -1, a, b, count, width: Math.min(8, 0.6 + Math.sqrt(count) * 0.6), style: "between", certainty: 0 });
  }
}

/** How many selected members of each community are not drawn themselves. */
function hidden(world: World, selection: Selection, shown: Map<number, Point>): [number, number][] {
  const members = new Map<number, number>();
  const add = (community: number, by: number) => members.set(community, (members.get(community) ?? 0) + by);
  const counted = world.counted?.communities;
  if (counted) {
    for (const [place, count] of Object.entries(counted)) add(Number(place), count);
    for (const one of shown.values()) add(one.community, -1);
  } else {
    for (const place of selection.bodies) if (!shown.has(place)) add(world.bodies[place].community, 1);
  }
  return [...members].filter(([place, count]) => count > 0 && world.communities[place]?.size > 1); // one alone has no link
}

type Sum = [a: Point, b: Point, count: number];

/** Links by the two points that stand for their ends; those between two bodies that are drawn are lines already. */
function sums(world: World, selection: Selection, shown: Map<number, Point>, discs: Map<number, Point>): Sum[] {
  const found = new Map<string, Sum>();
  const add = (a: Point | undefined, b: Point | undefined, count: number) => {
    if (!a || !b || a === b || (a.body >= 0 && b.body >= 0)) return;
    const [one, other] = a.id < b.id ? [a, b] : [b, a];
    const known = found.get(`${one.id} ${other.id}`);
    if (known) known[2] += count;
    else found.set(`${one.id} ${other.id}`, [one, other, count]);
  };
  const between = world.counted?.between;
  if (between) for (const [a, b, count] of between) add(discs.get(a), discs.get(b), count);
  const standing = (place: number) => shown.get(place) ?? discs.get(world.bodies[place].community);
  for (const place of between ? [] : selection.links) add(standing(world.links[place].a), standing(world.links[place].b), 1);
  return [...found.values()];
}

/** "L 12 · C 8 · U 3" by community: the kinds of which it holds most; a server does not say it. */
function mixes(world: World, selection: Selection, shown: Map<number, Point>): Map<number, string> {
  const found = new Map<number, Map<string, number>>();
  for (const place of world.counted?.communities ? [] : selection.bodies) {
    if (shown.has(place)) continue;
    const [sign, { community }] = [letter(world, world.bodies[place]), world.bodies[place]];
    const counts = found.get(community) ?? new Map<string, number>();
    found.set(community, counts.set(sign, (counts.get(sign) ?? 0) + 1));
  }
  return new Map([...found].map(([community, counts]) => [community, mostOf(counts)]));
}

function mostOf(counts: Map<string, number>): string {
  const most = [...counts].sort(([one, n], [other, m]) => m - n || (one < other ? -1 : 1)).slice(0, MIX);
  return most.map(([sign, count]) => `${sign} ${count}`).join(" · ");
}

function disc(world: World, place: number, count: number, small: string, lang: Lang): Point {
  const community = world.communities[place];
  const name = text(community.title, lang);
  const [x, y] = middle(community.hull, [community.x, community.y]);
  return {
    id: `community-${place}`, body: -1, community: place, x, y, radius: 8 + Math.sqrt(count) * 4, sign: String(count), slug: "unknown",
    colour: world.colours.accent, pale: false, name, short: cut(name), small, kind: "", degree: count,
  };
}

function middle(hull: [number, number][], other: [number, number]): [number, number] {
  if (!hull.length) return other;
  return [hull.reduce((sum, [x]) => sum + x, 0) / hull.length, hull.reduce((sum, [, y]) => sum + y, 0) / hull.length];
}
