/** Walking the network with the keyboard: up and down along neighbours, right into one, left back. */

import type { Model, Point } from "./model.ts";

export interface Walk {
  at: Point | null; // where the walker stands
  looking: number; // which neighbour is looked at, -1 for none
  behind: Point[]; // the way back
}

export const START: Walk = { at: null, looking: -1, behind: [] };

export function neighbours(model: Model, of: Point): Point[] {
  const found = new Set<Point>();
  for (const { a, b } of model.lines) {
    if (a === of) found.add(b);
    if (b === of) found.add(a);
  }
  return byImportance([...found]);
}

export function byImportance(points: Point[]): Point[] {
  return [...points].sort((a, b) => b.degree - a.degree || (a.name < b.name ? -1 : 1));
}

/** The point that is looked at: a neighbour, or where one stands. */
export function looked(model: Model, walk: Walk): Point | null {
  return walk.at && walk.looking >= 0 ? (neighbours(model, walk.at)[walk.looking] ?? walk.at) : walk.at;
}

/** The walk after a key; null for a key that means nothing here. */
export function step(model: Model, walk: Walk, key: string): Walk | null {
  const all = byImportance(model.points);
  const here = walk.at ?? all[0] ?? null;
  if (!here) return null;
  const near = neighbours(model, here);
  const turn = (by: number, of: number, at: number) => (of ? (at + by + of) % of : -1);
  switch (key) {
    case "Home":
      return { at: all[0], looking: -1, behind: [] };
    case "ArrowDown":
      return walk.at ? { ...walk, looking: turn(1, near.length, walk.looking) } : { ...START, at: here };
    case "ArrowUp":
      return walk.at ? { ...walk, looking: turn(-1, near.length, Math.max(walk.looking, 0)) } : { ...START, at: here };
    case "ArrowRight": {
      const next = near[walk.looking];
      return next ? { at: next, looking: -1, behind: [...walk.behind, here] } : walk;
    }
    case "ArrowLeft":
      return walk.behind.length ? { at: walk.behind[walk.behind.length - 1], looking: -1, behind: walk.behind.slice(0, -1) } : { ...walk, looking: -1 };
    case "PageDown":
    case "PageUp": {
      const by = key === "PageDown" ? 1 : -1;
      return { at: walk.at ? all[turn(by, all.length, all.indexOf(here))] : here, looking: -1, behind: [] };
    }
    default:
      return null;
  }
}
