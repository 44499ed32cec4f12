/** Evidence: what two bodies did together, when, as what, and the passages that say so. */

import { evidence } from "../load";
import { when } from "../words";
import type { Stage } from "../view";
import { CERTAINTIES, text, type Link, type Participation, type Proof } from "../world";
import { away, make } from "./dom";
import { certaintyOf, nameOf, page } from "./names";

export function badge(stage: Stage, certainty: number): HTMLElement {
  const sure = CERTAINTIES[certainty] === "stated";
  return make("span", { class: `badge ${sure ? "sure" : "unsure"}` }, certaintyOf(stage.world, certainty, stage.lang));
}

/** The participations that a link rests on, an item each activity, filled in when their evidence has come. */
export function linkEvidence(stage: Stage, link: Link): HTMLElement {
  const { world, lang } = stage;
  const by = new Map<number, number[]>();
  for (const place of link.participations) {
    const { activity } = world.participations[place];
    by.set(activity, [...(by.get(activity) ?? []), place]);
  }
  const items = [...by].map(([activity, places]) => {
    const one = world.activities[activity];
    const spans = places.map((place) => world.participations[place]);
    const dates = when(one.start, one.end, lang) || said(spans, lang) || stage.say("sheet.no_date");
    return make(
      "li", {}, make("p", { class: "what" }, title(stage, activity), make("span", { class: "small" }, ` ${dates}`)),
      make("ul", { class: "proofs" }, ...places.map((place) => participation(stage, place, true))),
    );
  });
  const rule = link.rule ? make("p", { class: "small rule" }, stage.say("sheet.rule", { rule: text(link.rule, lang) })) : null;
  return make("div", { class: "evidence" }, make("ul", { class: "acts" }, ...items), rule);
}

function said(spans: Participation[], lang: Stage["lang"]): string {
  const dated = spans.filter((one) => one.start || one.end);
  return dated.length ? when(dated[0].start, dated[0].end, lang) : "";
}

function title(stage: Stage, activity: number): HTMLElement {
  const one = stage.world.activities[activity];
  const words = nameOf(one, stage.lang);
  const id = one.body === undefined ? one.id : stage.world.bodies[one.body].id;
  if (id === stage.state.at) return make("span", {}, words);
  return make("button", { type: "button", class: "linkish", onclick: () => stage.go({ at: id }) }, words);
}

/** Who, as what, how sure; then each passage, as soon as it is read. */
export function participation(stage: Stage, place: number, named: boolean): HTMLElement {
  const { world, lang } = stage;
  const one = world.participations[place];
  const role = text(world.concepts[one.role].name, lang);
  const who = named ? `${nameOf(world.bodies[one.body], lang)} : ${role}` : role;
  const list = make("ul", { class: "passages" }, make("li", { class: "small" }, stage.say("sheet.reading")));
  const note = one.note ? make("p", { class: "small" }, text(one.note, lang)) : null;
  evidence(world, place).then(
    (proofs) => list.replaceChildren(...(proofs.length ? proofs.map((proof) => passage(stage, proof)) : [none(stage)])),
    () => list.replaceChildren(make("li", { class: "small", role: "alert" }, stage.say("sheet.unread"))),
  );
  return make("li", {}, make("p", {}, typeset(who, lang), " ", badge(stage, one.certainty)), note, list);
}

const none = (stage: Stage) => make("li", { class: "small" }, stage.say("sheet.no_passage"));

/** An unbreakable space before a colon in French, none in English. */
export function typeset(words: string, lang: Stage["lang"]): string {
  return lang === "fr" ? words.replace(/ ([:;?!»])/g, "\u00a0$1") : words.replace(/ :/g, ":");
}

function passage(stage: Stage, proof: Proof): HTMLElement {
  const { world, lang } = stage;
  const source = world.sources[proof.source];
  const place = proof.paragraph === undefined ? "" : `, ${stage.say("sheet.paragraph", { n: proof.paragraph })}`;
  const quoted = [proof.first, proof.last].filter(Boolean).join(" … ");
  return make(
    "li", {},
    make("p", {}, make("a", { href: page(source, lang) }, source.title), place),
    quoted ? make("q", { class: "quote" }, quoted) : null,
    make(
      "p", { class: "small" }, proof.address ? away(proof.address, stage.say("sheet.read"), stage.say("sheet.new_tab")) : null,
      ` ${stage.say("sheet.licence", { name: text(world.licences[source.licence].name, lang) })}`,
    ),
  );
}
