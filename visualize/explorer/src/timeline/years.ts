/** What the timeline counts: links by kind and by the year in which a source first dates them. */

import { year, type Selection } from "../selection.ts";
import type { State } from "../state.ts";
import type { Link, World } from "../world.ts";

export interface Row {
  kind: number; // a concept
  years: Map<number, number[]>; // places of links
  total: number;
}

export interface Rows {
  rows: Row[];
  dated: number; // links; one of several kinds stands in several rows
  undated: number[];
}

export function rows(world: World, selection: Selection): Rows {
  const found = new Map<number, Row>();
  const undated: number[] = [];
  for (const place of selection.links) {
    const link = world.links[place];
    const at = firstYear(link);
    if (!at) undated.push(place);
    for (const kind of at ? link.kinds : []) {
      const row = found.get(kind) ?? { kind, years: new Map<number, number[]>(), total: 0 };
      const there = row.years.get(at);
      if (there) there.push(place);
      else row.years.set(at, [place]);
      row.total++;
      found.set(kind, row);
    }
  }
  const sorted = [...found.values()].sort((a, b) => b.total - a.total || a.kind - b.kind);
  return { rows: sorted, dated: selection.links.length - undated.length, undated };
}

export const firstYear = (link: Link) => year(link.first ?? link.last);

export const lastYear = (link: Link) => year(link.last ?? link.first);

/** New links of each year, each link once. */
export function beginnings(world: World, selection: Selection): Map<number, number> {
  const found = new Map<number, number>();
  for (const place of selection.links) {
    const at = firstYear(world.links[place]);
    if (at) found.set(at, (found.get(at) ?? 0) + 1);
  }
  return found;
}

/** How far apart dots stand, 0 where the fullest year has too many to be dots: then years are bars. */
export function spacing(all: Row[], room: number, tall: number): number {
  const most = Math.max(0, ...all.flatMap((row) => [...row.years.values()].map((places) => places.length)));
  return [11, 9.5, 8].find((apart) => columns(room, apart) * Math.floor(tall / apart) >= most) ?? 0;
}

export const columns = (room: number, apart: number) => Math.max(1, Math.floor(room / apart));

/** The years that pressing `at` chooses: it alone, all of them again, or with `more` from what is chosen to it. */
export function period(at: number, more: boolean, state: Pick<State, "from" | "to">): { from: number; to: number } {
  if (more && (state.from || state.to)) return { from: Math.min(state.from || at, at), to: Math.max(state.to || at, at) };
  return state.from === at && state.to === at ? { from: 0, to: 0 } : { from: at, to: at };
}
