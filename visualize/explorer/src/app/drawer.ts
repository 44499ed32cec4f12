/** The filters on a small screen: a dialog over the page, which waits behind it. */

import type { Stage } from "../view";
import { button } from "./dom";

const BEHIND = "#top, #centre, #sheet, .foot, .skip";
const NARROW = "(max-width: 900px)";

export class Drawer {
  readonly close: HTMLButtonElement;
  private readonly panel: HTMLElement;
  private readonly opener: HTMLElement;

  constructor(panel: HTMLElement, opener: HTMLElement) {
    this.panel = panel;
    this.opener = opener;
    this.close = button("", () => this.turn(false), { class: "close-filters" });
    panel.append(this.close);
    opener.addEventListener("click", () => this.turn(true));
    matchMedia(NARROW).addEventListener("change", () => this.open && this.turn(false));
  }

  get open(): boolean {
    return document.body.classList.contains("filtering");
  }

  show(stage: Stage, bodies: number): void {
    this.close.textContent = `${stage.say("app.filters_close")} (${stage.say("app.bodies", { n: bodies })})`;
  }

  turn(open: boolean): void {
    document.body.classList.toggle("filtering", open);
    this.opener.setAttribute("aria-expanded", String(open));
    for (const one of document.querySelectorAll<HTMLElement>(BEHIND)) one.inert = open;
    for (const [name, value] of [["role", "dialog"], ["aria-modal", "true"]]) {
      if (open) this.panel.setAttribute(name, value);
      else this.panel.removeAttribute(name);
    }
    if (open) this.panel.querySelector<HTMLElement>("input, select, button")?.focus();
    else this.opener.focus();
  }
}
