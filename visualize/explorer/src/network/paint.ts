/** Paints a model on a canvas: lines by style in one stroke each, then discs by colour, letters, labels. */

import { size, SIZE, type Label } from "./labels.ts";
import type { Line, Model, Point } from "./model.ts";

export interface Look {
  scale: number;
  origin: [number, number];
  width: number;
  height: number;
  colours: Record<string, string>;
  focused: string; // the point on which the keyboard or the pointer is
}

export const FONT = '"Atkinson Hyperlegible Next Variable", "Atkinson Hyperlegible Next", "Segoe UI", Roboto, Arial, "Liberation Sans", sans-serif';
const READABLE = 6.5; // pixels of radius from which a letter can be read

export function paint(context: CanvasRenderingContext2D, model: Model, labels: Label[], look: Look): void {
  context.clearRect(0, 0, look.width, look.height);
  hulls(context, model, look);
  lines(context, model.lines, look);
  discs(context, model.points, look);
  words(context, model, labels, look);
}

const onScreen = (look: Look, x: number, y: number): [number, number] => [x * look.scale + look.origin[0], y * look.scale + look.origin[1]];

function hulls(context: CanvasRenderingContext2D, model: Model, look: Look): void {
  context.fillStyle = context.strokeStyle = look.colours.group;
  context.lineJoin = "round";
  context.lineWidth = 36 * Math.min(1.4, look.scale);
  for (const group of model.groups) {
    context.beginPath();
    group.hull.forEach(([x, y], place) => (place ? context.lineTo(...onScreen(look, x, y)) : context.moveTo(...onScreen(look, x, y))));
    context.closePath();
    context.fill();
    context.stroke();
  }
}

/** One path a style: a stroke costs much more than a segment. Only what touches the screen is drawn. */
function lines(context: CanvasRenderingContext2D, all: Line[], look: Look): void {
  const bundles = new Map<string, Line[]>();
  for (const one of all) {
    if (!visible(one, look)) continue;
    const width = one.strength === "strong" ? one.width + 1 : one.width;
    const key = `${one.strength} ${one.style} ${one.unsure} ${Math.round(width * 2) / 2}`;
    const known = bundles.get(key);
    if (known) known.push(one);
    else bundles.set(key, [one]);
  }
  for (const [key, bundle] of [...bundles].sort(([a], [b]) => rank(a) - rank(b))) {
    const [strength, style, unsure, width] = key.split(" ");
    context.strokeStyle = lineColour(look.colours, strength, style);
    context.lineWidth = Number(width) * Math.min(1, Math.max(0.4, look.scale));
    context.setLineDash(dashes(style, unsure === "true"));
    context.beginPath();
    for (const { a, b } of bundle) {
      context.moveTo(a.x * look.scale + look.origin[0], a.y * look.scale + look.origin[1]);
      context.lineTo(b.x * look.scale + look.origin[0], b.y * look.scale + look.origin[1]);
    }
    context.stroke();
  }
  context.setLineDash([]);
}

const rank = (key: string) => ["faded", "plain", "strong"].indexOf(key.split(" ")[0]);

function visible({ a, b }: Line, { scale, origin, width, height }: Look): boolean {
  const [ax, ay, bx, by] = [a.x * scale + origin[0], a.y * scale + origin[1], b.x * scale + origin[0], b.y * scale + origin[1]];
  return !((ax < 0 && bx < 0) || (ay < 0 && by < 0) || (ax > width && bx > width) || (ay > height && by > height));
}

export function lineColour(colours: Record<string, string>, strength: string, style: string): string {
  if (strength === "strong") return colours.accent;
  if (strength === "faded") return colours["link-faint"];
  return style === "between" ? colours["link-between"] ?? colours.link : colours.link;
}

export function dashes(style: string, unsure: boolean): number[] {
  return style === "carried" ? [7, 4] : unsure ? [2, 3] : [];
}

function discs(context: CanvasRenderingContext2D, points: Point[], look: Look): void {
  const bundles = new Map<string, Point[]>();
  for (const one of points) {
    const [x, y] = onScreen(look, one.x, one.y);
    if (x < -60 || y < -60 || x > look.width + 60 || y > look.height + 60) continue;
    const key = `${one.faded ? 0 : 1}${one.colour}`;
    const known = bundles.get(key);
    if (known) known.push(one);
    else bundles.set(key, [one]);
  }
  for (const key of [...bundles.keys()].sort()) {
    context.globalAlpha = key.startsWith("0") ? 0.25 : 1;
    context.fillStyle = key.slice(1);
    context.beginPath();
    for (const one of bundles.get(key) ?? []) circle(context, one, look);
    context.fill();
  }
  context.globalAlpha = 1;
  for (const one of [...bundles.values()].flat()) marks(context, one, look);
}

function circle(context: CanvasRenderingContext2D, one: Point, look: Look, more = 0): void {
  const [x, y] = onScreen(look, one.x, one.y);
  const radius = size(one, look.scale) + more;
  context.moveTo(x + radius, y);
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

function marks(context: CanvasRenderingContext2D, one: Point, look: Look): void {
  const radius = size(one, look.scale);
  if (one.ring || one.id === look.focused) {
    context.strokeStyle = one.id === look.focused && !one.ring ? look.colours.focus : look.colours.ink;
    context.lineWidth = 3;
    context.beginPath();
    circle(context, one, look, 4);
    context.stroke();
  }
  if (radius < READABLE || one.faded) return;
  const [x, y] = onScreen(look, one.x, one.y);
  context.fillStyle = look.colours.card;
  context.font = `700 ${Math.round(radius * (one.body < 0 ? 0.8 : 1.1))}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(one.letter, x, y + 0.5);
}

function words(context: CanvasRenderingContext2D, model: Model, labels: Label[], look: Look): void {
  context.textBaseline = "alphabetic";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = look.colours.card;
  for (const label of labels) {
    context.font = `${label.important ? 700 : 500} ${SIZE}px ${FONT}`;
    context.textAlign = label.anchor === "start" ? "left" : label.anchor === "end" ? "right" : "center";
    context.fillStyle = look.colours.ink;
    context.strokeText(label.words, label.x, label.y);
    context.fillText(label.words, label.x, label.y);
  }
  if (look.scale < 0.45 || model.points.some((one) => one.ring)) return;
  context.font = `italic 500 ${SIZE}px ${FONT}`;
  context.textAlign = "center";
  context.fillStyle = look.colours.secondary;
  for (const group of model.groups) {
    const [x, y] = onScreen(look, group.x, group.y);
    context.strokeText(group.title, x, y - 26 * Math.min(1.4, look.scale));
    context.fillText(group.title, x, y - 26 * Math.min(1.4, look.scale));
  }
}
