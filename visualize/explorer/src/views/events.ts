/** Events and programmes by date, the undated after; who organises, where, within what. */

import { year, type Selection } from "../selection";
import { when } from "../words";
import type { MakeView, Stage } from "../view";
import { text, type Activity } from "../world";
import { button, make } from "../app/dom";
import { nameOf, opener, undated, where } from "../app/names";

const PAGE = 200; // activities at a time

export const events: MakeView = (stage) => {
  const element = make("div", { class: "events" });
  let most = PAGE;
  const show = (selection: Selection) => element.replaceChildren(...years(stage, selection, most, () => {
    most += PAGE;
    show(selection);
  }));
  return {
    element,
    show,
    summary: (selection) => sentences(stage, selection),
  };
};

function years(stage: Stage, selection: Selection, most: number, more: () => void): HTMLElement[] {
  const by = new Map<number, number[]>();
  for (const place of selection.activities) {
    const one = stage.world.activities[place];
    const at = year(one.start ?? one.end);
    const known = by.get(at);
    if (known) known.push(place);
    else by.set(at, [place]);
  }
  if (!by.size) return [make("p", {}, stage.say("events.none"))];
  const leading = leaders(stage);
  const order = [...by.keys()].sort((a, b) => (b || -1) - (a || -1));
  let left = most;
  const cut = (places: number[]) => {
    const kept = places.slice(0, left);
    left -= kept.length;
    return kept;
  };
  const rest = selection.activities.length - most;
  const next = rest > 0 ? [button(stage.say("events.more", { n: rest }), more, { class: "more", "data-keep": "more-events" })] : [];
  const section = (at: number) => make(
    "section", { class: "year" }, make("h3", {}, at ? String(at) : stage.say("events.undated"), make("span", { class: "small" }, ` ${stage.say("events.count", { n: by.get(at)?.length ?? 0 })}`)),
    make("ul", { class: "plain" }, ...cut(inOrder(stage, by.get(at) ?? [])).map((place) => item(stage, place, leading.get(place) ?? []))),
  );
  const drawn = order.flatMap((at) => (left > 0 ? [section(at)] : []));
  return [...drawn, ...next];
}

function inOrder(stage: Stage, places: number[]): number[] {
  const key = (place: number) => {
    const one = stage.world.activities[place];
    return `${one.start ?? one.end ?? "9"} ${nameOf(one, stage.lang)}`;
  };
  const keyed = places.map((place) => ({ place, key: key(place) }));
  const { compare } = new Intl.Collator(stage.lang);
  return keyed.sort((a, b) => compare(a.key, b.key)).map((one) => one.place);
}

/** Who organises each activity, as sources say. */
function leaders(stage: Stage): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const one of stage.world.participations) {
    if (!/organises|coordinates|hosts/.test(stage.world.concepts[one.role].slug)) continue;
    const known = found.get(one.activity) ?? [];
    if (!known.includes(one.body)) found.set(one.activity, [...known, one.body]);
  }
  return found;
}

function item(stage: Stage, place: number, leading: number[]): HTMLElement {
  const { world, lang } = stage;
  const one = world.activities[place];
  const whole = one.whole === undefined ? "" : nameOf(world.activities[one.whole], lang);
  const who = leading.length ? leading.map((body) => nameOf(world.bodies[body], lang)).join(", ") : stage.say("events.nobody");
  const facts = [when(one.start, one.end, lang) || undated(stage, one), stage.say(`sheet.types.${one.type}`), spot(stage, one), whole].filter(Boolean);
  const attributes = stage.state.at === one.id ? { class: "event chosen" } : { class: "event" };
  return make("li", attributes, opener(stage, one, "event"), make("p", { class: "small" }, facts.join(" · ")), make("p", { class: "small" }, stage.say("events.by", { who })));
}

const spot = (stage: Stage, one: Activity) => text(one.place, stage.lang) || where(stage.world, one, stage.lang);

function sentences(stage: Stage, selection: Selection): string[] {
  const some = selection.activities.map((place) => stage.world.activities[place]);
  const leading = leaders(stage);
  const silent = selection.activities.filter((place) => !leading.has(place)).length;
  return [
    stage.say("events.total", { n: some.length }),
    stage.say("events.without_date", { n: some.filter((one) => !one.start && !one.end).length }),
    stage.say("events.without_organiser", { n: silent }),
  ];
}
