/** Facets with counts: what is chosen narrows every view; a count says how many would be shown. */

import { type Selection } from "../selection";
import { FACETS, MULTIPLE, NAMES, SINGLE, UNASKED, type Facet, type State } from "../state";
import type { Stage } from "../view";
import { text, type Territory } from "../world";
import { button, make } from "./dom";
import { lettered, UNKNOWN } from "./names";
import { period } from "./period";

const SHORT = 8; // values of a long facet shown before "more"

/** The panel of filters; `show` brings it up to date. */
export function facets(stage: Stage): { element: HTMLElement; show(selection: Selection): void } {
  const element = make("div", { class: "facets" });
  const opened = new Set<string>();
  const show = (selection: Selection) => {
    const parts = [
      ...NAMES.map((name) => drawn(stage, selection, name, opened)), period(stage, selection), partners(stage), clear(stage),
    ];
    element.replaceChildren(...parts.filter((one) => one !== null));
  };
  return { element, show };
}

function drawn(stage: Stage, selection: Selection, name: Facet, opened: Set<string>): HTMLElement | null {
  if (FACETS[name].read === "letter") return kinds(stage, selection);
  if (FACETS[name].read === "places") return territories(stage, selection);
  const single = SINGLE.find((other) => other === name);
  return single ? choice(stage, selection, single) : list(stage, selection, name as (typeof MULTIPLE)[number], opened);
}

function group(title: string, ...children: (HTMLElement | null)[]): HTMLElement {
  return make("fieldset", { class: "facet" }, make("legend", {}, title), ...children);
}

function tick(stage: Stage, facet: (typeof MULTIPLE)[number], value: string, label: HTMLElement, count: number): HTMLElement {
  const chosen = stage.state[facet];
  const input = make("input", { type: "checkbox", "data-keep": `${facet}-${value}` });
  input.checked = chosen.includes(value);
  input.addEventListener("change", () => {
    const rest = chosen.filter((one) => one !== value);
    stage.go({ [facet]: input.checked ? [...rest, value] : rest });
  });
  return make("label", { class: "tick" }, input, label, make("span", { class: "count" }, String(count)));
}

const words = (said: string) => make("span", { class: "words capital" }, said);

function kinds(stage: Stage, selection: Selection): HTMLElement {
  const { world } = stage;
  const known = world.concepts.filter((one) => one.letter && one.scheme === "organisation-kind");
  const rows = known.map((one) => ({ value: one.letter ?? "", name: text(one.name, stage.lang), slug: one.slug }));
  rows.push({ value: "?", name: stage.say("facets.unknown"), slug: "unknown" });
  const order = Object.keys(world.colours);
  rows.sort((a, b) => order.indexOf(a.slug) - order.indexOf(b.slug));
  const shown = rows.filter((row) => selection.facets.kind[row.value] || stage.state.kind.includes(row.value));
  return group(FACETS.kind[stage.lang], ...shown.map((row) => {
    const disc = lettered(row.value, world.colours[row.slug] ?? world.colours.unknown);
    const name = make("span", { class: "named" }, disc, make("span", { class: "capital" }, row.name));
    return tick(stage, "kind", row.value, name, selection.facets.kind[row.value] ?? 0);
  }));
}

/** A select: regions, with the departments of those that hold something, overseas ones among them. */
function territories(stage: Stage, selection: Selection): HTMLElement {
  const counts = selection.facets.territory;
  const select = make("select", { "aria-label": FACETS.territory[stage.lang], "data-keep": "territory" });
  const option = (value: string, label: string) => {
    const found = make("option", { value }, label);
    found.selected = stage.state.territory.includes(value) || (!value && !stage.state.territory.length);
    return found;
  };
  select.append(option("", stage.say("facets.everywhere")));
  if (counts[UNKNOWN] || stage.state.territory.includes(UNKNOWN)) {
    select.append(option(UNKNOWN, `${stage.say("facets.unknown")} (${counts[UNKNOWN] ?? 0})`));
  }
  const named = (one: Territory) => `${text(one.name, stage.lang)} (${counts[key(one)] ?? 0})`;
  for (const level of ["region", "department"] as const) {
    const some = stage.world.territories.filter((one) => one.level === level && (level === "region" || counts[key(one)] || stage.state.territory.includes(key(one))));
    some.sort((a, b) => text(a.name, stage.lang).localeCompare(text(b.name, stage.lang), stage.lang));
    const label = stage.say(`facets.${level}s`);
    if (some.length) select.append(make("optgroup", { label }, ...some.map((one) => option(key(one), named(one)))));
  }
  select.addEventListener("change", () => stage.go({ territory: select.value ? [select.value] : [] }));
  return group(FACETS.territory[stage.lang], select);
}

const key = (one: Territory) => one.id.replace("territory/", "");

function list(stage: Stage, selection: Selection, facet: (typeof MULTIPLE)[number], opened: Set<string>): HTMLElement | null {
  const counts = selection.facets[facet];
  const chosen = stage.state[facet];
  const evidence = [...stage.world.certainties, "derived", "carried"];
  const rank = (value: string) => (facet === "evidence" ? -evidence.indexOf(value) : (counts[value] ?? 0));
  const values = [...new Set([...chosen, ...Object.keys(counts)])].sort((a, b) => rank(b) - rank(a) || a.localeCompare(b));
  if (!values.length) return null;
  const whole = opened.has(facet) || values.length <= SHORT + 2;
  const shown = whole ? values : values.filter((value, place) => place < SHORT || chosen.includes(value));
  const more = whole ? null : button(stage.say("facets.more", { n: values.length - shown.length }), () => {
    opened.add(facet);
    stage.go({}); // the same state, drawn with more
  }, { class: "more", "data-keep": `${facet}-${values[SHORT]}` });
  return group(FACETS[facet][stage.lang], ...shown.map((value) => tick(stage, facet, value, words(label(stage, facet, value)), counts[value] ?? 0)), more);
}

export function label(stage: Stage, facet: Facet, value: string): string {
  const scheme = facet === "evidence" ? "certainty" : facet;
  const known = stage.world.concepts.find((one) => one.scheme === scheme && one.slug === value);
  if (known) return text(known.name, stage.lang);
  if (facet === "territory" && value === UNKNOWN) return stage.say("facets.no_territory");
  if (facet === "country" && value === UNKNOWN) return stage.say("facets.no_country");
  if (facet === "kind") return value === "?" ? stage.say("facets.unknown") : letterName(stage, value);
  if (facet === "territory" || facet === "country") {
    const one = stage.world.territories.find((territory) => key(territory) === value);
    return one ? text(one.name, stage.lang) : value;
  }
  return value === "derived" || value === "carried" ? stage.say(`facets.${value}`) : value;
}

function letterName(stage: Stage, value: string): string {
  const one = stage.world.concepts.find((concept) => concept.letter === value);
  return one ? text(one.name, stage.lang) : value;
}

function choice(stage: Stage, selection: Selection, facet: (typeof SINGLE)[number]): HTMLElement {
  const counts = selection.facets[facet];
  const select = make("select", { "aria-label": FACETS[facet][stage.lang], "data-keep": facet });
  for (const value of ["", ...(FACETS[facet].values ?? [])]) {
    const words = value ? `${stage.say(`facets.${value}`)} (${counts[value] ?? 0})` : stage.say("facets.any");
    const option = make("option", { value }, words);
    option.selected = stage.state[facet] === value;
    select.append(option);
  }
  select.addEventListener("change", () => stage.go({ [facet]: select.value }));
  return group(FACETS[facet][stage.lang], select);
}

function partners(stage: Stage): HTMLElement {
  const input = make("input", { type: "checkbox", "data-keep": "partners" });
  input.checked = stage.state.partners;
  input.addEventListener("change", () => stage.go({ partners: input.checked }));
  return make("label", { class: "tick" }, input, make("span", { class: "words" }, stage.say("facets.partners")));
}

export const UNFILTERED: Partial<State> = { ...UNASKED, from: 0, to: 0, partners: false, ego: 0 };

function clear(stage: Stage): HTMLElement {
  return button(stage.say("facets.clear"), () => stage.go(UNFILTERED), { class: "clear" });
}

/** The filters at work, each with a button that takes it off. */
export function chips(stage: Stage): HTMLElement[] {
  const { state } = stage;
  const found: HTMLElement[] = [];
  const chip = (words: string, change: Partial<State>) => {
    const aloud = stage.say("facets.remove", { name: words });
    found.push(button(`${words} ×`, () => stage.go(change), { class: "chip", "aria-label": aloud }));
  };
  for (const facet of MULTIPLE) {
    for (const value of state[facet]) chip(label(stage, facet, value), { [facet]: state[facet].filter((one) => one !== value) });
  }
  for (const facet of SINGLE) if (state[facet]) chip(stage.say(`facets.${state[facet]}`), { [facet]: "" });
  if (state.from || state.to) chip(stage.say("facets.between", { from: String(state.from || "…"), to: String(state.to || "…") }), { from: 0, to: 0 });
  if (state.partners) chip(stage.say("facets.partners"), { partners: false });
  if (state.ego) chip(stage.say("facets.ego", { n: state.ego }), { ego: 0 });
  if (found.length) found.push(button(stage.say("facets.clear"), () => stage.go(UNFILTERED), { class: "linkish" }));
  return found;
}

