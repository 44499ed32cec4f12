/** What the page shows, all of it in its address: `read` and `write` are each other's mirror. */

import listed from "../../facets.json" with { type: "json" };
import type { Lang } from "./world.ts";

/** What narrows a selection: the facets of visualize/facets.json, which the server reads too. */
export type Facet = keyof typeof listed;
type Single = { [name in Facet]: (typeof listed)[name] extends { values: string[] } ? name : never }[Facet];
type Multiple = Exclude<Facet, Single>;
/** `of`: what it narrows; `read`: how values are told from the world (see selection.ts), from `column` where it has one;
 * `values`: of a facet that takes one alone.
 */
export const FACETS: Record<Facet, { of: string; read: string; column?: string; values?: string[]; fr: string; en: string }> = listed;
export const NAMES = Object.keys(FACETS) as Facet[];
export const SINGLE = NAMES.filter((name): name is Single => FACETS[name].values !== undefined);
export const MULTIPLE = NAMES.filter((name): name is Multiple => FACETS[name].values === undefined);

export const VIEWS = ["network", "map", "timeline", "table", "events", "synergies"] as const;
export type ViewName = (typeof VIEWS)[number];

export interface State extends Record<Multiple, string[]>, Record<Single, string> {
  view: ViewName;
  lang: Lang;
  from: number; // years, 0 for no bound
  to: number;
  partners: boolean; // show the partners of what is selected too
  at: string; // what is chosen: the id of a body or activity, or "idA~idB" for a line
  ego: 0 | 1 | 2; // the network cut down to so many lines around `at`
  path: string; // the id of the body to which the shortest chain from `at` is drawn
  open: string[]; // communities opened out of an aggregated network
  all: boolean; // draw every point, however many
  sort: string; // of the table: a column, with "-" before it when descending
  level: "" | "region" | "department"; // of the map; empty: departments once a region is chosen
  zoom: string; // x,y,k of the network; empty for the whole
  release: string;
  embed: boolean;
}

/** Every facet lifted. */
export const UNASKED = Object.fromEntries(NAMES.map((name) => [name, FACETS[name].values ? "" : []])) as unknown as Pick<State, Facet>;

export const START: State = {
  view: "network", lang: "fr", ...UNASKED,
  from: 0, to: 0, partners: false, at: "", ego: 0, path: "", open: [], all: false, sort: "", level: "", zoom: "",
  release: "", embed: false,
};

const LISTS = [...MULTIPLE, "open"] as const;
const WORDS = ["at", "path", "sort", "zoom", "release"] as const;
const YEARS = ["from", "to"] as const;
const FLAGS = ["partners", "all", "embed"] as const;

/** The state that an address gives; what it says wrong is left at its start. `start` is the page's own. */
export function read(search: string, start: State = START): State {
  const asked = new URLSearchParams(search);
  const state: State = { ...start };
  for (const name of LISTS) if (asked.has(name)) state[name] = (asked.get(name) ?? "").split(",").filter(Boolean);
  for (const name of WORDS) if (asked.has(name)) state[name] = asked.get(name) ?? "";
  for (const name of YEARS) state[name] = /^\d{4}$/.test(asked.get(name) ?? "") ? Number(asked.get(name)) : start[name];
  for (const name of FLAGS) if (asked.has(name)) state[name] = asked.get(name) === "1";
  for (const name of SINGLE) if (FACETS[name].values?.includes(asked.get(name) ?? "")) state[name] = asked.get(name) ?? "";
  const [view, lang, ego, level] = ["view", "lang", "ego", "level"].map((name) => asked.get(name));
  if (VIEWS.includes(view as ViewName)) state.view = view as ViewName;
  if (lang === "fr" || lang === "en") state.lang = lang;
  if (level === "region" || level === "department") state.level = level;
  if (ego === "1" || ego === "2") state.ego = Number(ego) as 1 | 2;
  return state;
}

/** The address of a state, from "?"; what is at its start is left out. */
export function write(state: State, start: State = START): string {
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    const begun = start[name as keyof State];
    const word = Array.isArray(value) ? value.join(",") : value === true ? "1" : value === false ? "0" : String(value);
    const same = Array.isArray(begun) ? begun.join(",") === word : begun === value;
    if (!same) said.set(name, word);
  }
  const query = said.toString().replace(/%2C/g, ",").replace(/%2F/g, "/").replace(/%7E/g, "~");
  return query ? `?${query}` : "?";
}
