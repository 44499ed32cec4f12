/** The network as a standalone SVG: what the canvas shows, in shapes and words that print and that other programs read. */

import { draw } from "../app/dom.ts";
import { onScreen, size, SIZE, SMALL, STEP, type Label } from "./labels.ts";
import type { Entry } from "./legend.ts";
import type { Dot, Scene, Stroke } from "./looks.ts";
import { dashes, FADED, FONT, inkOf, letterOf, middle, READABLE, rim, widthOf, type Look } from "./paint.ts";
import { round, shaped, type Shapes } from "./shapes.ts";

const [ROW, PAD, SIGN, LETTER] = [22, 14, 34, 7.2]; // of the legend: pixels of a row, around it, of a sign, of a letter

export function picture(scene: Scene, labels: Label[], look: Look, legend: Entry[], shapes: Shapes = {}): SVGSVGElement {
  const { width, height, colours } = look;
  const rows = laid(legend, width);
  const all = height + rows.length * ROW + PAD;
  const svg = draw("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${all}`, width, height: all, "font-family": FONT, "font-size": SIZE });
  svg.append(
    draw("rect", { width, height: all, fill: colours.card }),
    ...scene.groups.map((group) => {
      const points = group.hull.map(([x, y]) => onScreen({ x, y }, look).map(round).join(",")).join(" ");
      return draw("polygon", { points, fill: colours.group, stroke: colours.group, "stroke-width": round(rim(look.scale)), "stroke-linejoin": "round" });
    }),
    ...[...scene.lines].sort((a, b) => rank(a) - rank(b)).map((one) => line(one, look, scene.lines.length)),
    ...scene.points.flatMap((one) => disc(one, look, shapes)),
    ...scene.lines.filter((one) => one.step).flatMap((one) => step(one, look)),
    ...labels.map((label) => words(label, look)),
    draw("rect", { y: height, width, height: all - height, fill: colours.card }),
    ...rows.flatMap((row, place) => row.map(([entry, x]) => signed(entry, x, height + PAD / 2 + place * ROW, look))),
  );
  return svg;
}

const rank = (one: Stroke) => ["faded", "plain", "strong"].indexOf(one.strength);

function line(one: Stroke, look: Look, crowd: number): SVGElement {
  const [[x1, y1], [x2, y2]] = [onScreen(one.a, look).map(round), onScreen(one.b, look).map(round)];
  const [stroke, opacity] = inkOf(look.colours, one, crowd);
  const width = round(widthOf(one) * Math.min(1, Math.max(0.5, look.scale)));
  return draw("line", { x1, y1, x2, y2, stroke, "stroke-opacity": opacity < 1 ? opacity : undefined, "stroke-width": width, "stroke-dasharray": dashes(one).join(" ") || undefined });
}

function disc(one: Dot, look: Look, shapes: Shapes): SVGElement[] {
  const [cx, cy] = onScreen(one, look).map(round);
  const radius = round(size(one, look.scale));
  const said = { fill: one.colour, "fill-opacity": one.faded ? FADED : undefined };
  const shape = shaped(one.body < 0 ? undefined : shapes[one.slug], cx, cy, radius, said);
  shape.append(draw("title", {}, one.name));
  const found: SVGElement[] = [shape];
  if (one.ring) found.unshift(draw("circle", { cx, cy, r: radius + 5, fill: "none", stroke: look.colours.ink, "stroke-width": 3 }));
  if (radius < READABLE || one.faded) return found;
  const high = letterOf(one, radius) * 0.9;
  const fill = one.pale ? look.colours.ink : look.colours.card;
  found.push(draw("text", { x: cx, y: round(cy + high * 0.36), "text-anchor": "middle", "font-size": round(high), "font-weight": 700, fill }, one.sign));
  return found;
}

function step(one: Stroke, look: Look): SVGElement[] {
  const [cx, cy] = middle(one, look).map(round);
  const { card, accent } = look.colours;
  return [
    draw("circle", { cx, cy, r: STEP, fill: card, stroke: accent, "stroke-width": 2 }),
    draw("text", { x: cx, y: cy + 4, "text-anchor": "middle", "font-weight": 700, fill: accent }, String(one.step)),
  ];
}

/** A text with a rim of the ground's colour: SVG's own `paint-order` is not known to every program. */
function words({ of, words: said, small, away, anchor, style }: Label, look: Look): SVGElement {
  const { ink, secondary, card } = look.colours;
  const [x, y] = onScreen(of, look);
  const write = (one: string, below: number, fill: string, more: Record<string, string | number>) => {
    const place = { x: round(x + away[0]), y: round(y + away[1] + below), "text-anchor": anchor, ...more };
    const under = { ...place, fill: card, stroke: card, "stroke-width": 3, "stroke-linejoin": "round", "aria-hidden": "true" };
    return [draw("text", under, one), draw("text", { ...place, fill }, one)];
  };
  const weight: Record<string, string | number> = style === "title" ? { "font-style": "italic" } : { "font-weight": style === "whole" ? 700 : 500 };
  const lines = said.split("\n");
  const last = small ? write(small, lines.length * SIZE, secondary, { "font-size": SMALL }) : [];
  return draw("g", {}, ...lines.flatMap((line, place) => write(line, place * SIZE, style === "title" ? secondary : ink, weight)), ...last);
}

/** The entries of a legend in rows, each with how far to the right it begins. */
export function laid(legend: Entry[], width: number): [Entry, number][][] {
  const rows: [Entry, number][][] = [];
  let x = Infinity;
  for (const entry of legend) {
    const wide = SIGN + [...entry.words].length * LETTER + PAD;
    if (x + wide > width) {
      rows.push([]);
      x = PAD;
    }
    rows[rows.length - 1].push([entry, x]);
    x += wide;
  }
  return rows;
}

function signed({ sign, words: said }: Entry, x: number, y: number, look: Look): SVGElement {
  return draw("g", { transform: `translate(${round(x)} ${round(y)})` }, sign, draw("text", { x: SIGN, y: 12, fill: look.colours.ink }, said));
}
