/** The timeline as a view: its picture, sliders for the years, the links of a bar, and what no source dates. */

import { button, make } from "../app/dom.ts";
import { lineId, nameOf } from "../app/names.ts";
import { bounds, moved } from "../app/period.ts";
import type { Selection } from "../selection.ts";
import type { State } from "../state.ts";
import type { MakeView, Stage } from "../view.ts";
import { text } from "../world.ts";
import { brush, chart } from "./chart.ts";
import { walk } from "./walk.ts";
import { beginnings, rows, type Row } from "./years.ts";

const WIDE = 720; // of the picture to keep

export const timeline: MakeView = (stage) => {
  const title = make("h2", {});
  const hint = make("p", { class: "small" });
  const holder = make("div", { class: "scroll", role: "region" });
  const sliders = make("div", { class: "years" });
  const foot = make("p", {});
  const note = make("p", { class: "small" });
  const detail = make("div", { class: "arc" });
  const element = make("div", { class: "timeline" }, title, hint, holder, sliders, foot, detail, note);
  let shown: Selection | null = null;
  const open = (row: Row, year: number) => {
    const close = () => {
      detail.replaceChildren();
      holder.querySelector<SVGElement>(`[data-at="bar-${row.kind}-${year}"]`)?.focus();
    };
    detail.replaceChildren(...listed(stage, row, year, close));
    detail.querySelector<HTMLElement>("button")?.focus();
  };
  const drawn = (selection: Selection) => {
    const range = bounds(stage);
    const focus = holder.contains(document.activeElement) ? (document.activeElement?.getAttribute("data-at") ?? null) : null;
    if (!range) {
      holder.replaceChildren(make("p", {}, stage.say("timeline.nothing")));
      return;
    }
    const svg = chart({ stage, range, rows: rows(stage.world, selection).rows, pixels: holder.clientWidth, open });
    holder.replaceChildren(svg);
    brush(svg, stage, range);
    walk(svg, focus);
    if (focus) holder.querySelector<SVGElement>(`[data-at="${CSS.escape(focus)}"]`)?.focus();
  };
  new ResizeObserver(([entry]) => {
    const [before, after] = [holder.dataset.wide, String(Math.round(entry.contentRect.width))];
    holder.dataset.wide = after;
    if (before && before !== after && after !== "0" && shown) drawn(shown);
  }).observe(holder);
  const show = (selection: Selection, state: State) => {
    shown = selection;
    const { dated, undated } = rows(stage.world, selection);
    const range = bounds(stage);
    const [from, to] = [state.from || (range?.[0] ?? 0), state.to || (range?.[1] ?? 0)];
    title.textContent = range ? stage.say("timeline.title", { n: dated, from: String(from), to: String(to) }) : stage.say("timeline.nothing");
    hint.textContent = stage.say("timeline.hint");
    holder.setAttribute("aria-label", stage.say("timeline.label"));
    detail.replaceChildren();
    drawn(selection);
    sliders.replaceChildren(...(range ? [slider(stage, "from", range), slider(stage, "to", range)] : []));
    foot.replaceChildren(...(state.from || state.to ? [button(stage.say("facets.all_years"), () => stage.go({ from: 0, to: 0 }), { class: "more" })] : []));
    note.textContent = undated.length ? stage.say("facets.undated", { n: undated.length }) : "";
  };
  const picture = (selection: Selection) => {
    const svg = chart({ stage, range: bounds(stage) ?? [2000, 2001], rows: rows(stage.world, selection).rows, pixels: WIDE });
    for (const hidden of svg.querySelectorAll("[visibility=hidden]")) hidden.remove();
    return svg;
  };
  return { element, show, picture, summary: (selection) => sentences(stage, selection) };
};

/** One end of the years, for those who do not drag. */
function slider(stage: Stage, side: "from" | "to", range: [number, number]): HTMLElement {
  const at = stage.state[side] || range[side === "from" ? 0 : 1];
  const shown = make("output", {}, String(at));
  const input = make("input", { type: "range", min: range[0], max: range[1], value: at, "data-keep": `timeline-${side}` });
  input.addEventListener("input", () => (shown.textContent = input.value));
  input.addEventListener("change", () => stage.go(moved(side, Number(input.value), range, stage)));
  return make("label", {}, make("span", {}, `${stage.say(`facets.${side}`)} `, shown), input);
}

function listed(stage: Stage, row: Row, year: number, close: () => void): HTMLElement[] {
  const { world, lang } = stage;
  const places = row.years.get(year) ?? [];
  const items = places.map((place) => {
    const link = world.links[place];
    const words = `${nameOf(world.bodies[link.a], lang)} – ${nameOf(world.bodies[link.b], lang)}`;
    return make("li", {}, button(words, () => stage.go({ at: lineId(world, link) }), { class: "linkish" }));
  });
  const head = stage.say("timeline.bar", { kind: text(world.concepts[row.kind].name, lang), year: String(year), n: places.length });
  return [make("h3", {}, head), make("ul", { class: "plain" }, ...items), button(stage.say("timeline.close"), close, { class: "more" })];
}

function sentences(stage: Stage, selection: Selection): string[] {
  const { undated } = rows(stage.world, selection);
  const [busiest] = [...beginnings(stage.world, selection)].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const said = busiest ? [stage.say("timeline.busiest", { year: String(busiest[0]), n: busiest[1] })] : [];
  return undated.length ? [...said, stage.say("facets.undated", { n: undated.length })] : said;
}
