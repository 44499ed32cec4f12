/** What is shown as rows and attributes: the one form from which tables and network files are written. */

import { certaintyOf, kindOf, letter, linkKinds, nameOf, where } from "../app/names.ts";
import { text, type Lang, type Proof, type Tie, type World } from "../world.ts";
import type { Held } from "./licence.ts";

export type Row = Record<string, string | number>;
const BETWEEN = " | "; // of several values in one cell

export function bodyRows(world: World, held: Held, lang: Lang): Row[] {
  return held.bodies.map((place) => {
    const body = world.bodies[place];
    const concepts = (places: number[]) => places.map((one) => text(world.concepts[one].name, lang)).join(BETWEEN);
    return {
      id: world.base + body.id, label: nameOf(body, lang), short: body.short ?? "", kind: body.kind < 0 ? "" : world.concepts[body.kind].slug,
      kind_label: kindOf(world, body, lang), letter: letter(world, body), territory: where(world, body, lang),
      themes: concepts(body.themes), methods: concepts(body.methods),
      first: body.start ?? "", last: body.end ?? "", community: body.community ?? 0, x: body.x ?? 0, y: body.y ?? 0,
      sources: titles(world, body.sources ?? []),
    };
  });
}

/** Lines by the names and with the values of maillage.visualize.map.attributes; what is for reading bears `_label`. */
export function linkRows(world: World, held: Held, lang: Lang): Row[] {
  return held.links.map((place) => {
    const link = world.links[place];
    const acts = [...new Set(link.participations.map((one) => nameOf(world.activities[world.participations[one].activity], lang)))];
    const licences = [...new Set(link.sources.map((one) => text(world.licences[world.sources[one].licence].name, lang)))];
    return {
      source: world.base + world.bodies[link.a].id, target: world.base + world.bodies[link.b].id,
      source_label: nameOf(world.bodies[link.a], lang), target_label: nameOf(world.bodies[link.b], lang),
      kinds: slugs(world, link.kinds), kinds_label: linkKinds(world, link, lang), directed: String(link.directed),
      from: world.base + world.bodies[link.a].id, first: link.first ?? "", last: link.last ?? "",
      dating: slugs(world, link.ties.map((tie) => tie.dating)), occurrence: slugs(world, link.ties.map((tie) => tie.occurrence)),
      weight: link.weight, activities: link.weight, newman: link.newman, certainty: world.certainties[link.certainty],
      certainty_label: certaintyOf(world, link.certainty, lang), derived: text(link.rule, lang), names: acts.join(BETWEEN),
      ties: link.ties.map((tie) => tieFields(world, tie, lang)).join(BETWEEN),
      sources: titles(world, link.sources), licences: licences.join(BETWEEN),
    };
  });
}

const WAYS = { "1": "→", "-1": "←", "0": "–" };

/** One tie: kind, direction, activity, first day, last day, dating, occurrence, certainty; as maillage.visualize.map.attributes. */
function tieFields(world: World, tie: Tie, lang: Lang): string {
  const said = [world.concepts[tie.kind].slug, WAYS[tie.reads], nameOf(world.activities[tie.activity], lang), tie.first ?? "", tie.last ?? ""];
  return [...said, slugs(world, [tie.dating]), slugs(world, [tie.occurrence]), world.certainties[tie.certainty]].join(" ; ");
}

/** The distinct concepts by their local names. */
function slugs(world: World, places: (number | undefined)[]): string {
  return [...new Set(places.flatMap((place) => (place === undefined ? [] : [world.concepts[place].slug])))].sort().join(" ");
}

/** Events and programmes, and who takes part among all that is known. */
export function activityRows(world: World, held: Held, lang: Lang): Row[] {
  const taking = new Map<number, string[]>();
  for (const one of world.participations) {
    const words = `${nameOf(world.bodies[one.body], lang)} (${text(world.concepts[one.role].name, lang)})`;
    taking.set(one.activity, [...(taking.get(one.activity) ?? []), words]);
  }
  return held.activities.map((place) => {
    const one = world.activities[place];
    return {
      id: world.base + one.id, label: nameOf(one, lang), type: one.type, first: one.start ?? "", last: one.end ?? "",
      place: text(one.place, lang), territory: where(world, one, lang), part_of: one.whole === undefined ? "" : nameOf(world.activities[one.whole], lang),
      bodies: [...new Set(taking.get(place) ?? [])].join(BETWEEN), sources: titles(world, one.sources ?? []),
    };
  });
}

/** The participations that the links rest on. */
export function proven(world: World, held: Held): number[] {
  return [...new Set(held.links.flatMap((place) => world.links[place].participations))].sort((a, b) => a - b);
}

/** A row a passage, page or fact that says a participation; one without any keeps its sources. */
export function evidenceRows(world: World, places: number[], proofs: Map<number, Proof[]>, lang: Lang): Row[] {
  return places.flatMap((place) => {
    const one = world.participations[place];
    const whole = {
      id: world.base + one.id, body: nameOf(world.bodies[one.body], lang), role: text(world.concepts[one.role].name, lang),
      activity: nameOf(world.activities[one.activity], lang), first: one.start ?? "", last: one.end ?? "",
    };
    const found: (Proof | Pick<Proof, "source" | "certainty">)[] = proofs.get(place) ?? [];
    const all = found.length ? found : one.sources.map((source) => ({ source, certainty: one.certainty }));
    return all.map((proof) => ({
      ...whole, certainty: certaintyOf(world, proof.certainty, lang), source: world.sources[proof.source].title,
      paragraph: "paragraph" in proof ? String(proof.paragraph ?? "") : "", passage: "first" in proof ? [proof.first, proof.last].filter(Boolean).join(" […] ") : "",
      address: "address" in proof ? (proof.address ?? "") : "", licence: text(world.licences[world.sources[proof.source].licence].name, lang),
    }));
  });
}

const titles = (world: World, sources: number[]) => sources.map((one) => world.sources[one].title).join(BETWEEN);
