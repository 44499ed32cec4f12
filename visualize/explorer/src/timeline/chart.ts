/** The timeline as SVG: years across, a row a kind of link, dots or bars, the chosen years as a band. */

import { draw } from "../app/dom.ts";
import { lineId, nameOf } from "../app/names.ts";
import { entered, FONT } from "../map/france.ts";
import type { Stage } from "../view.ts";
import { when } from "../words.ts";
import { text, type Link } from "../world.ts";
import { columns, firstYear, lastYear, period, spacing, type Row } from "./years.ts";

const [LEFT, RIGHT, TOP, FOOT] = [150, 56, 34, 40];
const [TALL, LOW, ROOM, GAP] = [100, 66, 30, 4]; // of the dots of a row at most, of a row at least, above its dots, between years
const PITCH = 30; // least pixels for a year
const LEAST = 640;

/** What is asked of a chart. `open` lists the links of a bar. */
export interface Charting {
  stage: Stage;
  rows: Row[];
  range: [number, number]; // first and last year
  pixels: number;
  open?: (row: Row, year: number) => void;
}

interface Plane extends Charting {
  width: number;
  height: number;
  bases: number[]; // of the rows
  pitch: number;
  apart: number; // between dots; 0: bars
  x: (year: number) => number;
}

export function chart(asked: Charting): SVGSVGElement {
  const { stage, rows, range: [low, high] } = asked;
  const { colours } = stage.world;
  const span = high - low + 1;
  const pitch = Math.max(PITCH, (Math.max(LEAST, asked.pixels) - LEFT - RIGHT) / span);
  const apart = spacing(rows, pitch - GAP, TALL);
  const bases = rows.reduce((found, row) => [...found, (found.at(-1) ?? TOP) + tallness(row, pitch, apart)], [] as number[]);
  const [width, height] = [LEFT + RIGHT + pitch * span, (bases.at(-1) ?? TOP + LOW) + FOOT];
  const plane: Plane = { ...asked, width, height, bases, pitch, apart, x: (at) => LEFT + (at - low + 0.5) * pitch };
  const svg = draw("svg", {
    xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height, role: "group",
    "aria-label": stage.say("timeline.label"), "font-family": FONT, "font-size": 11,
  }, draw("rect", { width, height, fill: colours.card }), band(plane));
  for (let at = low; at <= high; at++) svg.append(...tick(plane, at));
  rows.forEach((row, place) => svg.append(...drawn(plane, row, place + 1)));
  svg.append(...key(plane));
  return svg;
}

function tallness(row: Row, pitch: number, apart: number): number {
  if (!apart) return TALL + ROOM;
  const most = Math.max(...[...row.years.values()].map((places) => places.length));
  return Math.max(LOW, ROOM + Math.ceil(most / columns(pitch - GAP, apart)) * apart);
}

/** The years that are chosen. */
function band({ stage, range: [low, high], x, pitch, height }: Plane): SVGElement | null {
  const { from, to } = stage.state;
  if (!from && !to) return null;
  const [first, last] = [Math.max(from || low, low), Math.min(to || high, high)];
  return draw("rect", { class: "band", x: x(first) - pitch / 2, y: 0, width: Math.max(0, last - first + 1) * pitch, height: height - FOOT + 6, fill: stage.world.colours["accent-soft"] });
}

/** A year: pressing it chooses it alone, pressing it again all of them; with the shift key up to it. */
function tick({ stage, x, pitch, height }: Plane, at: number): SVGElement[] {
  const { colours } = stage.world;
  const { from, to } = stage.state;
  const chosen = (from > 0 || to > 0) && (!from || at >= from) && (!to || at <= to);
  const press = (event: Event) => stage.go(period(at, (event as MouseEvent).shiftKey, stage.state));
  const item = draw(
    "g", { class: "tick", "data-row": 0, "data-at": `year-${at}`, role: "button", tabindex: -1, "aria-label": stage.say("timeline.only", { year: String(at) }), "aria-pressed": String(chosen), onclick: press, onkeydown: entered(press) },
    draw("rect", { x: x(at) - pitch / 2, y: 0, width: pitch, height: 26, fill: colours.card, "fill-opacity": 0 }),
    draw("text", { x: x(at), y: 17, "text-anchor": "middle", fill: chosen ? colours.accent : colours.ink, "font-weight": chosen ? 700 : 600 }, String(at)),
  );
  return [draw("line", { x1: x(at), x2: x(at), y1: 28, y2: height - FOOT, stroke: colours.line }), item];
}

function drawn(plane: Plane, row: Row, place: number): SVGElement[] {
  const { stage, width, pitch, apart, x } = plane;
  const base = plane.bases[place - 1];
  const { colours, concepts, links } = stage.world;
  const found: SVGElement[] = [
    draw("line", { x1: 8, x2: width - 8, y1: base, y2: base, stroke: colours.line }),
    draw("text", { x: 8, y: base - 36, fill: colours.ink, "font-weight": 700, "font-size": 12 }, capital(text(concepts[row.kind].name, stage.lang))),
    draw("text", { x: 8, y: base - 20, fill: colours.secondary }, stage.say("timeline.links", { n: row.total })),
  ];
  const most = Math.max(...[...row.years.values()].map((places) => places.length));
  for (const [at, places] of [...row.years].sort(([a], [b]) => a - b)) {
    if (!apart) found.push(bar(plane, row, place, at, { base, high: Math.max(4, (places.length / most) * (TALL - 14)) }));
    const across = Math.min(columns(pitch - GAP, apart || 1), places.length);
    const spot = (number: number) => [x(at) + ((number % across) - (across - 1) / 2) * apart, base - 8 - Math.floor(number / across) * apart];
    if (apart) places.forEach((link, number) => found.push(dot(plane, links[link], place, spot(number))));
  }
  return found;
}

const capital = (words: string) => words.charAt(0).toLocaleUpperCase() + words.slice(1);

/** A year with too many links for dots: their number, and pressing it lists them. */
function bar({ stage, x, open, pitch }: Plane, row: Row, place: number, at: number, { base, high }: { base: number; high: number }): SVGElement {
  const { colours, concepts } = stage.world;
  const n = row.years.get(at)?.length ?? 0;
  const words = stage.say("timeline.bar", { kind: capital(text(concepts[row.kind].name, stage.lang)), year: String(at), n });
  const press = () => open?.(row, at);
  return draw(
    "g", { class: "bar", "data-row": place, "data-at": `bar-${row.kind}-${at}`, role: "button", tabindex: -1, "aria-label": words, onclick: press, onkeydown: entered(press) },
    draw("title", {}, words), draw("rect", { x: x(at) - pitch / 2, y: base - TALL - 12, width: pitch, height: TALL + 12, fill: colours.card, "fill-opacity": 0 }),
    draw("rect", { x: x(at) - 11, y: base - high, width: 22, height: high, fill: colours.accent }),
    draw("text", { x: x(at), y: base - high - 4, "text-anchor": "middle", fill: colours.ink }, String(n)),
  );
}

/** A link at its first year; how long it lasts shows when it is pointed at, focused or open. */
function dot({ stage, x, apart }: Plane, link: Link, row: number, [cx, cy]: number[]): SVGElement {
  const { world, lang } = stage;
  const { colours } = world;
  const id = lineId(world, link);
  const words = stage.say("timeline.dot", { a: nameOf(world.bodies[link.a], lang), b: nameOf(world.bodies[link.b], lang), date: when(link.first, link.last, lang) });
  const press = () => stage.go({ at: id });
  const chosen = stage.state.at === id;
  const lasts = lastYear(link) > firstYear(link);
  const radius = apart * 0.39;
  return draw(
    "g", { class: "dot", "data-row": row, "data-at": `${row}-${id}`, role: "button", tabindex: -1, "aria-label": words, onclick: press, onkeydown: entered(press) },
    draw("title", {}, words),
    lasts && draw("path", { class: "span", d: `M${cx} ${cy}H${x(lastYear(link))}m0 -4v8`, fill: "none", stroke: colours.accent, "stroke-width": 2, visibility: chosen ? "visible" : "hidden", "pointer-events": "none" }),
    draw("circle", { cx, cy, r: apart / 2, fill: colours.card, "fill-opacity": 0 }),
    draw("circle", { cx, cy, r: radius, fill: link.certainty === 0 ? colours.accent : colours.card, stroke: chosen ? colours.ink : colours.accent, "stroke-width": chosen ? 3 : 1.5 }),
  );
}

function key({ stage, height, apart }: Plane): SVGElement[] {
  if (!apart) return [];
  const { colours } = stage.world;
  const y = height - 12;
  const sign = (x: number, fill: string) => draw("circle", { cx: x, cy: y - 4, r: 4.2, fill, stroke: colours.accent, "stroke-width": 1.5 });
  const label = (x: number, words: string) => draw("text", { x, y, fill: colours.ink }, words);
  return [
    sign(14, colours.accent), label(24, stage.say("timeline.sure")), sign(194, colours.card), label(204, stage.say("timeline.unsure")),
    draw("path", { d: `M364 ${y - 4}h22m0 -4v8`, fill: "none", stroke: colours.accent, "stroke-width": 2 }), label(394, stage.say("timeline.lasting")),
  ];
}

/** A drag across the years chooses them; sliders and the years themselves do the same without dragging. */
export function brush(svg: SVGSVGElement, stage: Stage, [low, high]: [number, number]): void {
  const { width, height } = svg.viewBox.baseVal;
  const pitch = (width - LEFT - RIGHT) / (high - low + 1);
  let begun: number | null = null;
  const moving = draw("rect", { y: 0, height: height - FOOT + 6, width: 0, x: 0, fill: stage.world.colours.accent, "fill-opacity": 0.12, "pointer-events": "none" });
  const at = (event: PointerEvent) => {
    const box = svg.getBoundingClientRect();
    const inside = ((event.clientX - box.left) / box.width) * width;
    return Math.min(high, Math.max(low, Math.floor((inside - LEFT) / pitch) + low));
  };
  const ends = (event: PointerEvent) => [begun ?? low, at(event)].sort((a, b) => a - b);
  svg.addEventListener("pointerdown", (event) => {
    if ((event.target as Element).closest("[role=button]") || event.pointerType === "touch" || event.button) return;
    begun = at(event);
    svg.append(moving);
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (begun === null) return;
    const [from, to] = ends(event);
    moving.setAttribute("x", String(LEFT + (from - low) * pitch));
    moving.setAttribute("width", String((to - from + 1) * pitch));
  });
  svg.addEventListener("pointercancel", () => {
    begun = null;
    moving.remove();
  });
  svg.addEventListener("pointerup", (event) => {
    if (begun === null) return;
    const [from, to] = ends(event);
    begun = null;
    stage.go({ from: from === low ? 0 : from, to: to === high ? 0 : to });
  });
}
