/** The buttons of the network: zoom, the whole, and moving for whom dragging is no way; and those of a grouped network. */

import { button } from "../app/dom.ts";
import type { Selection } from "../selection.ts";
import type { Stage } from "../view.ts";
import type { Model } from "./model.ts";

const [CLOSER, STEP] = [1.5, 0.25];

export interface Moves {
  zoomBy(factor: number): void;
  panBy(across: number, down: number): void;
  fit(): void;
}

/** Buttons made once a language; those that move carry the class `pan`. */
export function tools(stage: Stage, element: HTMLElement, moves: Moves): void {
  if (element.lang === stage.lang) return;
  element.lang = stage.lang;
  const tool = (sign: string, key: string, press: () => void, name = "") => {
    const words = stage.say(`network.${key}`);
    return button(sign, press, { "aria-label": words, title: words, class: name });
  };
  const pan = (sign: string, key: string, across: number, down: number) => tool(sign, key, () => moves.panBy(across, down), `pan ${key}`);
  element.replaceChildren(
    tool("+", "zoom_in", () => moves.zoomBy(CLOSER)),
    tool("−", "zoom_out", () => moves.zoomBy(1 / CLOSER)),
    tool("⤢", "fit", () => moves.fit()),
    pan("↑", "up", 0, -STEP), pan("←", "left", -STEP, 0), pan("→", "right", STEP, 0), pan("↓", "down", 0, STEP),
  );
}

/** What zooms and moves by a key with the focus on the network. */
export function moved(event: KeyboardEvent, moves: Moves): boolean {
  const keys: Record<string, () => void> = {
    "+": () => moves.zoomBy(CLOSER), "=": () => moves.zoomBy(CLOSER), "-": () => moves.zoomBy(1 / CLOSER), "0": () => moves.fit(),
  };
  const pans: Record<string, [number, number]> = { ArrowUp: [0, -STEP], ArrowDown: [0, STEP], ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0] };
  if (Object.hasOwn(keys, event.key)) keys[event.key]();
  else if (event.shiftKey && Object.hasOwn(pans, event.key)) moves.panBy(...pans[event.key]);
  else return false;
  return true;
}

/** Says what is not drawn: bodies without a link, members for whom communities stand; and turns that on and off. */
export function gather(stage: Stage, element: HTMLElement, drawn: Model, selection: Selection): void {
  const many = drawn.aggregated || drawn.undrawn > 0 || stage.state.all;
  element.hidden = !many;
  if (!many) return;
  const n = selection.total.bodies;
  const whole = drawn.aggregated ? stage.say("network.gathered", { n }) : stage.state.all ? stage.say("network.spread", { n }) : "";
  const words = [whole, drawn.undrawn ? stage.say("network.undrawn", { n: drawn.undrawn }) : ""].filter(Boolean).join(" ");
  const turn = (key: string, press: () => void) => button(stage.say(`network.${key}`), press, { "data-keep": `network-${key}` });
  const all = !stage.state.all ? turn("spread_all", () => stage.go({ all: true })) : turn("gather", () => stage.go({ all: false, open: [] }));
  const close = drawn.aggregated && stage.state.open.length ? turn("close_all", () => stage.go({ open: [] })) : "";
  element.replaceChildren(`${words} `, all, " ", close);
}
