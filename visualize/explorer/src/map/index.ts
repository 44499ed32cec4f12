/** The map as a view: what is drawn, the links of an arc, and who is on no map and why. */

import { button, make } from "../app/dom.ts";
import { lineId, nameOf } from "../app/names.ts";
import type { Selection } from "../selection.ts";
import type { State } from "../state.ts";
import type { MakeView, Stage } from "../view.ts";
import { text } from "../world.ts";
import { boundaries, shapes, WIDE } from "./boundaries.ts";
import { arcWords, between, france } from "./france.ts";
import { count, levelOf, type Arc, type Counts, type Level } from "./geography.ts";

const UNPLACED = ["abroad", "national", "wider", "away", "nowhere"] as const;

export const map: MakeView = (stage) => {
  const title = make("h2", {});
  const levels = make("div", { class: "levels", role: "group" });
  const holder = make("div", { class: "france" });
  const note = make("p", { class: "small" });
  const detail = make("div", { class: "arc" });
  const beside = make("div", { class: "beside" });
  const element = make("div", { class: "map" }, make("div", { class: "above" }, title, levels), note, holder, detail, beside);
  let opened: [number, number] | null = null; // the territories of the arc whose links are listed
  let shown: [Selection, State] | null = null;
  const open = (arc: Arc, counts: Counts) => {
    opened = [arc.a, arc.b];
    list(counts);
    detail.querySelector<HTMLElement>("button")?.focus();
  };
  const list = (counts: Counts) => {
    const arc = counts.arcs.find(({ a, b }) => opened && a === opened[0] && b === opened[1]);
    if (!arc) opened = null;
    const close = () => {
      opened = null;
      detail.replaceChildren();
      if (arc) holder.querySelector<SVGElement>(`[data-at="${arc.a}-${arc.b}"]`)?.focus();
    };
    detail.replaceChildren(...(arc ? links(stage, arc, close) : []));
  };
  const drawn = () => {
    if (!shown) return;
    const [selection, state] = shown;
    const level = levelOf(stage.world, state);
    const counts = counted(stage, selection, level);
    title.textContent = heading(stage, selection, counts);
    note.textContent = partial(stage, selection);
    levels.setAttribute("aria-label", stage.say("map.levels"));
    levels.replaceChildren(...toggle(stage, level));
    const focus = holder.contains(document.activeElement) ? document.activeElement?.getAttribute("data-at") : null;
    holder.replaceChildren(france({ stage, counts, level, pixels: holder.clientWidth || WIDE, open: (arc) => open(arc, counts) }));
    if (focus) holder.querySelector<SVGElement>(`[data-at="${CSS.escape(focus)}"]`)?.focus();
    list(counts);
    const unfolded = [...beside.querySelectorAll<HTMLElement>("details[open]")].map((one) => one.dataset.list);
    beside.replaceChildren(...arcList(stage, counts, (arc) => open(arc, counts)), ...unplaced(stage, counts));
    for (const one of beside.querySelectorAll("details")) one.open = unfolded.includes(one.dataset.list);
  };
  new ResizeObserver(([entry]) => {
    const [before, after] = [holder.dataset.wide, String(Math.round(entry.contentRect.width))];
    holder.dataset.wide = after;
    if (before && before !== after && after !== "0" && window.maillageFrance) drawn();
  }).observe(holder);
  const show = (selection: Selection, state: State) => {
    shown = [selection, state];
    if (window.maillageFrance) return drawn();
    const unread = () => holder.replaceChildren(make("p", { role: "alert" }, stage.say("map.unread")));
    element.setAttribute("aria-busy", "true");
    void boundaries().then(drawn, unread).finally(() => element.removeAttribute("aria-busy"));
  };
  const picture = (selection: Selection) => {
    const level = levelOf(stage.world, stage.state);
    return france({ stage, level, counts: counted(stage, selection, level), pixels: WIDE });
  };
  return { element, show, picture, summary: (selection) => sentences(stage, selection) };
};

function counted(stage: Stage, selection: Selection, level: Level): Counts {
  const drawn = shapes(stage.world, level).map((one) => one.territory);
  return count(stage.world, selection, level, drawn.length ? new Set(drawn) : undefined);
}

const off = (counts: Counts) => UNPLACED.reduce((sum, reason) => sum + counts[reason].length, 0);

function heading(stage: Stage, selection: Selection, counts: Counts): string {
  const n = off(counts);
  const placed = stage.say("map.placed", { n: selection.bodies.length - n });
  return n ? `${placed}, ${stage.say("map.outside", { n })}` : placed;
}

/** A server that groups many bodies sends only those of the communities that are open. */
function partial(stage: Stage, selection: Selection): string {
  return selection.total.bodies > selection.bodies.length ? stage.say("map.partial", { n: selection.bodies.length, total: selection.total.bodies }) : "";
}

function toggle(stage: Stage, level: Level): HTMLElement[] {
  return (["region", "department"] as const).map((one) =>
    button(stage.say(`facets.${one}s`), () => stage.go({ level: one }), { "aria-pressed": String(one === level), "data-keep": `level-${one}` }));
}

function links(stage: Stage, arc: Arc, close: () => void): HTMLElement[] {
  const { world, lang } = stage;
  const items = arc.links.map((place) => {
    const link = world.links[place];
    const id = lineId(world, link);
    const words = `${nameOf(world.bodies[link.a], lang)} – ${nameOf(world.bodies[link.b], lang)}`;
    return make("li", {}, button(words, () => stage.go({ at: id }), { class: "linkish", "data-keep": `arc-${id}` }));
  });
  return [make("h3", {}, arcWords(stage, arc)), make("ul", { class: "plain" }, ...items), button(stage.say("map.close"), close, { class: "more" })];
}

/** Every arc and loop by weight, for those who do not aim at lines. */
function arcList(stage: Stage, counts: Counts, open: (arc: Arc) => void): HTMLElement[] {
  if (!counts.arcs.length) return [];
  const items = counts.arcs.map((arc) => make("li", {}, button(arcWords(stage, arc), () => open(arc), { class: "linkish" })));
  return [make("details", { "data-list": "arcs" }, make("summary", {}, stage.say("map.arcs", { n: counts.arcs.length })), make("ul", { class: "plain" }, ...items))];
}

/** Who is not on the map, and why. */
function unplaced(stage: Stage, counts: Counts): HTMLElement[] {
  return UNPLACED.filter((reason) => counts[reason].length).map((reason) => {
    const items = counts[reason].map((place) => {
      const body = stage.world.bodies[place];
      return make("li", {}, button(nameOf(body, stage.lang), () => stage.go({ at: body.id }), { class: "linkish", "data-keep": `off-${body.id}` }));
    });
    return make("details", { "data-list": reason }, make("summary", {}, stage.say(`map.${reason}`, { n: items.length })), make("ul", { class: "plain" }, ...items));
  });
}

function sentences(stage: Stage, selection: Selection): string[] {
  const { world, lang } = stage;
  const counts = counted(stage, selection, "region");
  const named = (place: number) => text(world.territories[place].name, lang);
  const list = (names: string[]) => new Intl.ListFormat(lang).format(names);
  const ranked = [...counts.bodies].sort((a, b) => b[1].length - a[1].length).slice(0, 3);
  const found = ranked.length ? [stage.say("map.most", { list: list(ranked.map(([place, bodies]) => `${named(place)} (${bodies.length})`)) })] : [];
  const [arc] = between(counts);
  if (arc) found.push(stage.say("map.heaviest", { a: named(arc.a), b: named(arc.b), n: arc.links.length }));
  const unknown = world.territories.flatMap((one, place) => (one.level === "region" && !counts.known.has(place) ? [named(place)] : []));
  if (unknown.length) found.push(stage.say("map.unknown", { list: list(unknown) }));
  for (const reason of UNPLACED) if (counts[reason].length) found.push(`${stage.say(`map.${reason}`, { n: counts[reason].length })}.`);
  return found;
}
