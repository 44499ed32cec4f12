/** Walking the network with the keyboard: up and down along neighbours, right into one, left back. */

import type { Model } from "./model.ts";

export interface Walk {
  at: string; // the point on which the walker is; empty before the first step
  trail: string[]; // the points gone through; up and down go around the last of them
}

export const START: Walk = { at: "", trail: [] };

/** The points, those with most partners first. */
export function byImportance({ graph }: Model, ids: string[]): string[] {
  const degree = (id: string) => graph.getNodeAttribute(id, "degree");
  const name = (id: string) => graph.getNodeAttribute(id, "name");
  return [...ids].sort((a, b) => degree(b) - degree(a) || (name(a) < name(b) ? -1 : 1));
}

export const neighbours = (model: Model, id: string) => (model.graph.hasNode(id) ? byImportance(model, model.graph.neighbors(id)) : []);

/** The points around the last of the trail. */
export const around = (model: Model, { trail }: Walk) => (trail.length ? neighbours(model, trail[trail.length - 1]) : []);

/** A walk of which what is no more shown is left out. */
export function kept({ graph }: Model, walk: Walk): Walk {
  return graph.hasNode(walk.at) ? { at: walk.at, trail: walk.trail.filter((id) => graph.hasNode(id)) } : START;
}

const turned = (by: number, from: string, all: string[]) => all[(Math.max(all.indexOf(from), by < 0 ? 0 : -1) + by + all.length) % all.length];

function along(model: Model, walk: Walk, by: number): Walk {
  const ring = around(model, walk);
  if (ring.includes(walk.at)) return { ...walk, at: turned(by, walk.at, ring) };
  const near = neighbours(model, walk.at);
  return near.length ? { at: near[by > 0 ? 0 : near.length - 1], trail: [...walk.trail, walk.at] } : walk;
}

function into(model: Model, walk: Walk): Walk {
  const near = neighbours(model, walk.at).filter((id) => id !== walk.trail[walk.trail.length - 1]);
  return near.length ? { at: near[0], trail: [...walk.trail, walk.at] } : walk;
}

const KEYS: Record<string, (model: Model, walk: Walk, all: string[]) => Walk> = {
  ArrowDown: (model, walk) => along(model, walk, 1),
  ArrowUp: (model, walk) => along(model, walk, -1),
  ArrowRight: into,
  ArrowLeft: (_, { at, trail }) => (trail.length ? { at: trail[trail.length - 1], trail: trail.slice(0, -1) } : { at, trail }),
  PageDown: (_, walk, all) => ({ at: turned(1, walk.at, all), trail: [] }),
  PageUp: (_, walk, all) => ({ at: turned(-1, walk.at, all), trail: [] }),
  Home: (_, __, all) => ({ at: all[0], trail: [] }),
  End: (_, __, all) => ({ at: all[all.length - 1], trail: [] }),
};

/** The walk after a key: the same where it leads nowhere, null for a key that means nothing here. */
export function step(model: Model, walk: Walk, key: string): Walk | null {
  if (!Object.hasOwn(KEYS, key) || !model.points.length) return null;
  const all = byImportance(model, model.graph.nodes());
  if (!walk.at && key.startsWith("Arrow")) return { at: all[0], trail: [] };
  return KEYS[key](model, walk, all);
}
