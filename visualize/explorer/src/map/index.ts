/** The map: regions shaded by what is selected, arcs by links between them; what no source covers is hatched. */

import { button, draw, make } from "../app/dom.ts";
import { lineId, nameOf } from "../app/names.ts";
import type { Selection } from "../selection.ts";
import type { State } from "../state.ts";
import type { MakeView, Stage } from "../view.ts";
import { text } from "../world.ts";
import { boundaries, HIGH, shapes, WIDE, type Shape } from "./boundaries.ts";
import { count, shade, type Arc, type Counts, type Level } from "./geography.ts";

const STEPS = 4;
const MOST_ARCS = 120; // drawn, the heaviest first; the table holds them all

export const map: MakeView = (stage) => {
  const holder = make("div", { class: "france" });
  const title = make("h2", {});
  const detail = make("div", { class: "arc", role: "status" });
  const beside = make("div", { class: "beside" });
  const element = make("div", { class: "map" }, title, holder, detail, beside);
  let counts: Counts | null = null;
  let opened: Arc | null = null;
  const show = (selection: Selection, state: State) => {
    const level = levelOf(stage, state);
    counts = count(stage.world, selection, level);
    const placed = selection.bodies.length - counts.nowhere.length - counts.national.length;
    title.textContent = stage.say("map.title", { placed, n: selection.bodies.length });
    opened = null;
    detail.replaceChildren();
    beside.replaceChildren(...unplaced(stage, counts));
    void boundaries().then(() => {
      const focus = holder.contains(document.activeElement) ? document.activeElement?.getAttribute("data-at") : null;
      const open = (arc: Arc) => {
        opened = arc;
        detail.replaceChildren(...arcLinks(stage, arc));
        detail.querySelector<HTMLElement>("button")?.focus();
      };
      if (counts) holder.replaceChildren(france(stage, counts, level, open));
      if (focus) holder.querySelector<SVGElement>(`[data-at="${focus}"]`)?.focus();
    }, () => holder.replaceChildren(make("p", { role: "alert" }, stage.say("map.unread"))));
  };
  return {
    element, show,
    summary: (selection) => sentences(stage, selection),
    picture: (selection) => france(stage, count(stage.world, selection, levelOf(stage, stage.state)), levelOf(stage, stage.state), () => void opened),
  };
};

/** Departments once a region is chosen. */
function levelOf(stage: Stage, state: State): Level {
  const chosen = stage.world.territories.filter((one) => state.territory.includes(one.id.replace("territory/", "")));
  return chosen.length && chosen.every((one) => one.level === "region" || one.level === "department") ? "department" : "region";
}

function france(stage: Stage, counts: Counts, level: Level, open: (arc: Arc) => void): SVGSVGElement {
  const { colours } = stage.world;
  const all = shapes(stage.world, level);
  const by = new Map(all.map((one) => [one.territory, one]));
  const svg = draw("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${WIDE} ${HIGH}`, width: WIDE, height: HIGH, role: "group", "aria-label": stage.say("map.label"), "font-family": '"Atkinson Hyperlegible Next Variable", "Segoe UI", Arial, sans-serif', "font-size": 11 });
  const hatch = draw("pattern", { id: "unknown", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, draw("rect", { width: 7, height: 7, fill: colours.card }), draw("line", { x1: 0, y1: 0, x2: 0, y2: 7, stroke: colours.control, "stroke-width": 1.6 }));
  svg.append(draw("defs", {}, hatch), draw("rect", { width: WIDE, height: HIGH, fill: colours.card }));
  const most = Math.max(1, ...[...counts.bodies.values()].map((bodies) => bodies.length));
  for (const one of all) svg.append(region(stage, one, counts, most));
  for (const one of all.filter((shape) => shape.overseas)) svg.append(frame(one, colours.control));
  const between = counts.arcs.filter((one) => one.a !== one.b);
  const heaviest = Math.max(1, ...between.map((arc) => arc.links.length));
  for (const arc of between.slice(0, MOST_ARCS).reverse()) {
    const [a, b] = [by.get(arc.a), by.get(arc.b)];
    if (a && b) svg.append(curve(stage, arc, a, b, open));
  }
  for (const one of all) svg.append(...mark(stage, one, counts, level));
  svg.append(...legend(stage, most, heaviest));
  return svg;
}

const key = (stage: Stage, territory: number) => stage.world.territories[territory].id.replace("territory/", "");

function region(stage: Stage, one: Shape, counts: Counts, most: number): SVGElement {
  const { world } = stage;
  const n = counts.bodies.get(one.territory)?.length ?? 0;
  const known = counts.known.has(one.territory);
  const name = text(world.territories[one.territory].name, stage.lang);
  const inner = counts.arcs.find((arc) => arc.a === one.territory && arc.b === one.territory)?.links.length ?? 0;
  const words = known ? `${stage.say("map.region", { name, n })}, ${stage.say("map.inside", { n: inner })}` : stage.say("map.unknown_region", { name });
  const value = key(stage, one.territory);
  const chosen = stage.state.territory.includes(value);
  const press = () => stage.go({ territory: chosen ? [] : [value] });
  return draw("path", {
    d: one.path, fill: known ? world.colours.accent : "url(#unknown)", "fill-opacity": known ? shading(n, most) : 1,
    stroke: chosen ? world.colours.ink : world.colours.control, "stroke-width": chosen ? 2.5 : 0.7, class: "region", "data-at": value,
    tabindex: 0, role: "button", "aria-label": words, "aria-pressed": String(chosen), onclick: press, onkeydown: pressed(press),
  }, draw("title", {}, words));
}

const shading = (n: number, most: number) => [0.05, 0.18, 0.32, 0.48, 0.66][shade(n, most, STEPS)];

function pressed(press: () => void): (event: Event) => void {
  return (event) => {
    const { key: name } = event as KeyboardEvent;
    if (name !== "Enter" && name !== " ") return;
    event.preventDefault();
    press();
  };
}

function frame({ bounds: [[left, top], [right, bottom]] }: Shape, stroke: string): SVGElement {
  return draw("rect", { x: left - 7, y: top - 7, width: right - left + 14, height: bottom - top + 14, fill: "none", stroke, "stroke-dasharray": "3 3", "stroke-width": 0.8, "pointer-events": "none" });
}

/** Of an arc, in pixels: one link is thin whatever the heaviest. */
const thickness = (links: number) => Math.min(8, 0.8 + links * 0.7);

function curve(stage: Stage, arc: Arc, a: Shape, b: Shape, open: (arc: Arc) => void): SVGElement {
  const [[ax, ay], [bx, by]] = [a.middle, b.middle];
  const [mx, my] = [(ax + bx) / 2 - (by - ay) * 0.16, (ay + by) / 2 + (bx - ax) * 0.16];
  const names = [arc.a, arc.b].map((place) => text(stage.world.territories[place].name, stage.lang));
  const words = stage.say("map.arc", { a: names[0], b: names[1], n: arc.links.length });
  const press = () => open(arc);
  const d = `M${ax.toFixed(1)} ${ay.toFixed(1)}Q${mx.toFixed(1)} ${my.toFixed(1)} ${bx.toFixed(1)} ${by.toFixed(1)}`;
  const thick = thickness(arc.links.length);
  return draw(
    "g", { class: "link", tabindex: 0, role: "button", "aria-label": words, "data-at": `${arc.a}-${arc.b}`, onclick: press, onkeydown: pressed(press) },
    draw("path", { d, fill: "none", stroke: stage.world.colours.accent, "stroke-opacity": 0, "stroke-width": Math.max(12, thick), class: "hit" }),
    draw("path", { d, fill: "none", stroke: stage.world.colours.accent, "stroke-opacity": 0.55, "stroke-width": thick.toFixed(1), class: "stroke" }), draw("title", {}, words),
  );
}

/** The count of a region on a disc, and its name; only where something is selected. */
function mark(stage: Stage, one: Shape, counts: Counts, level: Level): SVGElement[] {
  const { colours, territories } = stage.world;
  const n = counts.bodies.get(one.territory)?.length ?? 0;
  const [x, y] = one.middle;
  const name = text(territories[one.territory].name, stage.lang);
  const found: SVGElement[] = [];
  const below = one.overseas ? one.bounds[0][1] - 12 : y + 22;
  const words = (fill: string, rim: boolean) => draw("text", { x: x.toFixed(1), y: below.toFixed(1), "text-anchor": "middle", fill, "font-weight": 600, "pointer-events": "none", "aria-hidden": "true", stroke: rim ? colours.card : undefined, "stroke-width": rim ? 3 : undefined, "stroke-linejoin": "round" }, name);
  if (n) {
    found.push(draw("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 10, fill: colours.accent, stroke: colours.card, "stroke-width": 1.5, "pointer-events": "none" }));
    found.push(draw("text", { x: x.toFixed(1), y: (y + 4).toFixed(1), "text-anchor": "middle", fill: colours.card, "font-weight": 700, "pointer-events": "none", "aria-hidden": "true" }, String(n)));
  }
  if (one.overseas || (n && (level === "region" || counts.bodies.size < 25))) found.push(words(colours.card, true), words(colours.ink, false));
  return found;
}

function legend(stage: Stage, most: number, heaviest: number): SVGElement[] {
  const { colours } = stage.world;
  const label = (x: number, y: number, words: string, weight = 400) => draw("text", { x, y, fill: colours.ink, "font-weight": weight }, words);
  const found: SVGElement[] = [label(18, 28, stage.say("map.legend_bodies"), 700)];
  for (let step = 0; step <= STEPS; step++) found.push(draw("rect", { x: 18 + step * 26, y: 36, width: 26, height: 12, fill: colours.accent, "fill-opacity": shading((step / STEPS) * most, most), stroke: colours.control, "stroke-width": 0.5 }));
  found.push(label(18, 62, "0"), label(18 + STEPS * 26, 62, String(most)));
  found.push(draw("rect", { x: 18, y: 72, width: 26, height: 12, fill: "url(#unknown)", stroke: colours.control, "stroke-width": 0.5 }), label(52, 82, stage.say("map.legend_unknown")));
  found.push(label(18, 108, stage.say("map.legend_links"), 700));
  for (const [place, n] of [1, heaviest].entries()) {
    if (place && n === 1) continue;
    const thick = thickness(n);
    found.push(draw("line", { x1: 18 + place * 70, x2: 48 + place * 70, y1: 120, y2: 120, stroke: colours.accent, "stroke-opacity": 0.55, "stroke-width": thick }), label(54 + place * 70, 124, String(n)));
  }
  found.push(draw("text", { x: WIDE - 12, y: HIGH - 10, "text-anchor": "end", fill: colours.secondary, "font-size": 10 }, stage.say("map.ground")));
  return found;
}

function arcLinks(stage: Stage, arc: Arc): HTMLElement[] {
  const { world, lang } = stage;
  const names = [arc.a, arc.b].map((place) => text(world.territories[place].name, lang));
  const items = arc.links.map((place) => {
    const link = world.links[place];
    const words = `${nameOf(world.bodies[link.a], lang)} – ${nameOf(world.bodies[link.b], lang)}`;
    return make("li", {}, button(words, () => stage.go({ at: lineId(world, link) }), { class: "linkish" }));
  });
  return [make("h3", {}, stage.say("map.arc", { a: names[0], b: names[1], n: arc.links.length })), make("ul", { class: "plain" }, ...items)];
}

/** Who is not on the map, and why. */
function unplaced(stage: Stage, counts: Counts): HTMLElement[] {
  const listed = (places: number[], title: string) => {
    if (!places.length) return [];
    const items = places.map((place) => {
      const body = stage.world.bodies[place];
      return make("li", {}, button(nameOf(body, stage.lang), () => stage.go({ at: body.id }), { class: "linkish" }));
    });
    return [make("details", {}, make("summary", {}, title), make("ul", { class: "plain" }, ...items))];
  };
  return [...listed(counts.national, stage.say("map.national", { n: counts.national.length })), ...listed(counts.nowhere, stage.say("map.nowhere", { n: counts.nowhere.length }))];
}

function sentences(stage: Stage, selection: Selection): string[] {
  const counts = count(stage.world, selection, "region");
  const named = (place: number) => text(stage.world.territories[place].name, stage.lang);
  const ranked = [...counts.bodies].sort((a, b) => b[1].length - a[1].length).slice(0, 3);
  const list = new Intl.ListFormat(stage.lang).format(ranked.map(([place, bodies]) => `${named(place)} (${bodies.length})`));
  const found = ranked.length ? [stage.say("map.most", { list })] : [];
  const [arc] = counts.arcs.filter((one) => one.a !== one.b);
  if (arc) found.push(stage.say("map.heaviest", { a: named(arc.a), b: named(arc.b), n: arc.links.length }));
  const unknown = stage.world.territories.filter((one, place) => one.level === "region" && !counts.known.has(place));
  if (unknown.length) found.push(stage.say("map.unknown", { list: new Intl.ListFormat(stage.lang).format(unknown.map((one) => text(one.name, stage.lang))) }));
  found.push(stage.say("map.nowhere", { n: counts.nowhere.length }));
  return found;
}
