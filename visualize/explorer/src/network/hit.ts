/** What lies under a place of the screen: the nearest point, else a line within reach, wider than it is drawn. */

import type { Quadtree } from "d3-quadtree";
import { size } from "./labels.ts";
import type { Line, Point } from "./model.ts";

export const REACH = 7; // pixels from a line that a click takes
const FINGER = 12; // pixels around the middle of a point that a click takes at least
const LARGEST = 90; // no disc reaches further

export interface View {
  x: number;
  y: number;
  k: number;
}

export function pointAt<P extends Point>(tree: Quadtree<P>, [x, y]: [number, number], view: View): P | undefined {
  const [wx, wy] = [(x - view.x) / view.k, (y - view.y) / view.k];
  const away = (one: P) => Math.hypot(one.x - wx, one.y - wy) * view.k;
  const near = tree.find(wx, wy, FINGER / view.k);
  let best: P | undefined = near;
  // The middle of a large disc may be further than that of a small one beside it.
  tree.visit((node, x0, y0, x1, y1) => {
    if (!node.length) {
      for (let leaf: typeof node | undefined = node; leaf; leaf = leaf.next) {
        const found = away(leaf.data);
        if (found <= size(leaf.data, view.k) + 3 && (!best || found < away(best) || away(best) > size(best, view.k) + 3)) best = leaf.data;
      }
    }
    const reach = LARGEST / view.k;
    return x0 > wx + reach || x1 < wx - reach || y0 > wy + reach || y1 < wy - reach;
  });
  return best;
}

export function lineAt<L extends Line>(lines: L[], [x, y]: [number, number], view: View): L | undefined {
  let best: L | undefined;
  let nearest = REACH;
  for (const line of lines) {
    const away = distance(line, x, y, view) - line.width / 2;
    if (away < nearest) [best, nearest] = [line, away];
  }
  return best;
}

/** Pixels from a place to a segment. */
function distance({ a, b }: Line, x: number, y: number, { x: left, y: top, k }: View): number {
  const [ax, ay, bx, by] = [a.x * k + left, a.y * k + top, b.x * k + left, b.y * k + top];
  const [dx, dy] = [bx - ax, by - ay];
  const share = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(ax + share * dx - x, ay + share * dy - y);
}
