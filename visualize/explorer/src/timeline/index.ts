/** The timeline: a row a kind of link, a dot a link at its first year; a band of years can be chosen. */

import { bounds } from "../app/period.ts";
import { button, draw, make } from "../app/dom.ts";
import { lineId, nameOf } from "../app/names.ts";
import { year, type Selection } from "../selection.ts";
import type { State } from "../state.ts";
import type { MakeView, Stage } from "../view.ts";
import { text, type Link } from "../world.ts";

const [LEFT, RIGHT, TOP, ROW, DOT] = [150, 40, 34, 120, 11];
const TALL = 8; // dots in a column; above, bars
const PITCH = 34; // least pixels for a year, so that a column of two dots stays apart from the next
const WIDE = 720;

export interface Row {
  kind: number;
  years: Map<number, number[]>; // places of links
  total: number;
}

/** Links by kind, then by the year in which a source first dates them; undated ones apart. */
export function rows(stage: Stage, selection: Selection): { rows: Row[]; undated: number[] } {
  const found = new Map<number, Row>();
  const undated: number[] = [];
  for (const place of selection.links) {
    const link = stage.world.links[place];
    const at = year(link.first ?? link.last);
    if (!at) undated.push(place);
    for (const kind of at ? link.kinds : []) {
      const row = found.get(kind) ?? { kind, years: new Map(), total: 0 };
      row.years.set(at, [...(row.years.get(at) ?? []), place]);
      row.total++;
      found.set(kind, row);
    }
  }
  return { rows: [...found.values()].sort((a, b) => b.total - a.total || a.kind - b.kind), undated };
}

export const timeline: MakeView = (stage) => {
  const title = make("h2", {});
  const hint = make("p", { class: "small" });
  const holder = make("div", { class: "scroll", tabindex: "0", role: "region" });
  const foot = make("div", { class: "handles" });
  const note = make("p", { class: "small" });
  const element = make("div", { class: "timeline" }, title, hint, holder, foot, note);
  const show = (selection: Selection, state: State) => {
    const { undated } = rows(stage, selection);
    const range = bounds(stage);
    const [from, to] = [state.from || (range?.[0] ?? 0), state.to || (range?.[1] ?? 0)];
    title.textContent = stage.say("timeline.title", { n: selection.links.length - undated.length, from: String(from), to: String(to) });
    hint.textContent = stage.say("timeline.hint");
    holder.setAttribute("aria-label", stage.say("timeline.label"));
    const focus = holder.contains(document.activeElement) ? document.activeElement?.getAttribute("data-at") : null;
    holder.replaceChildren(range ? chart(stage, selection, range) : make("p", {}, stage.say("timeline.nothing")));
    if (focus) holder.querySelector<SVGElement>(`[data-at="${CSS.escape(focus)}"]`)?.focus();
    foot.replaceChildren(...(state.from || state.to ? [button(stage.say("facets.all_years"), () => stage.go({ from: 0, to: 0 }))] : []));
    note.textContent = stage.say("facets.undated", { n: undated.length });
  };
  return {
    element, show,
    summary: (selection) => sentences(stage, selection),
    picture: (selection) => chart(stage, selection, bounds(stage) ?? [2000, 2001]),
  };
};

function chart(stage: Stage, selection: Selection, [low, high]: [number, number]): SVGSVGElement {
  const { colours } = stage.world;
  const found = rows(stage, selection).rows;
  const pitch = Math.max(PITCH, (WIDE - LEFT - RIGHT) / (high - low + 1));
  const [width, height] = [LEFT + RIGHT + pitch * (high - low + 1), TOP + ROW * Math.max(found.length, 1) + 34];
  const x = (at: number) => LEFT + (at - low + 0.5) * pitch;
  const svg = draw("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": stage.say("timeline.label"), "font-family": '"Atkinson Hyperlegible Next Variable", "Segoe UI", Arial, sans-serif', "font-size": 11 });
  svg.append(draw("rect", { width, height, fill: colours.card }));
  const { from, to } = stage.state;
  if (from || to) svg.append(draw("rect", { x: x(Math.max(from || low, low)) - pitch / 2, y: TOP - 10, width: ((to || high) - (from || low) + 1) * pitch, height: height - TOP - 14, fill: colours["accent-soft"] }));
  for (let at = low; at <= high; at++) svg.append(...tick(stage, at, x(at), height));
  found.forEach((row, place) => svg.append(...drawn(stage, row, TOP + ROW * (place + 1), x, width, pitch)));
  svg.append(...key(stage, height - 10));
  brush(stage, svg, [low, high], x, height);
  return svg;
}

/** A year: pressing it chooses that year alone, pressing it again all of them. */
function tick(stage: Stage, at: number, x: number, height: number): SVGElement[] {
  const { colours } = stage.world;
  const only = stage.state.from === at && stage.state.to === at;
  const press = () => stage.go(only ? { from: 0, to: 0 } : { from: at, to: at });
  const words = draw("text", { x, y: 16, "text-anchor": "middle", fill: colours.ink, "font-weight": 600 }, String(at));
  const hit = draw("rect", { x: x - 17, y: 0, width: 34, height: 24, fill: colours.card, "fill-opacity": 0 });
  const aloud = stage.say("timeline.only", { year: String(at) });
  const item = draw("g", { class: "tick", tabindex: 0, role: "button", "aria-pressed": String(only), "aria-label": aloud, "data-at": `year-${at}`, onclick: press, onkeydown: entered(press) }, hit, words);
  return [draw("line", { x1: x, x2: x, y1: 26, y2: height - 30, stroke: colours.line }), item];
}

function entered(press: () => void): (event: Event) => void {
  return (event) => {
    const { key: name } = event as KeyboardEvent;
    if (name !== "Enter" && name !== " ") return;
    event.preventDefault();
    press();
  };
}

function drawn(stage: Stage, row: Row, base: number, x: (at: number) => number, width: number, pitch: number): SVGElement[] {
  const { colours, concepts } = stage.world;
  const found: SVGElement[] = [
    draw("line", { x1: 8, x2: width - 8, y1: base, y2: base, stroke: colours.line }),
    draw("text", { x: 8, y: base - 62, fill: colours.ink, "font-weight": 700, "font-size": 12 }, text(concepts[row.kind].name, stage.lang)),
    draw("text", { x: 8, y: base - 46, fill: colours.secondary }, stage.say("timeline.links", { n: row.total })),
  ];
  const columns = Math.max(1, Math.floor((pitch - 6) / DOT));
  for (const [at, places] of row.years) {
    if (places.length > TALL * columns) found.push(...bar(stage, places.length, x(at), base));
    else places.forEach((place, number) => found.push(dot(stage, stage.world.links[place], x(at) + ((number % columns) - (Math.min(columns, places.length) - 1) / 2) * DOT, base - 8 - Math.floor(number / columns) * DOT)));
  }
  return found;
}

function bar(stage: Stage, n: number, x: number, base: number): SVGElement[] {
  const high = Math.min(TALL * DOT, 14 + Math.sqrt(n) * 6);
  const { colours } = stage.world;
  return [draw("rect", { x: x - 11, y: base - high, width: 22, height: high, fill: colours.accent }), draw("text", { x, y: base - high - 4, "text-anchor": "middle", fill: colours.ink }, String(n))];
}

function dot(stage: Stage, link: Link, cx: number, cy: number): SVGElement {
  const { world, lang } = stage;
  const id = lineId(world, link);
  const sure = link.certainty === 0;
  const words = stage.say("timeline.dot", { a: nameOf(world.bodies[link.a], lang), b: nameOf(world.bodies[link.b], lang), date: link.first ?? link.last ?? "" });
  const press = () => stage.go({ at: id });
  const chosen = stage.state.at === id;
  return draw(
    "g", { class: "dot", tabindex: 0, role: "button", "aria-label": words, "data-at": id, onclick: press, onkeydown: entered(press) },
    draw("circle", { cx, cy, r: 4.2, fill: sure ? world.colours.accent : world.colours.card, stroke: chosen ? world.colours.ink : world.colours.accent, "stroke-width": chosen ? 3 : 1.5 }),
    draw("title", {}, words),
  );
}

function key(stage: Stage, y: number): SVGElement[] {
  const { colours } = stage.world;
  const sign = (x: number, fill: string) => draw("circle", { cx: x, cy: y - 4, r: 4.2, fill, stroke: colours.accent, "stroke-width": 1.5 });
  const label = (x: number, words: string) => draw("text", { x, y, fill: colours.ink }, words);
  return [sign(LEFT, colours.accent), label(LEFT + 10, stage.say("timeline.sure")), sign(LEFT + 210, colours.card), label(LEFT + 220, stage.say("timeline.unsure"))];
}

/** A drag across the years chooses them; each year can be pressed, and the handles of the filters do the same. */
function brush(stage: Stage, svg: SVGSVGElement, [low, high]: [number, number], x: (at: number) => number, height: number): void {
  const pitch = x(low + 1) - x(low);
  let begun: number | null = null;
  const band = draw("rect", { y: TOP - 10, height: height - TOP - 14, width: 0, x: 0, fill: stage.world.colours.accent, "fill-opacity": 0.12, "pointer-events": "none" });
  const at = (event: PointerEvent) => {
    const box = svg.getBoundingClientRect();
    const inside = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
    return Math.min(high, Math.max(low, Math.round((inside - LEFT) / pitch - 0.5) + low));
  };
  svg.addEventListener("pointerdown", (event) => {
    if ((event.target as Element).closest("[role=button]") || event.pointerType === "touch") return;
    begun = at(event);
    svg.append(band);
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (begun === null) return;
    const [from, to] = [begun, at(event)].sort((a, b) => a - b);
    band.setAttribute("x", String(x(from) - pitch / 2));
    band.setAttribute("width", String((to - from + 1) * pitch));
  });
  svg.addEventListener("pointerup", (event) => {
    if (begun === null) return;
    const [from, to] = [begun, at(event)].sort((a, b) => a - b);
    begun = null;
    stage.go({ from: from === low ? 0 : from, to: to === high ? 0 : to });
  });
}

function sentences(stage: Stage, selection: Selection): string[] {
  const found = rows(stage, selection);
  const years = new Map<number, number>();
  for (const row of found.rows) for (const [at, places] of row.years) years.set(at, (years.get(at) ?? 0) + places.length);
  const [busiest] = [...years].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const said = busiest ? [stage.say("timeline.busiest", { year: String(busiest[0]), n: busiest[1] })] : [];
  return [...said, stage.say("facets.undated", { n: found.undated.length })];
}
