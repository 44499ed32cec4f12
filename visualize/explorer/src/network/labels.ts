/** Labels that do not collide: by importance, on one of four sides of their disc, or not at all. */

import type { Dot, Scene } from "./looks.ts";
import type { Group, Point } from "./model.ts";

export type Anchor = "start" | "end" | "middle";
export type Box = [left: number, top: number, right: number, bottom: number];

/** It keeps its distance from what it names, so that it moves with it until labels are placed anew. */
export interface Label {
  of: Point | Group;
  words: string; // its lines
  small: string; // a second line
  away: [number, number]; // of the text's start, middle or end, on its base line, from what it names
  anchor: Anchor;
  style: "plain" | "whole" | "title";
  box: Box;
}

/** The measures of the screen that labels are placed on. */
export interface Room {
  scale: number;
  origin: [number, number];
  view: Box;
  kept: Box[]; // where something else stands
  width(words: string, small?: boolean): number;
}

export const [SIZE, SMALL] = [12, 10.5];
const GAP = 4;
const CELL = 48;
const MOST = 160;
const TRIED = 2000; // points for which a place is looked for
const FIRST = 8; // points that are named even over smaller discs
const RING = 6; // pixels that a ring adds to a disc
export const STEP = 9; // radius of the number of a step
const [LONG, WHOLE] = [26, 60]; // letters of a short name and of a whole one; what is beside the pointer says all

export function cut(name: string, most = LONG): string {
  const letters = [...name];
  return letters.length > most ? `${letters.slice(0, most - 1).join("").trimEnd()}…` : name;
}

/** A disc grows less than the distances between discs. */
export function size(one: { radius: number }, scale: number): number {
  return one.radius * Math.min(1.6, Math.max(0.35, scale ** 0.4));
}

interface Taken {
  box: Box;
  radius: number; // of a disc; Infinity for what may never be covered
}

/** Boxes on a coarse grid, so that a question looks at few of them. */
export class Space {
  private readonly cells = new Map<number, Taken[]>();

  take(box: Box, radius = Infinity): void {
    for (const key of cellsOf(box)) {
      const known = this.cells.get(key);
      if (known) known.push({ box, radius });
      else this.cells.set(key, [{ box, radius }]);
    }
  }

  /** Whether something lies there that is larger than `radius`. */
  taken(box: Box, radius = 0): boolean {
    return cellsOf(box).some((key) => this.cells.get(key)?.some((one) => one.radius > radius && meet(one.box, box)));
  }
}

function cellsOf([left, top, right, bottom]: Box): number[] {
  const found: number[] = [];
  for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++) {
    for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) found.push(x * 4096 + y);
  }
  return found;
}

export const meet = (a: Box, b: Box) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

const inside = (box: Box, view: Box) => box[0] >= view[0] && box[1] >= view[1] && box[2] <= view[2] && box[3] <= view[3];

type Spot = Pick<Label, "box" | "away" | "anchor">;

/** Where a label of that width may stand around a disc: right, left, below, above. */
export function spots(x: number, y: number, radius: number, width: number, lines = 1): Spot[] {
  const [half, more, far] = [SIZE / 2 + 1, (lines - 1) * SIZE, radius + GAP];
  const below = radius + 2;
  return [
    { box: [x + far, y - half, x + far + width, y + half + more], away: [far, SIZE * 0.35], anchor: "start" },
    { box: [x - far - width, y - half, x - far, y + half + more], away: [-far, SIZE * 0.35], anchor: "end" },
    { box: [x - width / 2, y + below, x + width / 2, y + below + SIZE + 2 + more], away: [0, below + SIZE * 0.85], anchor: "middle" },
    { box: [x - width / 2, y - below - SIZE - 2 - more, x + width / 2, y - below], away: [0, -below - 3 - more], anchor: "middle" },
  ];
}

/** Places the labels of a scene. `full`: the points that are named whole, and first. */
export function place(scene: Scene, room: Room, full: Set<string>): Label[] {
  const space = new Space();
  for (const box of room.kept) space.take(box);
  for (const { step, a, b } of scene.lines) {
    if (!step) continue;
    const [x, y] = onScreen({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, room);
    space.take([x - STEP, y - STEP, x + STEP, y + STEP]);
  }
  const seen = scene.points.filter((one) => {
    const [x, y] = onScreen(one, room);
    return x > room.view[0] && x < room.view[2] && y > room.view[1] && y < room.view[3];
  });
  for (const one of seen) {
    const [[x, y], r] = [onScreen(one, room), size(one, room.scale) + (one.ring ? RING : 0)];
    space.take([x - r, y - r, x + r, y + r], one.faded ? 0.01 : one.radius);
  }
  const ranked = seen.filter((one) => !one.faded).sort((a, b) => rank(b, full) - rank(a, full) || b.degree - a.degree || (a.id < b.id ? -1 : 1));
  const first = ranked.filter((one) => full.has(one.id));
  return [
    ...named(first, room, space, full),
    ...titles(scene, room, space),
    ...named(ranked.slice(first.length), room, space, full),
  ];
}

const rank = (one: Point, full: Set<string>) => Number(full.has(one.id));

export function onScreen(one: { x: number; y: number }, { scale, origin }: Pick<Room, "scale" | "origin">): [number, number] {
  return [one.x * scale + origin[0], one.y * scale + origin[1]];
}

function named(points: Dot[], room: Room, space: Space, full: Set<string>): Label[] {
  const found: Label[] = [];
  for (const [rank, one] of points.entries()) {
    if (found.length >= MOST || rank >= TRIED) break;
    const whole = full.has(one.id);
    const words = whole ? cut(one.name, WHOLE) : one.short;
    const [x, y] = onScreen(one, room);
    const lines = words.split("\n");
    const width = Math.max(...lines.map((line) => room.width(line)), one.small ? room.width(one.small, true) : 0);
    const spot = free(spots(x, y, size(one, room.scale) + (one.ring ? RING : 0), width, lines.length + (one.small ? 1 : 0)), room, space, whole || rank < FIRST ? one.radius : 0);
    if (!spot) continue;
    space.take(spot.box);
    found.push({ of: one, words, small: one.small, style: whole ? "whole" : "plain", ...spot });
  }
  return found;
}

/** One that covers nothing, else one that covers only discs smaller than `radius`. */
function free(all: Spot[], { view }: Room, space: Space, radius: number): Spot | undefined {
  const here = all.filter((spot) => inside(spot.box, view));
  return here.find((spot) => !space.taken(spot.box)) ?? (radius ? here.find((spot) => !space.taken(spot.box, radius - 0.01)) : undefined);
}

/** Titles of communities, above their outline or below it; none when something is chosen or all is far away. */
function titles({ groups, points }: Scene, room: Room, space: Space): Label[] {
  if (room.scale < 0.3 || points.some((one) => one.ring)) return [];
  return groups.flatMap((of) => {
    const [[x], width] = [onScreen(of, room), room.width(of.title)];
    const ys = of.hull.map(([, y]) => y * room.scale + room.origin[1]);
    const rim = 18 * Math.min(1.4, room.scale);
    const [, y] = onScreen(of, room);
    const lines = [Math.min(...ys) - rim - 4, Math.max(...ys) + rim + SIZE, Math.min(...ys) - rim - 4 - SIZE];
    const all = lines.flatMap((base) =>
      [0, -0.5, 0.5].map((by): Spot => {
        const middle = x + by * width;
        return { box: [middle - width / 2, base - SIZE, middle + width / 2, base + 3], away: [by * width, base - y], anchor: "middle" };
      }),
    );
    const spot = free(all, room, space, 0);
    if (!spot) return [];
    space.take(spot.box);
    return [{ of, words: of.title, small: "", style: "title" as const, ...spot }];
  });
}
