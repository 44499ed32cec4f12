/** The network as a standalone SVG: what the canvas shows, in shapes and words that print and that other programs read. */

import { draw } from "../app/dom.ts";
import { size, SIZE, type Label } from "./labels.ts";
import type { Model, Point } from "./model.ts";
import { dashes, FONT, lineColour, type Look } from "./paint.ts";

export function picture(model: Model, labels: Label[], look: Look): SVGSVGElement {
  const { width, height, colours } = look;
  const at = (x: number, y: number): [number, number] => [round(x * look.scale + look.origin[0]), round(y * look.scale + look.origin[1])];
  const svg = draw("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height, "font-family": FONT, "font-size": SIZE });
  svg.append(draw("rect", { width, height, fill: colours.card }));
  for (const group of model.groups) {
    const points = group.hull.map(([x, y]) => at(x, y).join(",")).join(" ");
    svg.append(draw("polygon", { points, fill: colours.group, stroke: colours.group, "stroke-width": 36 * Math.min(1.4, look.scale), "stroke-linejoin": "round" }));
  }
  for (const one of model.lines) {
    const [[x1, y1], [x2, y2]] = [at(one.a.x, one.a.y), at(one.b.x, one.b.y)];
    const dash = dashes(one.style, one.unsure).join(" ");
    svg.append(draw("line", { x1, y1, x2, y2, stroke: lineColour(colours, one.strength, one.style), "stroke-width": round(one.width), "stroke-dasharray": dash || undefined }));
  }
  for (const one of model.points) svg.append(...disc(one, at(one.x, one.y), look));
  const ringed = model.points.some((one) => one.ring);
  for (const group of ringed ? [] : model.groups) {
    const [x, y] = at(group.x, group.y);
    svg.append(written(group.title, x, y - 26 * Math.min(1.4, look.scale), "middle", colours.secondary, { "font-style": "italic" }, colours.card));
  }
  for (const label of labels) {
    const weight = label.important ? 700 : 500;
    svg.append(written(label.words, label.x, label.y, label.anchor, colours.ink, { "font-weight": weight }, colours.card));
  }
  return svg;
}

const round = (value: number) => Math.round(value * 10) / 10;

function disc(one: Point, [cx, cy]: [number, number], look: Look): SVGElement[] {
  const radius = round(size(one, look.scale));
  const circle = draw("circle", { cx, cy, r: radius, fill: one.colour, "fill-opacity": one.faded ? 0.25 : undefined, stroke: one.ring ? look.colours.ink : undefined, "stroke-width": one.ring ? 3 : undefined }, draw("title", {}, one.name));
  if (radius < 5 || one.faded) return [circle];
  const letter = draw("text", { x: cx, y: round(cy + radius * 0.38), "text-anchor": "middle", "font-size": round(radius * 1.1), "font-weight": 700, fill: look.colours.card }, one.letter);
  return [circle, letter];
}

/** A text with a rim of the ground's colour: SVG's own `paint-order` is not known to every program. */
function written(words: string, x: number, y: number, anchor: string, fill: string, more: Record<string, string | number>, rim: string): SVGElement {
  const place = { x: round(x), y: round(y), "text-anchor": anchor, ...more };
  const under = draw("text", { ...place, fill: rim, stroke: rim, "stroke-width": 3, "stroke-linejoin": "round", "aria-hidden": "true" }, words);
  return draw("g", {}, under, draw("text", { ...place, fill }, words));
}
