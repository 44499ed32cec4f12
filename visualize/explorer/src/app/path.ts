/** The shortest chains between two bodies, on the links of the world: an edition never makes one. */

import type { World } from "../world.ts";

const MOST = 10;

/** Each chain as the places of its links, at most ten, in the order of the bodies' places. */
export function chains(world: World, from: number, to: number): number[][] {
  if (from === to) return [];
  const near = new Map<number, [number, number][]>();
  world.links.forEach((link, place) => {
    near.set(link.a, [...(near.get(link.a) ?? []), [link.b, place]]);
    near.set(link.b, [...(near.get(link.b) ?? []), [link.a, place]]);
  });
  const far = distances(near, to);
  const found: number[][] = [];
  const walk = (at: number, way: number[]) => {
    if (found.length >= MOST) return;
    if (at === to) return void found.push(way);
    for (const [next, link] of near.get(at) ?? []) if (far.get(next) === (far.get(at) ?? 0) - 1) walk(next, [...way, link]);
  };
  if (far.has(from)) walk(from, []);
  return found;
}

function distances(near: Map<number, [number, number][]>, to: number): Map<number, number> {
  const far = new Map([[to, 0]]);
  let edge = [to];
  while (edge.length) {
    const next: number[] = [];
    for (const at of edge) {
      for (const [one] of near.get(at) ?? []) {
        if (far.has(one)) continue;
        far.set(one, (far.get(at) ?? 0) + 1);
        next.push(one);
      }
    }
    edge = next;
  }
  return far;
}
