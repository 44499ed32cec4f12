/** A button of the header and the panel that it opens; the panel that shares the address. */

import { button, make } from "../app/dom.ts";
import { write } from "../state.ts";
import type { Stage } from "../view.ts";

/** Escape closes the panel and gives the focus back; so does leaving it. */
export function menu(label: string, id: string, fill: (panel: HTMLElement) => void): HTMLElement {
  const panel = make("div", { class: "menu", id, hidden: true });
  const open = button(label, () => turn(panel.hidden), { class: "opener", "aria-expanded": "false", "aria-controls": id });
  const turn = (show: boolean) => {
    panel.hidden = !show;
    open.setAttribute("aria-expanded", String(show));
    if (!show) return;
    panel.replaceChildren();
    fill(panel);
    panel.querySelector<HTMLElement>("button, input")?.focus();
  };
  const holder = make("div", { class: "dropdown" }, open, panel);
  holder.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.preventDefault();
    turn(false);
    open.focus();
  });
  holder.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !holder.contains(event.relatedTarget)) turn(false);
  });
  return holder;
}

/** The address that gives this very view; `embed`: as a frame of another page. */
export function addressOf(stage: Stage, embed = false): string {
  return location.href.split(/[?#]/)[0] + write({ ...stage.state, release: stage.world.release, embed });
}

export function shareMenu(stage: Stage): HTMLElement {
  return menu(stage.say("export.share"), "share-menu", (panel) => {
    const said = make("p", { class: "small", role: "status" });
    const frame = make("iframe", { src: addressOf(stage, true), title: stage.say("app.title"), width: "100%", height: 640 });
    panel.append(
      ...row(stage, "share-address", stage.say("export.address"), addressOf(stage), said),
      ...row(stage, "share-embed", stage.say("export.embed"), frame.outerHTML, said), said,
    );
  });
}

function row(stage: Stage, id: string, label: string, value: string, said: HTMLElement): HTMLElement[] {
  const field = make("input", { id, readonly: true, value, onfocus: (event) => (event.target as HTMLInputElement).select() });
  const done = () => (said.textContent = stage.say("export.copied"));
  const byHand = () => (document.execCommand("copy") ? done() : (said.textContent = stage.say("export.select")));
  const copy = button(stage.say("export.copy"), () => {
    field.select();
    if (navigator.clipboard) navigator.clipboard.writeText(value).then(done, byHand);
    else byHand();
  }, { "aria-describedby": `${id}-label` });
  return [make("div", { class: "share" }, make("label", { for: id, id: `${id}-label` }, label), field, copy)];
}
