/** Who should meet: pairs that do not work together yet, each with its reasons and what they rest on. */

import { script } from "../load";
import type { Selection } from "../selection";
import type { MakeView, Stage } from "../view";
import { text, type Body, type Text } from "../world";
import { away, button, make } from "../app/dom";
import { disc, nameOf, opener, where } from "../app/names";

/** The shapes of data/synergies.js, which maillage/answer/synergies.py writes; places point into its own lists. */
interface Reason {
  name: string;
  family: string;
  points: number;
  text: Text;
  evidence: number[];
}

interface Suggestion {
  a: string; // IRIs
  b: string;
  score: number; // out of 100
  weak: boolean;
  bridge: boolean;
  introducers: string[];
  reasons: Reason[];
}

interface Statement {
  sourceTitle: string;
  paragraph?: number;
  pageLink?: string;
}

export interface Synergies {
  method: { id: string };
  names: Record<string, Text>; // of each thing named, by IRI
  suggestions: Suggestion[];
  abstained: Record<string, number>; // statements known of each body of which too little is known
  evidence: Statement[];
}

declare global {
  interface Window {
    maillageSynergies?: Synergies;
  }
}

const PAGE = 20; // suggestions at a time

export const synergies: MakeView = (stage) => {
  const element = make("div", { class: "synergies" });
  let most = PAGE;
  const show = (selection: Selection) => {
    const said = window.maillageSynergies;
    if (said) {
      element.removeAttribute("aria-busy");
      element.replaceChildren(...drawn(stage, said, selection, most, () => {
        most += PAGE;
        show(selection);
      }));
      return;
    }
    element.setAttribute("aria-busy", "true");
    element.replaceChildren(make("p", {}, stage.say("synergies.reading")));
    script("data/synergies.js").then(() => stage.go({}), () => {
      element.removeAttribute("aria-busy");
      element.replaceChildren(make("p", { role: "alert" }, stage.say("synergies.unread")));
    });
  };
  return { element, show, summary: (selection) => sentences(stage, selection) };
};

/** Those of what is chosen; else those with an end among the bodies selected. The weak come last. */
function fitting(stage: Stage, said: Synergies, selection: Selection): Suggestion[] {
  const { world, state } = stage;
  const ids = new Set(selection.bodies.filter((place) => !selection.brought.has(place)).map((place) => world.base + world.bodies[place].id));
  const at = world.base + state.at;
  const body = state.at && world.bodies.some((one) => one.id === state.at);
  const kept = said.suggestions.filter((one) => (body ? one.a === at || one.b === at : ids.has(one.a) || ids.has(one.b)));
  return [...kept.filter((one) => !one.weak), ...kept.filter((one) => one.weak)];
}

function drawn(stage: Stage, said: Synergies, selection: Selection, most: number, more: () => void): HTMLElement[] {
  const found = fitting(stage, said, selection);
  const bodies = new Map(stage.world.bodies.map((one) => [stage.world.base + one.id, one]));
  const at = bodies.get(stage.world.base + stage.state.at);
  const head = [
    make("h3", {}, at ? stage.say("synergies.title_of", { name: nameOf(at, stage.lang) }) : stage.say("synergies.title")),
    make("p", {}, stage.say("synergies.lead"), " ", make("a", { class: "way", href: `method.html?lang=${stage.lang}` }, stage.say("synergies.method"))),
  ];
  if (!found.length) return [...head, make("p", {}, nothing(stage, said))];
  const rest = found.length - most;
  return [
    ...head,
    make("ol", { class: "pairs plain" }, ...found.slice(0, most).map((one) => card(stage, said, one, bodies))),
    ...(rest > 0 ? [button(stage.say("synergies.more", { n: rest }), more, { class: "more", "data-keep": "more-synergies" })] : []),
  ];
}

/** Too little known of what is chosen is not the same as no idea. */
function nothing(stage: Stage, said: Synergies): string {
  const known = said.abstained[stage.world.base + stage.state.at];
  return known === undefined ? stage.say("synergies.none") : stage.say("synergies.abstained", { n: known });
}

function card(stage: Stage, said: Synergies, one: Suggestion, bodies: Map<string, Body>): HTMLElement {
  const [a, b] = [bodies.get(one.a), bodies.get(one.b)];
  const score = Math.round(one.score);
  const marks = [one.bridge && stage.say("synergies.bridge"), one.weak && stage.say("synergies.weak")].filter(Boolean);
  const [first] = one.introducers;
  return make(
    "li", { class: "pair" },
    make("div", { class: "ends" }, end(stage, said, one.a, a), make("span", { class: "between", "aria-hidden": "true" }, "⇄"), end(stage, said, one.b, b)),
    make(
      "p", { class: "score" }, make("span", {}, stage.say("synergies.score")),
      make("meter", { min: 0, max: 100, value: score, "aria-label": stage.say("synergies.score") }, String(score)),
      make("strong", {}, `${score}/100`),
    ),
    marks.length ? make("p", { class: "marks" }, ...marks.map((mark) => make("span", { class: "badge" }, mark as string))) : null,
    make("ul", { class: "reasons" }, ...one.reasons.map((reason) => make("li", {}, text(reason.text, stage.lang)))),
    first ? make("p", {}, stage.say("synergies.call"), " ", named(stage, said, first, `introducer-${one.a}-${one.b}`)) : null,
    make("details", {}, make("summary", {}, stage.say("synergies.proofs")), ...one.reasons.map((reason) => proofs(stage, said, reason))),
    a && b ? make("p", { class: "actions" }, onTheNetwork(stage, a, b)) : null,
  );
}

/** Opens a thing that the selection sent by a server need not hold. */
function named(stage: Stage, said: Synergies, iri: string, from: string): HTMLElement {
  const press = () => stage.go({ at: iri.slice(stage.world.base.length) });
  return button(text(said.names[iri], stage.lang), press, { class: "linkish", "data-keep": `${from}-${iri}` });
}

function end(stage: Stage, said: Synergies, iri: string, body: Body | undefined): HTMLElement {
  if (!body) return make("div", { class: "end" }, make("span", { class: "small" }), named(stage, said, iri, "synergy"));
  const territory = where(stage.world, body, stage.lang) || stage.say("facets.no_territory");
  return make("div", { class: "end" }, disc(stage.world, body), opener(stage, body, "synergy"), make("span", { class: "small" }, territory));
}

const onTheNetwork = (stage: Stage, a: Body, b: Body) =>
  button(stage.say("synergies.on_network"), () => stage.go({ view: "network", at: a.id, path: b.id, ego: 0 }));

/** The sources of one reason, each page once. */
function proofs(stage: Stage, said: Synergies, reason: Reason): HTMLElement {
  const seen = new Map<string, HTMLElement>();
  for (const place of reason.evidence) {
    const one = said.evidence[place];
    const where = one.paragraph === undefined ? "" : `, ${stage.say("sheet.paragraph", { n: one.paragraph })}`;
    const key = `${one.sourceTitle}${where}`;
    if (!seen.has(key)) seen.set(key, make("li", {}, away(one.pageLink, one.sourceTitle, stage.say("sheet.new_tab")), where));
  }
  return make("div", { class: "proof" }, make("p", {}, text(reason.text, stage.lang)), make("ul", { class: "passages" }, ...seen.values()));
}

function sentences(stage: Stage, selection: Selection): string[] {
  const said = window.maillageSynergies;
  if (!said) return [];
  const found = fitting(stage, said, selection);
  return [
    stage.say("synergies.total", { n: found.length }),
    stage.say("synergies.bridges", { n: found.filter((one) => one.bridge).length }),
    stage.say("synergies.silent", { n: Object.keys(said.abstained).length }),
  ];
}
