/** The sheet of what is chosen: a body, an activity, or a line with its evidence; the overview when nothing is. */

import { topicsOf, type Selection } from "../selection";
import { FACETS, NAMES, type Facet } from "../state";
import { when } from "../words";
import type { Stage } from "../view";
import { text, type Activity, type Body, type State, type Text, type World } from "../world";
import { button, make } from "./dom";
import { badge, linkEvidence, participation, typeset } from "./evidence";
import { disc, kindOf, lineId, linkKinds, linksOf, nameOf, opener, other, page, undated, where } from "./names";
import { overview } from "./overview";
import { chains } from "./path";
import { combobox } from "./search";

/** What a state is at: a place in the world's lists. */
export type At = { body: number } | { activity: number } | { link: number } | null;

export function at(world: World, id: string): At {
  if (!id) return null;
  if (id.includes("~")) {
    const [a, b] = id.split("~").map((end) => world.bodies.findIndex((one) => one.id === end));
    const link = world.links.findIndex((one) => (one.a === a && one.b === b) || (one.a === b && one.b === a));
    return link < 0 ? null : { link };
  }
  const body = world.bodies.findIndex((one) => one.id === id);
  if (body >= 0) return { body };
  const activity = world.activities.findIndex((one) => one.id === id);
  return activity < 0 ? null : { activity };
}

let drawn = ""; // what the panel shows, so that what is open in it stays open
let of: World;

/** Fills the panel where it must change; what was open of the same thing opens again. */
export function drawSheet(stage: Stage, panel: HTMLElement, selection: Selection, sentences: () => string[]): void {
  const { state, world } = stage;
  const key = [state.lang, state.at, state.ego, state.path].join(" ");
  if (state.at && key === drawn && world === of) return;
  const same = drawn.split(" ")[1] === state.at;
  const open = same ? [...panel.querySelectorAll<HTMLElement>("details[open]")].map(named) : [];
  panel.replaceChildren(...sheet(stage, selection, sentences));
  for (const details of panel.querySelectorAll("details")) if (open.includes(named(details))) details.open = true;
  if (!same && panel.parentElement) panel.parentElement.scrollTop = 0;
  [drawn, of] = [key, world];
}

/** An address made for another release may ask for what this one does not know. */
function lost(stage: Stage): HTMLElement[] {
  return stage.state.at ? [make("p", { class: "lost", role: "status" }, stage.say("sheet.lost", { name: stage.state.at }))] : [];
}

const named = (details: HTMLElement) => details.dataset.line ?? details.dataset.part ?? "";

function sheet(stage: Stage, selection: Selection, sentences: () => string[]): HTMLElement[] {
  const found = at(stage.world, stage.state.at);
  if (!found) return [...lost(stage), ...overview(stage, selection, sentences())];
  const close = button("×", () => stage.go({ at: "", ego: 0, path: "" }), { class: "close", "aria-label": stage.say("sheet.close") });
  if ("body" in found) return [close, ...body(stage, found.body)];
  if ("link" in found) return [close, ...line(stage, found.link)];
  return [close, ...activity(stage, found.activity)];
}

const FEW = 4; // chips that stand in the open

const heading = (words: string) => make("h2", { tabindex: "-1", id: "sheet-title" }, words);

function body(stage: Stage, place: number): HTMLElement[] {
  const { world, lang } = stage;
  const one = world.bodies[place];
  const facts = [one.territories.length ? "" : stage.say("sheet.no_territory"), since(stage, one.start, one.end)].filter(Boolean);
  const partners = byName(stage, place, linksOf(world).get(place) ?? []);
  const sure = partners.filter((link) => world.links[link].certainty === 0).length;
  return [
    make("p", { class: "kind" }, disc(world, one), make("span", { class: "capital" }, kindOf(world, one, lang) || stage.say("sheet.no_kind"))),
    heading(one.short && one.short !== nameOf(one, lang) ? `${nameOf(one, lang)} (${one.short})` : nameOf(one, lang)),
    make("ul", { class: "tags" }, ...places(stage, one), ...facts.map((fact) => make("li", {}, fact)), ...marks(stage, one.disputed?.start, one.disputed?.end), ...states(stage, one.states ?? []), ...marks(stage, one.disputed?.states)),
    ...topics(stage, one),
    actions(stage, place),
    ...path(stage, place),
    make("h3", {}, stage.say("sheet.partners", { n: partners.length }), make("span", { class: "small" }, ` ${stage.say("sheet.sure", { n: sure })}`)),
    partners.length ? make("ul", { class: "cards" }, ...partners.map((link) => partner(stage, link, place))) : make("p", {}, stage.say("sheet.no_partner")),
    ...taking(stage, place),
    ...saying(stage, one.sources ?? []),
    linked(stage, one),
  ];
}

/** Those of whom a source says it outright first, then by the name of the other end. */
function byName(stage: Stage, place: number, links: number[]): number[] {
  const { world, lang } = stage;
  const collator = new Intl.Collator(lang, { numeric: true });
  const name = (link: number) => nameOf(world.bodies[other(world.links[link], place)], lang);
  return [...links].sort((a, b) => world.links[a].certainty - world.links[b].certainty || collator.compare(name(a), name(b)));
}

function since(stage: Stage, start?: string, end?: string): string {
  if (!start) return "";
  return end && end !== start ? when(start, end, stage.lang) : stage.say("sheet.since", { date: when(start, start, stage.lang) });
}

/** What sources disagree on, each with its values. */
function marks(stage: Stage, ...all: (Text | undefined)[]): HTMLElement[] {
  return all.filter((one) => one !== undefined).map((one) => make("li", { class: "disputed" }, text(one, stage.lang)));
}

/** Where a lab stands, each state at the date of its page; one that is not plainly stated says so. */
function states(stage: Stage, all: State[]): HTMLElement[] {
  return all.map(({ state, date, certainty }) => {
    const at = when(date, date, stage.lang) || stage.say("sheet.undated");
    return make("li", {}, `${text(stage.world.concepts[state].name, stage.lang)} (${at}) `, certainty ? badge(stage, certainty) : null);
  });
}

/** Where it is, each place a filter. */
function places(stage: Stage, one: { territories: number[] }): HTMLElement[] {
  return one.territories.map((place) => {
    const territory = stage.world.territories[place];
    const press = () => stage.go({ territory: [territory.id.replace("territory/", "")] });
    return make("li", {}, button(text(territory.name, stage.lang), press, { class: "chip", title: stage.say("sheet.filter") }));
  });
}

/** Themes and methods, each a filter; folded where they would push the partners out of sight. */
function topics(stage: Stage, one: Body | Activity): HTMLElement[] {
  const chip = (facet: Facet) => (place: number) => {
    const concept = stage.world.concepts[place];
    const attributes = { class: "chip", title: stage.say("sheet.filter") };
    return make("li", {}, button(text(concept.name, stage.lang), () => stage.go({ [facet]: [concept.slug] }), attributes));
  };
  const all = NAMES.filter((facet) => FACETS[facet].column).flatMap((facet) => topicsOf(one, facet).map(chip(facet)));
  if (!all.length) return [];
  const list = make("ul", { class: "tags" }, ...all);
  return all.length <= FEW ? [list] : [make("details", { "data-part": "topics" }, make("summary", {}, stage.say("sheet.topics", { n: all.length })), list)];
}

function actions(stage: Stage, place: number): HTMLElement {
  const one = stage.world.bodies[place];
  const around = stage.state.ego ? button(stage.say("sheet.whole"), () => stage.go({ ego: 0 })) : button(stage.say("sheet.around"), () => stage.go({ ego: 1, view: "network" }));
  return make(
    "div", { class: "actions" }, make("a", { class: "main", href: page(one, stage.lang) }, stage.say("sheet.page")), around,
    stage.state.ego === 1 ? button(stage.say("sheet.farther"), () => stage.go({ ego: 2 })) : null,
    make("a", { href: `method.html?lang=${stage.lang}#corriger` }, stage.say("sheet.correct")),
  );
}

/** A partner: opening it shows the evidence. */
function partner(stage: Stage, place: number, from: number): HTMLElement {
  const { world, lang } = stage;
  const link = world.links[place];
  const one = world.bodies[other(link, from)];
  const dates = when(link.first, link.last, lang) || stage.say("sheet.no_date");
  const details = make(
    "details", { "data-line": lineId(world, link) },
    make("summary", {}, disc(world, one), make("span", { class: "who" }, nameOf(one, lang)), make("span", { class: "small" }, `${linkKinds(world, link, lang)} · ${dates}`), badge(stage, link.certainty), make("span", { class: "small" }, stage.say("sheet.sources", { n: link.sources.length }))),
  );
  const go = () => button(stage.say("sheet.see", { name: nameOf(one, lang) }), () => stage.go({ at: one.id }), { class: "linkish" });
  return make("li", {}, unfolded(details, () => [make("div", {}, linkEvidence(stage, link), go())]));
}

function path(stage: Stage, place: number): HTMLElement[] {
  const { world, lang } = stage;
  const choose = combobox(stage, "path-to", stage.say("sheet.path_to"), (found) => stage.go({ path: world.bodies[found.place].id }), ["body"]);
  const goal = world.bodies.findIndex((one) => one.id === stage.state.path);
  const box = make("details", { class: "path", "data-part": "path" }, make("summary", {}, stage.say("sheet.path")), choose);
  box.open = goal >= 0;
  if (goal < 0) return [box];
  const found = chains(world, place, goal);
  const words = found.length ? stage.say("sheet.steps", { n: found[0].length, name: nameOf(world.bodies[goal], lang) }) : stage.say("sheet.no_path", { name: nameOf(world.bodies[goal], lang) });
  box.append(make("p", { role: "status" }, words), ...found.slice(0, 1).map((chain) => steps(stage, place, chain)));
  if (found.length > 1) box.append(make("p", { class: "small" }, stage.say("sheet.other_paths", { n: found.length - 1 })));
  box.append(button(stage.say("sheet.path_off"), () => stage.go({ path: "" }), { class: "more" }));
  return [box];
}

function steps(stage: Stage, from: number, chain: number[]): HTMLElement {
  let at = from;
  const items = chain.map((place) => {
    const link = stage.world.links[place];
    const next = other(link, at);
    const title = `${nameOf(stage.world.bodies[at], stage.lang)} – ${nameOf(stage.world.bodies[next], stage.lang)}`;
    at = next;
    return make("li", {}, make("p", { class: "who" }, title), linkEvidence(stage, link));
  });
  return make("ol", { class: "steps" }, ...items);
}

function taking(stage: Stage, place: number): HTMLElement[] {
  const mine = stage.world.participations.flatMap((one, number) => (one.body === place && stage.world.activities[one.activity].type !== "lab" ? [number] : []));
  if (!mine.length) return [];
  const item = (number: number) => {
    const one = stage.world.activities[stage.world.participations[number].activity];
    const dates = when(one.start, one.end, stage.lang);
    const title = make("p", { class: "what" }, opener(stage, one, "taking"), dates ? make("span", { class: "small" }, ` ${dates}`) : null);
    return make("li", {}, title, make("ul", { class: "proofs" }, participation(stage, number, false)));
  };
  const summary = make("summary", {}, stage.say("sheet.taking", { n: mine.length }));
  return [unfolded(make("details", { "data-part": "taking" }, summary), () => [make("ul", { class: "rows" }, ...mine.map(item))])];
}

/** The sources that say its name, kind, place; each has its page. */
function saying(stage: Stage, sources: number[]): HTMLElement[] {
  if (!sources.length) return [];
  const item = (place: number) => {
    const source = stage.world.sources[place];
    const licence = text(stage.world.licences[source.licence].name, stage.lang);
    const title = make("a", { href: page(source, stage.lang) }, source.title);
    return make("li", {}, title, make("p", { class: "small" }, `${source.publisher} · ${licence}`));
  };
  const summary = make("summary", {}, stage.say("sheet.said_by", { n: sources.length }));
  return [unfolded(make("details", { "data-part": "sources" }, summary), () => [make("ul", { class: "rows" }, ...sources.map(item))])];
}

/** What it holds is made when it is first opened: evidence is read only when asked for. */
function unfolded(details: HTMLDetailsElement, made: () => HTMLElement[]): HTMLDetailsElement {
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(...made());
  });
  return details;
}

function linked(stage: Stage, one: { id: string }): HTMLElement {
  const to = (suffix: string, words: string) => make("a", { href: page(one, stage.lang, suffix) }, words);
  const formats = Object.values(window.maillageFormats ?? {}).flatMap(({ label, page }) => (page ? [to(page, label), " "] : []));
  return make("p", { class: "small linked" }, `${stage.say("sheet.data")} `, ...formats, make("br"), make("code", {}, stage.world.base + one.id));
}

function line(stage: Stage, place: number): HTMLElement[] {
  const { world, lang } = stage;
  const link = world.links[place];
  const ends = [link.a, link.b].map((end) => {
    const one = world.bodies[end];
    return make("li", {}, disc(world, one), opener(stage, one, "end"));
  });
  const names = [link.a, link.b].map((end) => nameOf(world.bodies[end], lang)).join(" – ");
  const dates = when(link.first, link.last, lang) || stage.say("sheet.no_date");
  return [
    make("p", { class: "kind" }, stage.say("sheet.line")), heading(names), make("ul", { class: "ends" }, ...ends),
    make("p", {}, `${linkKinds(world, link, lang)} · ${dates} `, badge(stage, link.certainty), make("span", { class: "small" }, ` ${stage.say("sheet.sources", { n: link.sources.length })}`)),
    linkEvidence(stage, link),
  ];
}

function activity(stage: Stage, place: number): HTMLElement[] {
  const { world, lang } = stage;
  const one = world.activities[place];
  const parts = world.participations.flatMap((taken, number) => (taken.activity === place ? [number] : []));
  const facts = [when(one.start, one.end, lang) || undated(stage, one), text(one.place, lang), where(world, one, lang), ...one.formats.map((format) => text(world.concepts[format].name, lang))];
  const whole = one.whole === undefined ? null : world.activities[one.whole];
  return [
    make("p", { class: "kind capital" }, stage.say(`sheet.types.${one.type}`)), heading(nameOf(one, lang)),
    make("ul", { class: "tags" }, ...facts.filter(Boolean).map((fact) => make("li", {}, fact)), ...marks(stage, one.disputed?.start, one.disputed?.end)),
    ...topics(stage, one),
    make("div", { class: "actions" }, make("a", { class: "main", href: page(one, lang) }, stage.say("sheet.page"))),
    ...(whole ? [make("p", {}, typeset(`${stage.say("sheet.part_of")} : `, lang), opener(stage, whole, "whole"))] : []),
    make("h3", {}, stage.say("sheet.members", { n: parts.length })),
    parts.length ? make("ul", { class: "proofs" }, ...parts.map((number) => participation(stage, number, true))) : make("p", {}, stage.say("sheet.nobody")),
    linked(stage, one),
  ];
}
