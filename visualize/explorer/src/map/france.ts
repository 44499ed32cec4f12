/** The map as SVG: shapes shaded or hatched, arcs, discs with counts, legend. It can stand alone, without a style sheet. */

import { draw } from "../app/dom.ts";
import type { Stage } from "../view.ts";
import { text } from "../world.ts";
import { HIGH, shapes, WIDE, type Shape } from "./boundaries.ts";
import { keyOf, pressed, ranges, shade, type Arc, type Counts, type Level } from "./geography.ts";
import { spots } from "./names.ts";

export const FONT = '"Atkinson Hyperlegible Next Variable", "Segoe UI", Arial, sans-serif';
const SHADES = [0.05, 0.18, 0.32, 0.48, 0.66]; // opacity: none, then four steps
const STEPS = SHADES.length - 1;
const MOST_ARCS = 60; // drawn, the heaviest first; the list beside holds them all
const MANY = 25; // arcs that are drawn fainter
const HEAD = 118; // room for the legend above the map where it does not fit beside Brittany
const FOOT = 34; // under it, for the note about the ground
const NARROW = 560;

/** The part of the plane that is seen; `unit`: how much of it is a pixel. */
interface Sight {
  x: number;
  y: number;
  wide: number;
  high: number;
  unit: number;
  head: number;
  foot: number;
}

export interface Drawing {
  stage: Stage;
  counts: Counts;
  level: Level;
  pixels: number; // how wide it is shown
  open?: (arc: Arc) => void;
}

export function france(drawing: Drawing): SVGSVGElement {
  const { stage, counts, level } = drawing;
  const { colours } = stage.world;
  const all = shapes(stage.world, level);
  const sight = seen(drawing, all);
  const { x, y, wide, unit } = sight;
  const [top, tall] = [y - sight.head, sight.high + sight.head + sight.foot];
  const svg = draw("svg", {
    xmlns: "http://www.w3.org/2000/svg", viewBox: `${x} ${top} ${wide} ${tall}`, width: wide / unit, height: tall / unit,
    role: "group", "aria-label": stage.say("map.label"), "font-family": FONT, "font-size": 11 * unit,
  });
  svg.append(draw("defs", {}, hatch(drawing, "unknown", unit), hatch(drawing, "unknown-key", 1)), draw("rect", { x, y: top, width: wide, height: tall, fill: colours.card }));
  const most = Math.max(1, ...[...counts.bodies.values()].map((bodies) => bodies.length));
  svg.append(...all.map((one) => territory(drawing, one, most, unit)));
  const by = new Map(all.map((one) => [one.territory, one]));
  const shown = between(counts).slice(0, MOST_ARCS);
  const pen: Pen = { unit, most: shown[0]?.links.length ?? 1, faint: shown.length > MANY };
  for (const arc of shown) {
    const [a, b] = [by.get(arc.a), by.get(arc.b)];
    if (a && b) svg.append(curve(drawing, arc, a, b, pen));
  }
  svg.append(...marks(drawing, all, unit), ...legend(drawing, most, sight));
  return svg;
}

export const between = (counts: Counts) => counts.arcs.filter((one) => one.a !== one.b);

/** All of France, or what is chosen where departments are drawn for it. */
function seen({ stage, level, pixels }: Drawing, all: Shape[]): Sight {
  const { state } = stage;
  const chosen = level === "department" && !state.partners ? all.filter((one) => isChosen(stage, one)) : [];
  const [left, top, right, bottom] = chosen.length ? box(chosen) : [0, 0, WIDE, HIGH];
  const wide = chosen.length ? Math.min(WIDE, 1.5 * Math.max(right - left, (bottom - top) * (WIDE / HIGH))) : WIDE;
  const high = wide * (HIGH / WIDE);
  const unit = wide / Math.max(320, Math.min(pixels, 1100));
  const [head, foot] = chosen.length || pixels < NARROW ? [HEAD * unit, FOOT * unit] : [0, 0];
  return { x: (left + right - wide) / 2, y: (top + bottom - high) / 2, wide, high, unit, head, foot };
}

function box(some: Shape[]): [number, number, number, number] {
  const sides = some.map((one) => one.bounds);
  return [
    Math.min(...sides.map(([[left]]) => left)), Math.min(...sides.map(([[, top]]) => top)),
    Math.max(...sides.map(([, [right]]) => right)), Math.max(...sides.map(([, [, bottom]]) => bottom)),
  ];
}

/** Itself, or what holds it. */
function isChosen({ world, state }: Stage, one: Shape): boolean {
  return [one.territory, ...world.territories[one.territory].within].some((place) => state.territory.includes(keyOf(world.territories[place])));
}

function hatch({ stage }: Drawing, id: string, unit: number): SVGElement {
  const { colours } = stage.world;
  const side = 7 * unit;
  return draw(
    "pattern", { id, width: side, height: side, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    draw("rect", { width: side, height: side, fill: colours.card }), draw("line", { x1: 0, y1: 0, x2: 0, y2: side, stroke: colours.control, "stroke-width": 1.6 * unit }),
  );
}

function territory(drawing: Drawing, one: Shape, most: number, unit: number): SVGElement {
  const { stage, counts } = drawing;
  const { world } = stage;
  const n = counts.bodies.get(one.territory)?.length ?? 0;
  const known = counts.known.has(one.territory);
  const name = text(world.territories[one.territory].name, stage.lang);
  const inner = counts.arcs.find((arc) => arc.a === one.territory && arc.b === one.territory)?.links.length ?? 0;
  const words = known ? `${stage.say("map.region", { name, n })}, ${stage.say("map.inside", { n: inner })}` : stage.say("map.unknown_region", { name });
  const value = keyOf(world.territories[one.territory]);
  const press = (event: Event) => stage.go({ territory: pressed(world, stage.state, one.territory, (event as MouseEvent).shiftKey) });
  const chosen = isChosen(stage, one);
  const shape = draw("path", {
    d: one.path, fill: known ? world.colours.accent : "url(#unknown)", "fill-opacity": known ? SHADES[shade(n, most, STEPS)] : 1,
    stroke: chosen ? world.colours.ink : world.colours.control, "stroke-width": (chosen ? 2.2 : 0.7) * unit, class: "shape",
  });
  return draw("g", {
    class: "region", "data-at": value, "data-known": String(known), tabindex: 0, role: "button", "aria-label": words,
    "aria-pressed": String(stage.state.territory.includes(value)), onclick: press, onkeydown: entered(press),
  }, draw("title", {}, words), one.overseas && frame(one, world.colours.control, unit), shape);
}

/** The frame of a territory that is not drawn where it lies; it can be pressed too. */
function frame({ bounds: [[left, top], [right, bottom]] }: Shape, stroke: string, unit: number): SVGElement {
  return draw("rect", {
    x: left - 7, y: top - 7, width: right - left + 14, height: bottom - top + 14, fill: "none", "pointer-events": "all",
    stroke, "stroke-dasharray": `${3 * unit} ${3 * unit}`, "stroke-width": 0.8 * unit,
  });
}

/** Enter and the space bar do what a click does. */
export function entered(press: (event: Event) => void): (event: Event) => void {
  return (event) => {
    const { key } = event as KeyboardEvent;
    if (key !== "Enter" && key !== " ") return;
    event.preventDefault();
    press(event);
  };
}

/** How arcs are drawn; `most`: links of the heaviest. */
interface Pen {
  unit: number;
  most: number;
  faint: boolean;
}

/** Of an arc, in pixels: one link is thin whatever the heaviest, and the heaviest never hides the map. */
const thickness = (links: number, most: number) => (most > 10 ? 0.8 + (links / most) * 6 : 0.8 + links * 0.6);

function curve({ stage, open }: Drawing, arc: Arc, a: Shape, b: Shape, { unit, most, faint }: Pen): SVGElement {
  const { colours } = stage.world;
  const [[ax, ay], [bx, by]] = [a.middle, b.middle];
  const [mx, my] = [(ax + bx) / 2 - (by - ay) * 0.16, (ay + by) / 2 + (bx - ax) * 0.16];
  const words = arcWords(stage, arc);
  const press = () => open?.(arc);
  const d = `M${ax.toFixed(1)} ${ay.toFixed(1)}Q${mx.toFixed(1)} ${my.toFixed(1)} ${bx.toFixed(1)} ${by.toFixed(1)}`;
  const thick = thickness(arc.links.length, most) * unit;
  return draw(
    "g", { class: "link", tabindex: 0, role: "button", "aria-label": words, "data-at": `${arc.a}-${arc.b}`, onclick: press, onkeydown: entered(press) },
    draw("title", {}, words),
    draw("path", { d, fill: "none", stroke: colours.accent, "stroke-opacity": 0, "stroke-width": Math.max(12 * unit, thick), class: "hit" }),
    draw("path", { d, fill: "none", stroke: colours.accent, "stroke-opacity": faint ? 0.3 : 0.55, "stroke-width": thick.toFixed(2), class: "stroke" }),
  );
}

export function arcWords(stage: Stage, arc: Arc): string {
  const [a, b] = [arc.a, arc.b].map((place) => text(stage.world.territories[place].name, stage.lang));
  return arc.a === arc.b ? stage.say("map.loop", { a, n: arc.links.length }) : stage.say("map.arc", { a, b, n: arc.links.length });
}

/** Discs with counts, and the names that find room. */
function marks({ stage, counts }: Drawing, all: Shape[], unit: number): SVGElement[] {
  const { colours, territories } = stage.world;
  const found: SVGElement[] = [];
  const silent = { "pointer-events": "none", "aria-hidden": "true", "text-anchor": "middle" };
  const numbered = all.filter((one) => counts.bodies.has(one.territory));
  for (const { territory: place, middle: [x, y] } of numbered) {
    const digits = String(counts.bodies.get(place)?.length).length;
    found.push(
      draw("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: (8 + Math.max(1, digits - 1) * 2.5) * unit, fill: colours.accent, stroke: colours.card, "stroke-width": 1.5 * unit, "pointer-events": "none" }),
      draw("text", { x: x.toFixed(1), y: (y + 4 * unit).toFixed(1), fill: colours.card, "font-weight": 700, ...silent }, String(counts.bodies.get(place)?.length)),
    );
  }
  const weight = (one: Shape) => counts.bodies.get(one.territory)?.length ?? 0;
  const named = all.filter((one) => one.overseas || weight(one)).sort((a, b) => weight(b) - weight(a));
  const label = (one: Shape) => text(territories[one.territory].name, stage.lang);
  for (const { words, x, y } of spots(named.map((one) => ({ ...one, words: label(one) })), numbered, unit)) {
    const at = { x: x.toFixed(1), y: y.toFixed(1), "font-weight": 600, ...silent };
    found.push(draw("text", { ...at, fill: colours.card, stroke: colours.card, "stroke-width": 3 * unit, "stroke-linejoin": "round" }, words), draw("text", { ...at, fill: colours.ink }, words));
  }
  return found;
}

/** In pixels from the top left of what is seen. */
function legend({ stage, counts, level }: Drawing, most: number, { x, y, wide, high, unit, head, foot }: Sight): SVGElement[] {
  const { colours } = stage.world;
  const label = (left: number, top: number, words: string, weight = 400) => draw("text", { x: left, y: top, fill: colours.ink, "font-weight": weight }, words);
  const found: SVGElement[] = [label(18, 24, stage.say(`map.legend_${level}`), 700)];
  const swatch = (left: number, top: number, fill: string, opacity: number) => draw("rect", { x: left, y: top, width: 30, height: 12, fill, "fill-opacity": opacity, stroke: colours.control, "stroke-width": 0.5 });
  const steps: [string, number][] = [["0", SHADES[0]]];
  ranges(most, STEPS).forEach((range, at) => range && steps.push([range[0] === range[1] ? String(range[0]) : `${range[0]}–${range[1]}`, SHADES[at + 1]]));
  const step = most > 99 ? 50 : 34;
  steps.forEach(([words, opacity], place) => found.push(swatch(18 + place * step, 32, colours.accent, opacity), draw("text", { x: 33 + place * step, y: 57, fill: colours.ink, "text-anchor": "middle", "font-size": 10 }, words)));
  found.push(swatch(18, 66, "url(#unknown-key)", 1), label(54, 76, stage.say("map.legend_unknown")));
  const heaviest = between(counts)[0]?.links.length ?? 0;
  const arcs = between(counts).length;
  if (heaviest) found.push(label(18, 98, stage.say("map.legend_links"), 700));
  if (arcs > MOST_ARCS) found.push(label(140, 113, stage.say("map.legend_most", { most: MOST_ARCS, n: arcs })));
  [...new Set([1, heaviest])].filter((n) => n && heaviest).forEach((n, place) => {
    const left = 18 + place * 62;
    found.push(draw("line", { x1: left, x2: left + 30, y1: 109, y2: 109, stroke: colours.accent, "stroke-opacity": 0.55, "stroke-width": thickness(n, heaviest) }), label(left + 36, 113, String(n)));
  });
  const pixels = wide / unit;
  const ground = stage.say("map.ground").split(/(?<=\.) /);
  const lines = pixels < NARROW ? ground : [ground.join(" ")];
  const notes = lines.map((words, place) => draw("text", { x: pixels - 10, y: (head + high + foot) / unit - 8 - (lines.length - 1 - place) * 13, "text-anchor": "end", fill: colours.secondary, "font-size": 10 }, words));
  const off = [...counts.abroad, ...counts.national, ...counts.wider, ...counts.away, ...counts.nowhere].length;
  const apart = draw("text", { x: pixels - 10, y: 24, "text-anchor": "end", fill: colours.ink }, stage.say("map.outside", { n: off }));
  const strip = (y: number, height: number) => draw("rect", { x: -2 * pixels, y, width: 5 * pixels, height, fill: colours.card });
  const strips = wide < WIDE ? [strip(0, head / unit), strip((head + high) / unit, foot / unit)] : []; // over what lies around the choice
  return [draw("g", { transform: `translate(${x.toFixed(2)} ${(y - head).toFixed(2)}) scale(${unit.toFixed(4)})`, "font-size": 11 }, ...strips, ...found, ...notes, off ? apart : null)];
}
