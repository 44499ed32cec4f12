/** Evidence: what two bodies did together, when, as what, and the passages that say so. */

import { evidence } from "../load";
import { when } from "../words";
import type { Stage } from "../view";
import { text, type Link, type Proof, type Tie } from "../world";
import { away, make } from "./dom";
import { certaintyOf, nameOf, page, undated } from "./names";

export function badge(stage: Stage, certainty: number): HTMLElement {
  return make("span", { class: `badge ${certainty === 0 ? "sure" : "unsure"}` }, certaintyOf(stage.world, certainty, stage.lang));
}

/** The participations that a link rests on, an item each activity, filled in when their evidence has come. */
export function linkEvidence(stage: Stage, link: Link): HTMLElement {
  const { world, lang } = stage;
  const items = link.ties.map((tie) => make(
    "li", {}, make("p", { class: "what" }, title(stage, tie.activity), make("span", { class: "small" }, ` ${tieDates(stage, tie)}`)),
    make("p", { class: "small" }, tieWords(stage, link, tie), " ", badge(stage, tie.certainty)),
    make("ul", { class: "proofs" }, ...tie.participations.map((place) => participation(stage, place, true))),
  ));
  const rule = link.rule ? make("p", { class: "small rule" }, stage.say("sheet.rule", { rule: text(link.rule, lang) })) : null;
  const silence = make("p", { class: "small rule" }, stage.say("sheet.silence"));
  return make("div", { class: "evidence" }, make("ul", { class: "acts" }, ...items), rule, silence);
}

/** When, whence the days come where they are not the activity's, and whether it is still to come. */
function tieDates(stage: Stage, tie: Tie): string {
  const { world, lang } = stage;
  const dates = when(tie.first, tie.last, lang);
  if (!dates) return undated(stage, tie);
  const concept = (place?: number) => (place === undefined ? undefined : world.concepts[place]);
  const parts = [dates];
  const dating = concept(tie.dating);
  if (dating?.slug === "edition") parts.push(stage.say("sheet.by_edition"));
  if (dating?.slug === "participation") parts.push(stage.say("sheet.dated", { by: text(dating.name, lang) }));
  const occurrence = concept(tie.occurrence);
  if (occurrence?.slug === "planned") parts.push(text(occurrence.name, lang));
  return parts.join(", ");
}

/** The kind of a tie, from whom to whom where it is directed. */
function tieWords(stage: Stage, link: Link, tie: Tie): string {
  const { world, lang } = stage;
  const kind = text(world.concepts[tie.kind].name, lang);
  if (!tie.reads) return kind;
  const [from, to] = tie.reads > 0 ? [link.a, link.b] : [link.b, link.a];
  return `${kind} : ${nameOf(world.bodies[from], lang)} → ${nameOf(world.bodies[to], lang)}`;
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
