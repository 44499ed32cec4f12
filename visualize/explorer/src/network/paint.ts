/** Paints a scene on a canvas: lines by style in one stroke each, then discs by colour, letters, labels. */

import { onScreen, size, SIZE, SMALL, STEP, type Label } from "./labels.ts";
import type { Dot, Scene, Stroke } from "./looks.ts";

export interface Look {
  scale: number;
  origin: [number, number];
  width: number;
  height: number;
  colours: Record<string, string>;
  focused: string; // the point on which the keyboard or the pointer is
}

export const FONT = '"Atkinson Hyperlegible Next Variable", "Atkinson Hyperlegible Next", "Segoe UI", Roboto, Arial, "Liberation Sans", sans-serif';
export const READABLE = 5.5; // pixels of radius from which a letter can be read
export const FADED = 0.25;
const CROWD = 700; // lines from which those between communities pale
const BEYOND = 60; // pixels outside the screen at which a disc still shows

export function paint(context: CanvasRenderingContext2D, scene: Scene, labels: Label[], look: Look): void {
  context.clearRect(0, 0, look.width, look.height);
  hulls(context, scene, look);
  lines(context, scene.lines, look);
  discs(context, scene.points, look);
  steps(context, scene.lines, look);
  words(context, labels, look);
}

/** The rim that rounds an outline. */
export const rim = (scale: number) => 36 * Math.min(1.4, scale);

function hulls(context: CanvasRenderingContext2D, scene: Scene, look: Look): void {
  context.fillStyle = context.strokeStyle = look.colours.group;
  context.lineJoin = "round";
  context.lineWidth = rim(look.scale);
  for (const group of scene.groups) {
    context.beginPath();
    for (const [x, y] of group.hull) context.lineTo(...onScreen({ x, y }, look));
    context.closePath();
    context.fill();
    context.stroke();
  }
}

/** One path a style: a stroke costs much more than a segment. Only what touches the screen is drawn. */
function lines(context: CanvasRenderingContext2D, all: Stroke[], look: Look): void {
  const bundles = new Map<string, Stroke[]>();
  for (const one of all) {
    if (!visible(one, look)) continue;
    const key = `${one.strength} ${one.style} ${one.certainty} ${Math.round(widthOf(one) * 2)}`;
    const known = bundles.get(key);
    if (known) known.push(one);
    else bundles.set(key, [one]);
  }
  for (const bundle of [...bundles.values()].sort(([a], [b]) => rank(a) - rank(b))) {
    const [one] = bundle;
    [context.strokeStyle, context.globalAlpha] = inkOf(look.colours, one, all.length);
    context.lineWidth = widthOf(one) * Math.min(1, Math.max(0.5, look.scale));
    context.setLineDash(dashes(one));
    context.beginPath();
    for (const { a, b } of bundle) {
      context.moveTo(a.x * look.scale + look.origin[0], a.y * look.scale + look.origin[1]);
      context.lineTo(b.x * look.scale + look.origin[0], b.y * look.scale + look.origin[1]);
    }
    context.stroke();
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
}

const rank = (one: Stroke) => ["faded", "plain", "strong"].indexOf(one.strength);

export const widthOf = (one: Stroke) => Math.round((one.width + (one.step ? 3 : one.strength === "strong" ? 0.8 : 0)) * 2) / 2;

function visible({ a, b }: Stroke, { scale, origin, width, height }: Look): boolean {
  const [ax, ay, bx, by] = [a.x * scale + origin[0], a.y * scale + origin[1], b.x * scale + origin[0], b.y * scale + origin[1]];
  return !((ax < 0 && bx < 0) || (ay < 0 && by < 0) || (ax > width && bx > width) || (ay > height && by > height));
}

/** The colour of a line and how much of it: between communities a pale accent, paler in a crowd of lines. */
export function inkOf(colours: Record<string, string>, { strength, style }: Pick<Stroke, "strength" | "style">, crowd = 1): [string, number] {
  if (strength === "strong") return [colours.accent, 1];
  if (strength === "faded") return [colours["link-faint"], 1];
  return style === "between" ? [colours.accent, Math.max(0.08, Math.min(0.35, CROWD / crowd))] : [colours.control, 1];
}

/** Dashed for a lab and its carrier, dotted for what is not stated, in wider dots for what is ambiguous. */
export function dashes({ style, certainty }: Pick<Stroke, "style" | "certainty">): number[] {
  if (style === "carried") return certainty ? [7, 3, 1.5, 3] : [7, 4];
  return [[], [2, 3], [2, 6]][certainty] ?? [];
}

function discs(context: CanvasRenderingContext2D, points: Dot[], look: Look): void {
  const bundles = new Map<string, Dot[]>();
  for (const one of points) {
    const [x, y] = onScreen(one, look);
    if (x < -BEYOND || y < -BEYOND || x > look.width + BEYOND || y > look.height + BEYOND) continue;
    const key = `${one.faded ? 0 : 1}${one.colour}`;
    const known = bundles.get(key);
    if (known) known.push(one);
    else bundles.set(key, [one]);
  }
  for (const key of [...bundles.keys()].sort()) {
    context.globalAlpha = key.startsWith("0") ? FADED : 1;
    context.fillStyle = key.slice(1);
    context.beginPath();
    for (const one of bundles.get(key) ?? []) circle(context, one, look);
    context.fill();
  }
  context.globalAlpha = 1;
  for (const bundle of bundles.values()) for (const one of bundle) marks(context, one, look);
}

function circle(context: CanvasRenderingContext2D, one: Dot, look: Look, more = 0): void {
  const [x, y] = onScreen(one, look);
  const radius = size(one, look.scale) + more;
  context.moveTo(x + radius, y);
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

function marks(context: CanvasRenderingContext2D, one: Dot, look: Look): void {
  if (one.ring) ring(context, one, look, look.colours.ink, 3);
  if (one.id === look.focused) {
    ring(context, one, look, look.colours.ink, 6);
    ring(context, one, look, look.colours.focus, 3);
  }
  const radius = size(one, look.scale);
  if (radius < READABLE || one.faded) return;
  const [x, y] = onScreen(one, look);
  context.fillStyle = one.pale ? look.colours.ink : look.colours.card;
  context.font = `700 ${Math.round(letterOf(one, radius) * 2) / 2}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(one.sign, x, y + 0.5);
}

/** The size of a letter in a disc; numbers of several figures are smaller. */
export const letterOf = (one: Dot, radius: number) => radius * (one.sign.length > 1 ? 1.9 / one.sign.length : 1.2);

function ring(context: CanvasRenderingContext2D, one: Dot, look: Look, colour: string, width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  circle(context, one, look, 4);
  context.stroke();
}

/** The number of each step of a chain, in the middle of its line. */
function steps(context: CanvasRenderingContext2D, all: Stroke[], look: Look): void {
  for (const one of all) {
    if (!one.step) continue;
    const [x, y] = middle(one, look);
    context.fillStyle = look.colours.card;
    context.strokeStyle = look.colours.accent;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, STEP, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
    context.fillStyle = look.colours.accent;
    context.font = `700 ${SIZE}px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(String(one.step), x, y + 0.5);
  }
}

export function middle({ a, b }: Stroke, look: Pick<Look, "scale" | "origin">): [number, number] {
  return onScreen({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, look);
}

const WEIGHT = { plain: "500", whole: "700", title: "italic 500" };

export function words(context: CanvasRenderingContext2D, labels: Label[], look: Look): void {
  context.textBaseline = "alphabetic";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = look.colours.card;
  const write = (said: string, x: number, y: number) => {
    context.strokeText(said, x, y);
    context.fillText(said, x, y);
  };
  for (const { of, words: said, small, away, anchor, style } of labels) {
    const [x, y] = onScreen(of, look);
    context.font = `${WEIGHT[style]} ${SIZE}px ${FONT}`;
    context.textAlign = anchor === "start" ? "left" : anchor === "end" ? "right" : "center";
    context.fillStyle = style === "title" ? look.colours.secondary : look.colours.ink;
    const lines = said.split("\n");
    for (const [place, line] of lines.entries()) write(line, x + away[0], y + away[1] + place * SIZE);
    if (!small) continue;
    context.font = `500 ${SMALL}px ${FONT}`;
    context.fillStyle = look.colours.secondary;
    write(small, x + away[0], y + away[1] + lines.length * SIZE);
  }
}
