/** Labels that do not collide: by importance, on one of four sides of their disc, or not at all. */

import type { Point } from "./model.ts";

export interface Label {
  point: Point;
  words: string;
  x: number; // of the text's start, middle or end, as `anchor` says
  y: number; // of its base line
  anchor: "start" | "end" | "middle";
  important: boolean;
}

export interface Space {
  taken(box: Box): boolean;
  take(box: Box): void;
}

export type Box = [left: number, top: number, right: number, bottom: number];
export const SIZE = 12;
const GAP = 4;
const CELL = 48;

/** Boxes on a coarse grid, so that a question looks at few of them. */
export function space(): Space {
  const cells = new Map<string, Box[]>();
  const each = (box: Box, visit: (key: string) => boolean | void): boolean => {
    for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x++) {
      for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y++) if (visit(`${x},${y}`)) return true;
    }
    return false;
  };
  const meets = (a: Box, b: Box) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  return {
    taken: (box) => each(box, (key) => (cells.get(key) ?? []).some((one) => meets(one, box))),
    take: (box) => void each(box, (key) => void cells.set(key, [...(cells.get(key) ?? []), box])),
  };
}

/** Where a label of that width may stand around a disc: right, left, below, above. */
export function spots(x: number, y: number, radius: number, width: number): { box: Box; x: number; y: number; anchor: Label["anchor"] }[] {
  const [half, away] = [SIZE / 2 + 1, radius + GAP];
  return [
    { box: [x + away, y - half, x + away + width, y + half], x: x + away, y: y + SIZE * 0.35, anchor: "start" },
    { box: [x - away - width, y - half, x - away, y + half], x: x - away, y: y + SIZE * 0.35, anchor: "end" },
    { box: [x - width / 2, y + away - 2, x + width / 2, y + away + SIZE], x, y: y + away + SIZE * 0.8, anchor: "middle" },
    { box: [x - width / 2, y - away - SIZE, x + width / 2, y - away + 2], x, y: y - away - 2, anchor: "middle" },
  ];
}

/** Places labels on the screen; discs that matter are kept free too. `width` measures words in pixels. */
export function place(points: Point[], scale: number, origin: [number, number], view: Box, width: (words: string) => number, full: Set<string>, most = 160): Label[] {
  const room = space();
  const seen = points.filter((one) => {
    const [x, y] = [one.x * scale + origin[0], one.y * scale + origin[1]];
    return x > view[0] && x < view[2] && y > view[1] && y < view[3];
  });
  const ranked = seen.sort((a, b) => Number(full.has(b.id)) - Number(full.has(a.id)) || Number(a.faded) - Number(b.faded) || b.degree - a.degree || (a.id < b.id ? -1 : 1));
  for (const one of ranked.slice(0, most * 3)) {
    const [x, y, r] = [one.x * scale + origin[0], one.y * scale + origin[1], size(one, scale)];
    room.take([x - r, y - r, x + r, y + r]);
  }
  const found: Label[] = [];
  for (const one of ranked) {
    if (found.length >= most) break;
    if (one.faded) continue;
    const important = full.has(one.id);
    const words = important ? one.name : one.short;
    const [x, y] = [one.x * scale + origin[0], one.y * scale + origin[1]];
    const free = spots(x, y, size(one, scale), width(words)).find((spot) => inside(spot.box, view) && !room.taken(spot.box));
    if (!free) continue;
    room.take(free.box);
    found.push({ point: one, words, x: free.x, y: free.y, anchor: free.anchor, important });
  }
  return found;
}

const inside = (box: Box, view: Box) => box[0] >= view[0] && box[1] >= view[1] && box[2] <= view[2] && box[3] <= view[3];

/** A disc grows less than the distances between discs. */
export function size(one: Point, scale: number): number {
  return one.radius * Math.min(1.6, Math.max(0.35, Math.sqrt(scale)));
}
