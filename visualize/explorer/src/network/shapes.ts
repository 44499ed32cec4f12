/** The shape of a kind, where colours may be lost: those of palette.yml, which the world brings. */

import { draw } from "../app/dom.ts";

/** Corners around (0, 0) for radius 1, by slug of kind; a kind without is a circle. */
export type Shapes = Record<string, [number, number][]>;

export const round = (value: number) => Math.round(value * 10) / 10;

export function shaped(corners: [number, number][] | undefined, cx: number, cy: number, radius: number, said: Record<string, string | number | undefined>): SVGElement {
  if (!corners) return draw("circle", { cx, cy, r: radius, ...said });
  return draw("polygon", { points: corners.map(([x, y]) => `${round(cx + x * radius)},${round(cy + y * radius)}`).join(" "), ...said });
}
