/** How the things of the world are called and shown, in the language of the page. */

import { territoriesOf } from "../selection.ts";
import { text, type Activity, type Body, type Lang, type Link, type World } from "../world.ts";
import type { Stage } from "../view.ts";
import { button, make } from "./dom.ts";

export const UNKNOWN = "?";

export function letter(world: World, body: Body): string {
  return body.kind < 0 ? UNKNOWN : (world.concepts[body.kind].letter ?? UNKNOWN);
}

export function colour(world: World, body: Body): string {
  return world.colours[body.kind < 0 ? "unknown" : world.concepts[body.kind].slug] ?? world.colours.unknown;
}

/** The disc with the letter of a kind; the letter says to all what the colour says to some. */
export function disc(world: World, body: Body): HTMLElement {
  return lettered(letter(world, body), colour(world, body));
}

export function lettered(sign: string, ground: string): HTMLElement {
  const found = make("span", { class: dark(ground) ? "disc" : "disc pale", "aria-hidden": "true" }, sign);
  found.style.background = ground;
  return found;
}

/** Whether a white letter is told from this colour better than a black one (WCAG's relative luminance). */
export function dark(hex: string): boolean {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.179;
}

/** No day is known: the year of the page that says it, where there is one. */
export function undated(stage: Stage, one: { pageYear?: string }): string {
  return stage.say(one.pageYear ? "sheet.page_year" : "sheet.no_date", { year: one.pageYear ?? "" });
}

/** The name of a territory that says most: the smallest that a source gives. */
export function where(world: World, thing: { territories: number[]; territoryCertainty?: number }, lang: Lang): string {
  const sorted = [...thing.territories].sort((a, b) => world.territories[b].within.length - world.territories[a].within.length);
  const mark = thing.territoryCertainty === undefined ? "" : ` (${text(world.concepts[thing.territoryCertainty].name, lang)})`;
  return sorted.length ? text(world.territories[sorted[0]].name, lang) + mark : "";
}

/** As a link of the sheet, which opens a thing; `data-keep` lets the focus find it again when all is drawn anew. */
export function opener(stage: Stage, thing: Body | Activity, from: string): HTMLButtonElement {
  const press = () => stage.go({ at: thing.id });
  return button(nameOf(thing, stage.lang), press, { class: "linkish", "data-keep": `${from}-${thing.id}` });
}

/** The regions of a thing, or the country alone. */
export function regions(world: World, thing: { territories: number[] }): number[] {
  return territoriesOf(world, thing).filter((place) => world.territories[place].level === "region");
}

export function kindOf(world: World, body: Body, lang: Lang): string {
  const place = body.lab ?? body.sort ?? (body.kind >= 0 ? body.kind : undefined);
  return place === undefined ? "" : text(world.concepts[place].name, lang);
}

export function linkKinds(world: World, link: Link, lang: Lang): string {
  return link.kinds.map((place) => text(world.concepts[place].name, lang)).join(", ");
}

export function certaintyOf(world: World, certainty: number, lang: Lang): string {
  const slug = world.certainties[certainty];
  const known = world.concepts.find((one) => one.scheme === "certainty" && one.slug === slug);
  return known ? text(known.name, lang) : slug;
}

/** The page of a thing in the portal; its path keeps what a file name may hold, as maillage.visualize.portal.things does. */
export function page(thing: { id: string }, lang: Lang, suffix = "html"): string {
  const path = thing.id.replace(/[^\p{L}\p{N}_/.-]/gu, "-").replaceAll("..", "-");
  return `id/${path}.${suffix}${suffix === "html" ? `?lang=${lang}` : ""}`;
}

export const nameOf = (thing: Body | Activity, lang: Lang) => text(thing.name, lang);

/** The other end of a link. */
export function other(link: Link, place: number): number {
  return link.a === place ? link.b : link.a;
}

export function lineId(world: World, link: Link): string {
  return `${world.bodies[link.a].id}~${world.bodies[link.b].id}`;
}

/** The links of each body. */
export function linksOf(world: World): Map<number, number[]> {
  const found = new Map<number, number[]>();
  world.links.forEach((link, place) => {
    for (const end of [link.a, link.b]) {
      const known = found.get(end);
      if (known) known.push(place);
      else found.set(end, [place]);
    }
  });
  return found;
}
