/** How each point and line looks: pure functions of what it is, what is chosen and what is looked at. */

import type { State } from "../state.ts";
import type { Line, Model, Point } from "./model.ts";

/** What the looks depend on, beside the things themselves. */
export interface Situation {
  chosen: Set<string>; // the body that is chosen, or both ends of a line
  line: string; // the line that is chosen
  path: number[]; // the links of a chain, in their order
  goal: string; // the body to which it leads
  near: Set<string>; // what stands out with what is chosen
}

export interface Dot extends Point {
  faded: boolean;
  ring: boolean;
}

export interface Stroke extends Line {
  strength: "plain" | "faded" | "strong";
  step: number; // in a chain, 0 outside
}

export interface Scene {
  points: Dot[];
  lines: Stroke[];
  groups: Model["groups"];
  aggregated: boolean;
}

/** What stands out: the chain, or the line, or what is chosen with its neighbours. */
export function situation({ graph, lines }: Model, state: State, path: number[]): Situation {
  const chosen = new Set(state.at.split("~").filter((id) => graph.hasNode(id)));
  const near = new Set(chosen);
  if (path.length) for (const one of lines) if (path.includes(one.link)) near.add(one.a.id).add(one.b.id);
  if (!path.length && chosen.size === 1) for (const id of chosen) for (const one of graph.neighbors(id)) near.add(one);
  return { chosen, line: chosen.size === 2 ? state.at : "", path, goal: path.length ? state.path : "", near };
}

export function dot(point: Point, { chosen, near, goal }: Situation): Dot {
  return { ...point, faded: chosen.size > 0 && !near.has(point.id), ring: chosen.has(point.id) || point.id === goal };
}

export function stroke(line: Line, seen: Situation): Omit<Stroke, "a" | "b"> {
  const step = seen.path.indexOf(line.link) + 1;
  return { ...line, step, strength: strength(line, seen, step) };
}

function strength(line: Line, seen: Situation, step: number): Stroke["strength"] {
  if (!seen.chosen.size) return "plain";
  if (seen.path.length) return step ? "strong" : "faded";
  if (seen.line) return line.id === seen.line ? "strong" : "faded";
  return seen.chosen.has(line.a.id) || seen.chosen.has(line.b.id) ? "strong" : "faded";
}

/** Everything with its look, ready to be painted. */
export function scene(model: Model, seen: Situation): Scene {
  const dots = new Map(model.points.map((one) => [one.id, dot(one, seen)]));
  const lines = model.lines.map((one) => ({ ...stroke(one, seen), a: dots.get(one.a.id) as Dot, b: dots.get(one.b.id) as Dot }));
  return { points: [...dots.values()], lines, groups: model.groups, aggregated: model.aggregated };
}
