/** The period: links by year as a histogram, two handles, and how many links no source dates. */

import { year, type Selection } from "../selection.ts";
import type { Stage } from "../view.ts";
import { button, draw, make } from "./dom.ts";

const HIGH = 40;

/** The first and last year of any link of the world; none when nothing is dated. */
export function bounds(stage: Stage): [number, number] | null {
  const years = stage.world.links.flatMap((link) => [year(link.first), year(link.last)]).filter((one) => one > 0);
  return years.length ? [years.reduce((a, b) => Math.min(a, b)), years.reduce((a, b) => Math.max(a, b))] : null;
}

/** How many links are at work in each year from `low` to `high`. */
export function histogram(links: { first?: string; last?: string }[], low: number, high: number): number[] {
  const counts = Array.from({ length: high - low + 1 }, () => 0);
  for (const link of links) {
    const first = year(link.first ?? link.last);
    const last = year(link.last ?? link.first);
    for (let one = Math.max(first, low); first > 0 && one <= Math.min(last, high); one++) counts[one - low]++;
  }
  return counts;
}

export function period(stage: Stage, selection: Selection): HTMLElement | null {
  const found = bounds(stage);
  if (!found) return null;
  const [low, high] = found;
  const links = selection.links.map((place) => stage.world.links[place]);
  const undated = links.filter((link) => !year(link.first ?? link.last)).length;
  const handle = (side: "from" | "to") => {
    const at = stage.state[side] || (side === "from" ? low : high);
    const shown = make("output", {}, String(at));
    const input = make("input", { type: "range", min: low, max: high, value: at, "data-keep": side });
    input.addEventListener("input", () => (shown.textContent = input.value));
    input.addEventListener("change", () => stage.go(moved(side, Number(input.value), [low, high], stage)));
    return make("label", { class: "handle" }, make("span", {}, `${stage.say(`facets.${side}`)} `, shown), input);
  };
  return make(
    "fieldset", { class: "facet" }, make("legend", {}, stage.say("facets.period")), bars(histogram(links, low, high)),
    make("div", { class: "handles" }, handle("from"), handle("to")),
    undated ? make("p", { class: "small" }, stage.say("facets.undated", { n: undated })) : null,
    stage.state.from || stage.state.to ? button(stage.say("facets.all_years"), () => stage.go({ from: 0, to: 0 }), { class: "more" }) : null,
  );
}

/** A handle never passes the other; at the ends there is no bound. */
export function moved(side: "from" | "to", value: number, [low, high]: [number, number], stage: Pick<Stage, "state">): { from: number; to: number } {
  const { from, to } = stage.state;
  const at = side === "from" ? Math.min(value, to || high) : Math.max(value, from || low);
  const next = side === "from" ? { from: at, to } : { from, to: at };
  return { from: next.from > low ? next.from : 0, to: next.to && next.to < high ? next.to : 0 };
}

function bars(counts: number[]): SVGElement {
  const most = Math.max(1, ...counts);
  const svg = draw("svg", { class: "bars", viewBox: `0 0 ${counts.length * 10} ${HIGH}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  counts.forEach((count, place) => {
    const high = (count / most) * HIGH;
    svg.append(draw("rect", { x: place * 10 + 1, y: HIGH - high, width: 8, height: high }));
  });
  return svg;
}
