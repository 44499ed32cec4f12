/** Share and take away what one sees; each file says its licence and whom to credit. */

import { button, make } from "../app/dom.ts";
import { script } from "../load.ts";
import type { Selection } from "../selection.ts";
import { write } from "../state.ts";
import type { Stage, View } from "../view.ts";
import { text } from "../world.ts";
import { credit, notices, type Credit } from "./licence.ts";
import { pngOf, svgText } from "./picture.ts";
import { bodyRows, evidenceRows, linkRows, type Row } from "./rows.ts";
import { csv, graphml, jsonld, sparql, statements, turtle } from "./written.ts";
import type { Heavy } from "./heavy.ts";

export interface Current {
  view: View;
  selection: Selection;
}

const PICTURES = ["svg", "png", "pdf"] as const;
const FILES = ["csv", "xlsx", "gexf", "graphml", "jsonld", "ttl", "rq"] as const;
type Form = (typeof PICTURES)[number] | (typeof FILES)[number];
const TYPES: Record<Form, string> = {
  svg: "image/svg+xml", png: "image/png", pdf: "application/pdf", csv: "text/csv", gexf: "application/gexf+xml",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", graphml: "application/graphml+xml",
  jsonld: "application/ld+json", ttl: "text/turtle", rq: "application/sparql-query",
};

declare global {
  interface Window {
    maillageQueries?: Record<string, string>;
  }
}

/** A button and the panel that it opens; Escape closes it and gives the focus back. */
function menu(label: string, id: string, fill: (panel: HTMLElement) => void): HTMLElement {
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

export function exportMenu(stage: Stage, current: () => Current): HTMLElement {
  return menu(stage.say("export.open"), "export-menu", (panel) => {
    const { view, selection } = current();
    const found = credit(stage.world, selection);
    if ("between" in found) {
      panel.append(make("p", { role: "alert" }, stage.say("export.refused", { list: found.between.join(", ") })));
      return;
    }
    const said = make("p", { class: "small", role: "status" });
    const item = (form: Form) => button(stage.say(`export.forms.${form}`), () => void take(stage, form, current(), found, said), { "data-form": form });
    const list = (title: string, forms: readonly Form[]) => [make("h3", {}, stage.say(title)), make("div", { class: "forms" }, ...forms.map(item))];
    panel.append(make("p", { class: "small" }, stage.say("export.licence", { name: text(found.licence.name, stage.lang), n: found.lines.length })));
    if (view.picture) panel.append(...list("export.picture", PICTURES));
    panel.append(...list("export.data", FILES), make("div", { class: "forms" }, button(stage.say("export.print"), () => print())), said);
  });
}

async function take(stage: Stage, form: Form, { view, selection }: Current, found: Credit, said: HTMLElement): Promise<void> {
  said.textContent = stage.say("export.making");
  try {
    const body = await made(stage, form, view, selection, found);
    const name = `maillage-${stage.state.view}-${stage.world.release.replace(/[^\w.+-]/g, "-")}.${form}`;
    save(body instanceof Blob ? body : new Blob([body], { type: TYPES[form] }), name);
    said.textContent = stage.say("export.made", { name });
  } catch (error) {
    said.textContent = stage.say("export.failed", { reason: error instanceof Error ? error.message : String(error) });
  }
}

async function made(stage: Stage, form: Form, view: View, selection: Selection, found: Credit): Promise<Blob | string> {
  const { world, lang } = stage;
  const lines = notices(world, found, lang);
  const heading = `${stage.say("app.title")} · ${stage.say(`app.views.${stage.state.view}`)}`;
  const picture = () => view.picture?.(selection) as SVGSVGElement;
  const about: Row = { title: heading, licence: found.licence.page || text(found.licence.name, lang), description: lines.join(" | "), creator: "Maillage" };
  switch (form) {
    case "svg":
      return svgText(picture(), heading, lines, world.colours);
    case "png":
      return pngOf(svgText(picture(), heading, lines, world.colours));
    case "pdf":
      return (await heavy()).pdf(picture(), heading, lines);
    case "xlsx":
      return (await heavy()).xlsx([["links", linkRows(world, selection, lang)], ["bodies", bodyRows(world, selection, lang)], ["evidence", evidenceRows(world, selection, lang)], ["credits", lines.map((credits) => ({ credits }))]]);
    case "gexf":
      return (await heavy()).gexf(bodyRows(world, selection, lang), linkRows(world, selection, lang), about, world.colours);
    case "csv":
      return csv(world, selection, found, lang);
    case "graphml":
      return graphml(world, selection, found, lang);
    case "ttl":
      return turtle(statements(world, selection, found, lang));
    case "jsonld":
      return jsonld(statements(world, selection, found, lang));
    case "rq":
      if (!window.maillageQueries) await script("data/queries.js");
      return sparql(world, selection, window.maillageQueries?.["path-links"] ?? "", found, lang);
  }
}

async function heavy(): Promise<Heavy> {
  if (!window.maillageExport) await script("assets/export.js");
  return window.maillageExport as Heavy;
}

function save(body: Blob, name: string): void {
  const address = URL.createObjectURL(body);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export function shareMenu(stage: Stage): HTMLElement {
  return menu(stage.say("export.share"), "share-menu", (panel) => {
    const here = location.href.split(/[?#]/)[0];
    const start = { ...stage.state, release: stage.world.release };
    const address = here + write(start);
    const embed = `<iframe src="${(here + write({ ...start, embed: true })).replaceAll("&", "&amp;")}" title="${stage.say("app.title")}" width="100%" height="640"></iframe>`;
    const said = make("p", { class: "small", role: "status" });
    const row = (label: string, value: string, id: string) => {
      const field = make("input", { id, readonly: true, value, onfocus: (event) => (event.target as HTMLInputElement).select() });
      const copied = () => (said.textContent = stage.say("export.copied"));
      const copy = button(stage.say("export.copy"), () => {
        field.select();
        navigator.clipboard?.writeText(value).then(copied, () => document.execCommand("copy") && copied());
      });
      return make("div", { class: "share" }, make("label", { for: id }, label), field, copy);
    };
    panel.append(row(stage.say("export.address"), address, "share-address"), row(stage.say("export.embed"), embed, "share-embed"), said);
  });
}
