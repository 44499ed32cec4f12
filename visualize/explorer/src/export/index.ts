/** Take away what one sees; each file computes its own licence and says it, with whom to credit. */

import { button, make } from "../app/dom.ts";
import { evidence, script } from "../load.ts";
import type { Selection } from "../selection.ts";
import type { Stage, View } from "../view.ts";
import { text, type Proof, type World } from "../world.ts";
import type { Heavy } from "./heavy.ts";
import { credit, notices, terms, type Credit, type Held } from "./licence.ts";
import { pngOf, svgText, type Caption } from "./picture.ts";
import { prepare } from "./print.ts";
import { jsonld, statements, turtle } from "./rdf.ts";
import { activityRows, bodyRows, evidenceRows, linkRows, proven, type Row } from "./rows.ts";
import { menu } from "./share.ts";
import { csv, graphml, sparql } from "./written.ts";

export { shareMenu } from "./share.ts";

export interface Current {
  view: View;
  selection: Selection;
}

const PICTURES = ["svg", "png", "pdf"] as const;
type Picture = (typeof PICTURES)[number];
type Form = Picture | keyof typeof WRITERS;

declare global {
  interface Window {
    maillageQueries?: Record<string, string>;
  }
}

/** What a file of this form holds of what is shown. */
function held(stage: Stage, form: Form | "print", { bodies, links, activities }: Selection): Held {
  const events = stage.state.view === "events";
  if (form === "xlsx" || form === "print") return { bodies, links, activities };
  return form === "csv" && events ? { bodies: [], links: [], activities } : { bodies, links, activities: [] };
}

export function exportMenu(stage: Stage, current: () => Current): HTMLElement {
  prepare(stage, () => held(stage, "print", current().selection));
  return menu(stage.say("export.open"), "export-menu", (panel) => {
    const { view, selection } = current();
    const found = credit(stage.world, held(stage, "ttl", selection));
    const said = make("p", { class: "small", role: "status" });
    const item = (form: Form) => button(window.maillageFormats?.[form]?.label ?? stage.say(`export.forms.${form}`), () => void take(stage, form, current(), said), { "data-form": form });
    const list = (title: string, forms: readonly Form[]) => [make("h3", {}, stage.say(title)), make("div", { class: "forms" }, ...forms.map(item))];
    panel.append(make("p", { class: "small", role: "between" in found ? "alert" : undefined }, licenceOf(stage, found)));
    if (selection.total.bodies > selection.bodies.length) panel.append(make("p", { class: "small" }, stage.say("export.partial", { n: selection.bodies.length, total: selection.total.bodies })));
    if (!("between" in found)) {
      if (view.picture) panel.append(...list("export.picture", PICTURES));
      panel.append(...list("export.data", Object.keys(WRITERS) as Form[]));
    }
    panel.append(make("div", { class: "forms" }, button(stage.say("export.print"), () => print(), { "data-form": "print" })), said);
  });
}

function licenceOf(stage: Stage, found: ReturnType<typeof credit>): string {
  if ("between" in found) return stage.say("export.refused", { list: found.between.join(", ") });
  return stage.say("export.licence", { name: text(found.licence.name, stage.lang), n: found.lines.length });
}

async function take(stage: Stage, form: Form, { view, selection }: Current, said: HTMLElement): Promise<void> {
  said.textContent = stage.say("export.making");
  try {
    const part = held(stage, form, selection);
    const found = credit(stage.world, part);
    if ("between" in found) throw new Error(licenceOf(stage, found));
    const body = await (isPicture(form) ? pictured(stage, form, view, selection, found) : written(stage, form, part, found));
    const name = `maillage-${stage.state.view}-${stage.world.release.replace(/[^\w.+-]/g, "-")}.${form}`;
    save(body instanceof Blob ? body : new Blob([body], { type: window.maillageFormats?.[form]?.type }), name);
    said.textContent = stage.say("export.made", { name });
  } catch (error) {
    said.textContent = stage.say("export.failed", { reason: error instanceof Error ? error.message : String(error) });
  }
}

const title = (stage: Stage) => `${stage.say("app.title")} · ${stage.say(`app.views.${stage.state.view}`)}`;

async function pictured(stage: Stage, form: Picture, view: View, selection: Selection, found: Credit): Promise<Blob | string> {
  const { world, lang } = stage;
  const picture = view.picture?.(selection);
  if (!picture) throw new Error(form);
  const sources = stage.say("export.sources", { list: found.publishers.join("\u00a0; ") });
  const caption: Caption = { title: title(stage), foot: [...terms(world, found, lang), sources], notices: notices(world, found, lang) };
  if (form === "pdf") return (await heavy()).pdf(picture, caption);
  if (form === "svg") return svgText(picture, caption, world.colours);
  return pngOf(svgText(picture, caption, world.colours, (await heavy()).font), caption);
}

interface Told {
  found: Credit;
  lines: string[];
  about: Row;
}

/** Data of a view by its format: the one list of those that the page writes. */
const WRITERS = {
  csv: ({ world, lang }: Stage, part: Held, { found }: Told) => csv(world, part.activities.length ? activityRows(world, part, lang) : linkRows(world, part, lang), found, lang),
  xlsx: async (stage: Stage, part: Held, { lines }: Told) => (await heavy()).xlsx(await sheets(stage, part, lines)),
  gexf: async ({ world, lang }: Stage, part: Held, { about }: Told) => (await heavy()).gexf(bodyRows(world, part, lang), linkRows(world, part, lang), about, world.colours),
  graphml: ({ world, lang }: Stage, part: Held, { found }: Told) => graphml(world, part, found, lang),
  jsonld: ({ world, lang }: Stage, part: Held, { found }: Told) => jsonld(statements(world, part, found, lang)),
  ttl: ({ world, lang }: Stage, part: Held, { found, lines }: Told) => turtle(world, statements(world, part, found, lang), lines),
  rq: async ({ world, lang }: Stage, part: Held, { found }: Told) => sparql(world, part, await question("path-links"), found, lang),
};

const isPicture = (form: Form): form is Picture => !(form in WRITERS);

async function written(stage: Stage, form: keyof typeof WRITERS, part: Held, found: Credit): Promise<Blob | string> {
  const { world, lang } = stage;
  const lines = notices(world, found, lang);
  const about: Row = { title: title(stage), license: found.licence.page || text(found.licence.name, lang), description: lines.join(" | "), creator: "Maillage" };
  return WRITERS[form](stage, part, { found, lines, about });
}

async function sheets(stage: Stage, part: Held, lines: string[]): Promise<[string, Row[]][]> {
  const { world, lang } = stage;
  const proofs = await proofsOf(world, proven(world, part));
  return [
    ["links", linkRows(world, part, lang)], ["bodies", bodyRows(world, part, lang)], ["activities", activityRows(world, part, lang)],
    ["evidence", evidenceRows(world, proven(world, part), proofs, lang)], ["credits", lines.map((credits) => ({ credits }))],
  ];
}

/** A file of evidence that cannot be read leaves its participations with their sources alone. */
async function proofsOf(world: World, places: number[]): Promise<Map<number, Proof[]>> {
  const found = await Promise.all(places.map(async (place) => [place, await evidence(world, place).catch(() => [])] as const));
  return new Map(found);
}

async function question(name: string): Promise<string> {
  if (!window.maillageQueries) await script("data/queries.js");
  return window.maillageQueries?.[name] ?? "";
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
