/** What the signs of the network mean; only those that it shows. */

import { draw, make } from "../app/dom.ts";
import type { Stage } from "../view.ts";
import { dashes, lineColour } from "./paint.ts";
import type { Line, Model } from "./model.ts";

export function legend(stage: Stage, drawn: Model): HTMLElement[] {
  const { colours } = stage.world;
  const stroke = (style: Line["style"], unsure: boolean, key: string) => {
    const line = draw("line", { x1: 0, y1: 5, x2: 26, y2: 5, stroke: lineColour(colours, "plain", style), "stroke-width": 2.5, "stroke-dasharray": dashes(style, unsure).join(" ") || undefined });
    return entry(draw("svg", { width: 26, height: 10, "aria-hidden": "true" }, line), stage.say(`network.${key}`));
  };
  const some = (test: (line: Line) => boolean) => drawn.lines.some(test);
  const found: HTMLElement[] = [];
  if (some((one) => one.style === "within")) found.push(stroke("within", false, "within"));
  if (some((one) => one.style === "between")) found.push(stroke("between", false, "between"));
  if (some((one) => one.style === "carried")) found.push(stroke("carried", false, "carried"));
  if (some((one) => one.unsure && one.style !== "carried")) found.push(stroke("within", true, "unsure"));
  if (drawn.groups.length) found.push(entry(swatch(colours.group), stage.say("network.leiden")));
  const sizes = draw("svg", { width: 26, height: 16, "aria-hidden": "true" }, draw("circle", { cx: 5, cy: 8, r: 3, fill: colours.secondary }), draw("circle", { cx: 18, cy: 8, r: 7, fill: colours.secondary }));
  found.push(entry(sizes, stage.say("network.size")));
  return found;
}

function swatch(fill: string): SVGElement {
  return draw("svg", { width: 26, height: 14, "aria-hidden": "true" }, draw("rect", { width: 26, height: 14, rx: 7, fill }));
}

function entry(sign: SVGElement, words: string): HTMLElement {
  return make("span", { class: "entry" }, sign, words);
}
