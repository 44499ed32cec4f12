/** What is shown as rows and attributes: the one form from which tables and network files are written. */

import { certaintyOf, kindOf, letter, linkKinds, nameOf, where } from "../app/names.ts";
import type { Selection } from "../selection.ts";
import { text, type Lang, type World } from "../world.ts";

export type Row = Record<string, string | number>;
const BETWEEN = " | "; // of several values in one cell

export function bodyRows(world: World, selection: Selection, lang: Lang): Row[] {
  return selection.bodies.map((place) => {
    const body = world.bodies[place];
    return {
      id: world.base + body.id, label: nameOf(body, lang), short: body.short ?? "", kind: body.kind < 0 ? "" : world.concepts[body.kind].slug,
      kind_label: kindOf(world, body, lang), letter: letter(world, body), territory: where(world, body, lang),
      themes: body.themes.map((one) => text(world.concepts[one].name, lang)).join(BETWEEN),
      methods: body.methods.map((one) => text(world.concepts[one].name, lang)).join(BETWEEN),
      first: body.start ?? "", last: body.end ?? "", community: body.community ?? 0, x: body.x ?? 0, y: body.y ?? 0,
    };
  });
}

export function linkRows(world: World, selection: Selection, lang: Lang): Row[] {
  return selection.links.map((place) => {
    const link = world.links[place];
    const acts = [...new Set(link.participations.map((one) => nameOf(world.activities[world.participations[one].activity], lang)))];
    const licences = [...new Set(link.sources.map((one) => text(world.licences[world.sources[one].licence].name, lang)))];
    return {
      source: world.base + world.bodies[link.a].id, target: world.base + world.bodies[link.b].id,
      source_label: nameOf(world.bodies[link.a], lang), target_label: nameOf(world.bodies[link.b], lang),
      kind: linkKinds(world, link, lang), first: link.first ?? "", last: link.last ?? "", weight: link.weight,
      certainty: certaintyOf(world, link.certainty, lang), derived: text(link.rule, lang), activities: acts.join(BETWEEN),
      sources: link.sources.map((one) => world.sources[one].title).join(BETWEEN), licences: licences.join(BETWEEN),
    };
  });
}

/** A row an activity and participation that a link rests on, with its sources. */
export function evidenceRows(world: World, selection: Selection, lang: Lang): Row[] {
  const used = [...new Set(selection.links.flatMap((place) => world.links[place].participations))].sort((a, b) => a - b);
  return used.map((place) => {
    const one = world.participations[place];
    return {
      id: world.base + one.id, body: nameOf(world.bodies[one.body], lang), role: text(world.concepts[one.role].name, lang),
      activity: nameOf(world.activities[one.activity], lang), first: one.start ?? "", last: one.end ?? "",
      certainty: certaintyOf(world, one.certainty, lang), sources: one.sources.map((source) => world.sources[source].title).join(BETWEEN),
      addresses: one.sources.map((source) => world.base + world.sources[source].id).join(BETWEEN),
    };
  });
}
