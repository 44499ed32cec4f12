/** The network: what is drawn of a selection, how it looks, what stands for many, and how one walks in it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { around, byImportance, kept, START as STILL, step } from "../src/network/keys.ts";
import { scene, situation } from "../src/network/looks.ts";
import { model, MOST, partnersOf } from "../src/network/model.ts";
import { dashes, inkOf } from "../src/network/paint.ts";
import { sentences } from "../src/network/sentences.ts";
import { select } from "../src/selection.ts";
import { START, type State } from "../src/state.ts";
import type { Stage } from "../src/view.ts";
import type { World } from "../src/world.ts";
import { sample } from "./sample.ts";

const drawn = (world: World, change: Partial<State> = {}, path: number[] = []) => {
  const state = { ...START, ...change };
  const made = model(world, select(world, state), state, path);
  return { made, seen: scene(made, situation(made, state, path)) };
};

/** So many bodies in so many communities, each linked to the next of its community, and the communities in a chain. */
function crowd(size: number, groups: number): World {
  const world = sample();
  const [one] = world.bodies;
  world.bodies = Array.from({ length: size }, (_, n) => ({ ...one, id: `organisation/b${n}`, name: `B ${n}`, kind: n % 2, x: n, y: n % 7, community: n % groups }));
  const link = (a: number, b: number) => ({ ...world.links[0], a, b, participations: [] });
  world.links = world.bodies.flatMap((_, n) => (n + groups < size ? [link(n, n + groups)] : []));
  for (let n = 1; n < groups; n++) world.links.push(link(n - 1, n));
  world.communities = Array.from({ length: groups }, (_, n) => ({ title: `G ${n}`, x: n * 100, y: 0, hull: [], size: size / groups }));
  return world;
}

test("a graph of what is selected: partners are counted once, lines know what they are", () => {
  const world = sample();
  world.links.push({ ...world.links[0], rule: undefined });
  const { made } = drawn(world);
  assert.equal(made.graph.order, 4);
  assert.equal(made.graph.size, 3);
  assert.equal(made.graph.getNodeAttribute("organisation/ti-lab", "degree"), 1);
  assert.deepEqual(made.lines.map((one) => one.style), ["within", "carried", "carried"]);
  assert.deepEqual([...(partnersOf(world, [0, 1, 2]).get(1) ?? [])].sort(), [0, 2]);
  world.bodies[1].community = 1;
  assert.equal(drawn(world).made.lines[0].style, "between");
});

test("what is chosen and its neighbours stand out, the rest fades", () => {
  const { seen } = drawn(sample(), { at: "organisation/ti-lab" });
  assert.deepEqual(seen.points.map((one) => one.faded), [false, false, true, true]);
  assert.deepEqual(seen.points.map((one) => one.ring), [true, false, false, false]);
  assert.deepEqual(seen.lines.map((one) => one.strength), ["strong", "faded"]);
});

test("a chosen line stands out with its ends", () => {
  const { seen } = drawn(sample(), { at: "organisation/region~organisation/ecole" });
  assert.deepEqual(seen.lines.map((one) => one.strength), ["faded", "strong"]);
  assert.deepEqual(seen.points.map((one) => one.faded), [true, false, false, true]);
});

test("without a choice, and where it is not shown, nothing fades", () => {
  for (const at of ["", "event/atelier", "organisation/nobody"]) {
    const { seen } = drawn(sample(), { at });
    assert.ok(seen.points.every((one) => !one.faded && !one.ring));
    assert.ok(seen.lines.every((one) => one.strength === "plain"));
  }
});

test("a chain is numbered in its order, and drawn even where a filter leaves it out", () => {
  const state = { at: "organisation/ecole", path: "organisation/ti-lab" };
  const { seen } = drawn(sample(), state, [1, 0]);
  assert.deepEqual(seen.lines.map((one) => [one.link, one.step]), [[0, 2], [1, 1]]);
  assert.deepEqual(seen.points.map((one) => one.faded), [false, false, false, true]);
  assert.deepEqual(seen.points.map((one) => one.ring), [true, false, true, false]);
  const filtered = drawn(sample(), { ...state, method: ["design"] }, [1, 0]).seen;
  assert.equal(filtered.lines.length, 2);
});

test("certainty and kind of link are told by dashes, place by colour", () => {
  const signs = [["within", 0], ["within", 1], ["within", 2], ["carried", 0], ["carried", 1]] as const;
  const all = signs.map(([style, certainty]) => dashes({ style, certainty }).join());
  assert.equal(new Set(all).size, all.length);
  const colours = { accent: "a", control: "c", "link-faint": "f" };
  assert.deepEqual(inkOf(colours, { strength: "plain", style: "within" }), ["c", 1]);
  assert.equal(inkOf(colours, { strength: "plain", style: "between" })[0], "a");
  assert.ok(inkOf(colours, { strength: "plain", style: "between" }, 20_000)[1] < inkOf(colours, { strength: "plain", style: "between" }, 200)[1]);
  assert.equal(inkOf(colours, { strength: "faded", style: "between" })[0], "f");
});

test("up to the limit every body is itself", () => {
  const { made } = drawn(crowd(MOST, 10));
  assert.equal(made.aggregated, false);
  assert.equal(made.points.length, MOST);
});

test("above it, communities stand for their members and links between them are summed", () => {
  const { made } = drawn(crowd(2000, 10));
  assert.equal(made.aggregated, true);
  assert.equal(made.points.length, 10);
  assert.deepEqual(made.points.map((one) => one.degree), Array(10).fill(200));
  assert.equal(made.points[0].small, "L 200");
  assert.equal(made.lines.length, 9);
  assert.equal(made.lines.reduce((sum, one) => sum + one.count, 0), 9);
});

test("of too many, those without a link are left to the table, but for what is chosen", () => {
  const world = crowd(2000, 10);
  world.links = world.links.slice(0, 3); // b0 to b10, b1 to b11, b2 to b12
  const names = (change: Partial<State> = {}) => drawn(world, change).made.points.map((one) => one.id.replace("organisation/", ""));
  assert.deepEqual(names().sort(), ["b0", "b1", "b10", "b11", "b12", "b2"]);
  assert.equal(drawn(world).made.undrawn, 1994);
  assert.equal(drawn(world).made.aggregated, false);
  assert.ok(names({ at: "organisation/b7" }).includes("b7"));
  assert.equal(names({ all: true }).length, 2000);
  world.bodies = world.bodies.slice(0, MOST);
  assert.deepEqual([names().length, drawn(world).made.undrawn], [MOST, 0]);
});

test("links that rest on the view of one body alone are said to", () => {
  const world = sample();
  const source = { id: "source/a", title: "A", publisher: "", date: "", licence: 0, credit: "" };
  world.sources = [{ ...source, viewpoint: "organisation/region" }, source];
  const said: [string, unknown][] = [];
  const stage = { world, lang: "fr", say: (key: string, values: unknown) => (said.push([key, values]), key) } as unknown as Stage;
  sentences(stage, select(world, START)); // the first link rests on both sources, the second on the view alone
  assert.deepEqual(said.filter(([key]) => key === "network.view"), [["network.view", { n: 1, all: 2, body: "Région Bretagne" }]]);
});

test("an open community shows its members at their places, linked to the discs of others", () => {
  const world = crowd(2000, 10);
  const { made } = drawn(world, { open: ["3"] });
  assert.equal(made.points.filter((one) => one.body >= 0).length, 200);
  assert.ok(made.points.filter((one) => one.body >= 0).every((one) => one.community === 3 && one.x === world.bodies[one.body].x));
  assert.ok(!made.graph.hasNode("community-3"));
  assert.ok(made.graph.hasEdge("organisation/b3", "community-2"));
  assert.ok(made.graph.hasEdge("organisation/b3", "community-4"));
});

test("what is chosen is seen with its partners in an aggregated network", () => {
  const { made } = drawn(crowd(2000, 10), { at: "organisation/b15" });
  assert.deepEqual(made.points.filter((one) => one.body >= 0).map((one) => one.body), [5, 15, 25]);
  assert.equal(made.graph.getNodeAttribute("community-5", "degree"), 197);
});

test("all of them when asked for, and as a server counts them", () => {
  assert.equal(drawn(crowd(2000, 10), { all: true }).made.points.length, 2000);
  const world = crowd(30, 3);
  world.counted = { facets: {}, total: { bodies: 3000, links: 90, activities: 0 }, communities: { 0: 1000, 1: 1500, 2: 500 }, between: [[0, 1, 40], [1, 2, 5]] };
  const { made } = drawn(world, { open: ["2"] });
  assert.deepEqual(made.points.filter((one) => one.body < 0).map((one) => one.degree), [1000, 1500, 490]);
  assert.deepEqual(made.lines.filter((one) => one.link < 0).map((one) => one.count), [40, 5]);
});

test("the keyboard: first the most linked, then around it, into a neighbour and back", () => {
  const { made } = drawn(sample());
  assert.deepEqual(byImportance(made, made.graph.nodes())[0], "organisation/region");
  let walk = STILL;
  const press = (key: string) => (walk = step(made, walk, key) ?? walk).at.replace("organisation/", "");
  assert.equal(press("ArrowDown"), "region");
  assert.equal(press("ArrowDown"), "ti-lab");
  assert.equal(press("ArrowDown"), "ecole");
  assert.equal(press("ArrowDown"), "ti-lab");
  assert.equal(press("ArrowUp"), "ecole");
  assert.deepEqual(around(made, walk), ["organisation/ti-lab", "organisation/ecole"]);
  assert.equal(step(made, walk, "ArrowRight"), walk, "no other neighbour");
  assert.equal(press("ArrowLeft"), "region");
  assert.equal(press("ArrowRight"), "ti-lab");
  assert.equal(press("End"), "apart");
  assert.equal(press("PageDown"), "region");
  assert.equal(press("PageUp"), "apart");
  assert.equal(press("Home"), "region");
  assert.equal(step(made, walk, "a"), null);
  assert.equal(step(made, walk, "toString"), null);
});

test("a walk forgets what is no more shown", () => {
  const { made } = drawn(sample(), { kind: ["L"] });
  assert.deepEqual(kept(made, { at: "organisation/ti-lab", trail: ["organisation/region"] }), { at: "organisation/ti-lab", trail: [] });
  assert.deepEqual(kept(made, { at: "organisation/region", trail: [] }), STILL);
});
