/** What the signs of the network mean; only those that it shows. In the page, and under the exported picture. */

import { draw, make } from "../app/dom.ts";
import { certaintyOf } from "../app/names.ts";
import type { Stage } from "../view.ts";
import { text } from "../world.ts";
import type { Line, Model, Point } from "./model.ts";
import { dashes, inkOf } from "./paint.ts";
import { shaped, type Shapes } from "./shapes.ts";

export interface Entry {
  sign: SVGElement; // 26 wide, 16 high
  words: string;
}

/** `shapes`: those of the kinds, in a picture; on the screen all are discs. */
export function entries(stage: Stage, drawn: Model, shapes: Shapes = {}): Entry[] {
  return [...strokes(stage, drawn.lines), ...grounds(stage, drawn), ...kinds(stage, drawn.points, shapes)];
}

function strokes(stage: Stage, lines: Line[]): Entry[] {
  const { world, lang } = stage;
  const some = (test: (line: Line) => boolean) => lines.some(test);
  const entry = (style: Line["style"], certainty: number, words: string) => {
    const [stroke, opacity] = inkOf(world.colours, { strength: "plain", style });
    const dash = dashes({ style, certainty }).join(" ") || undefined;
    return { sign: draw("line", { x1: 0, y1: 8, x2: 26, y2: 8, stroke, "stroke-opacity": opacity, "stroke-width": 2, "stroke-dasharray": dash }), words };
  };
  const found: Entry[] = [];
  for (const style of ["within", "between", "carried"] as const) {
    if (some((one) => one.style === style)) found.push(entry(style, 0, stage.say(`network.${style}`)));
  }
  for (const certainty of [1, 2]) {
    if (some((one) => one.certainty === certainty)) found.push(entry("within", certainty, stage.say("network.certainty", { name: certaintyOf(world, certainty, lang) })));
  }
  return found;
}

function grounds(stage: Stage, { groups, aggregated }: Model): Entry[] {
  const { colours } = stage.world;
  const found: Entry[] = [];
  if (groups.length) found.push({ sign: draw("rect", { y: 2, width: 26, height: 12, rx: 6, fill: colours.group }), words: stage.say("network.leiden") });
  const small = draw("circle", { cx: 5, cy: 8, r: 3, fill: colours.secondary });
  const large = draw("circle", { cx: 18, cy: 8, r: 7, fill: colours.secondary });
  found.push({ sign: draw("g", {}, small, large), words: stage.say(aggregated ? "network.size_members" : "network.size") });
  return found;
}

/** The letters of the kinds that are shown, in the order of their letters. */
function kinds(stage: Stage, points: Point[], shapes: Shapes): Entry[] {
  const { world, lang } = stage;
  const seen = new Map<string, Point>();
  for (const one of points) if (one.body >= 0 && !seen.has(one.sign)) seen.set(one.sign, one);
  return [...seen.values()].sort((a, b) => (a.sign < b.sign ? -1 : 1)).map((one) => {
    const letter = draw("text", { x: 13, y: 12, "text-anchor": "middle", "font-size": 11, "font-weight": 700, fill: one.pale ? world.colours.ink : world.colours.card }, one.sign);
    const { kind } = world.bodies[one.body];
    const words = kind < 0 ? stage.say("network.unknown") : text(world.concepts[kind].name, lang);
    return { sign: draw("g", {}, shaped(shapes[one.slug], 13, 8, 8, { fill: one.colour }), letter), words };
  });
}

export function legend(stage: Stage, drawn: Model): HTMLElement[] {
  return entries(stage, drawn).map(({ sign, words }) => make("span", { class: "entry" }, draw("svg", { width: 26, height: 16, "aria-hidden": "true" }, sign), words));
}
