/** What is said of a point or a line: beside it on hover and on focus, and aloud. */

import type { Stage } from "../view.ts";
import { around, byImportance, type Walk } from "./keys.ts";
import type { Line, Model, Point } from "./model.ts";

const [HALF, BELOW, ROOM] = [130, 18, 64]; // pixels: half its greatest width, under the pointer, that it takes in height

export function described(stage: Stage, one: Point): string {
  if (one.body < 0) return [stage.say("network.community", { name: one.name, n: one.degree }), one.small].filter(Boolean).join(", ");
  return [one.name, one.kind, stage.say("sheet.with", { n: one.degree })].filter(Boolean).join(", ");
}

export function lineDescribed(stage: Stage, one: Line): string {
  return one.id ? `${one.a.name} – ${one.b.name}` : `${one.a.name} – ${one.b.name}, ${stage.say("app.links", { n: one.count })}`;
}

/** Where the walker is: "3 of 7 around Ti Lab", or "3 of 176". */
export function position(stage: Stage, model: Model, walk: Walk): string {
  const ring = around(model, walk);
  const place = ring.indexOf(walk.at);
  const centre = walk.trail[walk.trail.length - 1];
  if (place >= 0) return stage.say("network.position", { i: place + 1, n: ring.length, name: model.graph.getNodeAttribute(centre, "name") });
  const all = byImportance(model, model.graph.nodes());
  return stage.say("network.position_all", { i: all.indexOf(walk.at) + 1, n: all.length });
}

/** Beside a place of the frame, above it where there is no room below; hidden without words. */
export function showTip(tip: HTMLElement, words: string, [x, y]: [number, number], frame: HTMLElement): void {
  tip.hidden = !words;
  tip.textContent = words;
  if (!words) return;
  const half = Math.min(HALF, tip.offsetWidth / 2 || HALF);
  tip.style.left = `${Math.min(Math.max(x, half), Math.max(half, frame.clientWidth - half))}px`;
  const high = tip.offsetHeight || ROOM;
  tip.style.top = `${y + BELOW + high > frame.clientHeight ? Math.max(0, y - BELOW - high) : y + BELOW}px`;
}
