/** The views as tabs: arrows move along them, and what is chosen stays chosen. */

import { VIEWS } from "../state";
import type { Stage } from "../view";
import { make } from "./dom";

export function tabs(stage: Stage, list: HTMLElement): void {
  const focused = list.contains(document.activeElement);
  const items = VIEWS.map((name) => {
    const chosen = stage.state.view === name;
    const press = () => stage.go({ view: name });
    return make("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`, "aria-selected": String(chosen), tabindex: chosen ? 0 : -1, onclick: press }, stage.say(`app.views.${name}`));
  });
  list.replaceChildren(...items);
  list.onkeydown = (event) => {
    const at = VIEWS.indexOf(stage.state.view);
    const moves: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: VIEWS.length - 1 };
    const next = moves[event.key];
    if (next === undefined) return;
    event.preventDefault();
    stage.go({ view: VIEWS[(next + VIEWS.length) % VIEWS.length] });
  };
  const chosen = list.querySelector<HTMLElement>('[aria-selected="true"]');
  if (chosen && chosen.offsetLeft + chosen.offsetWidth > list.scrollLeft + list.clientWidth) list.scrollLeft = chosen.offsetLeft;
  if (focused) list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
}
