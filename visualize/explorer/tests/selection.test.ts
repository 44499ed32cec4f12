/** What a state selects: facets, period, partners, neighbourhood, counts. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPeriod, select } from "../src/selection.ts";
import { START, type State } from "../src/state.ts";
import { sample } from "./sample.ts";

const chosen = (change: Partial<State> = {}) => select(sample(), { ...START, ...change });

test("nothing asked shows all, labs left out of the activities", () => {
  const all = chosen();
  assert.deepEqual([all.bodies, all.links, all.activities], [[0, 1, 2, 3], [0, 1], [0, 1]]);
  assert.deepEqual(all.total, { bodies: 4, links: 2, activities: 2 });
});

test("a territory holds what lies in its parts", () => {
  assert.deepEqual(chosen({ territory: ["region-53"] }).bodies, [0, 1]);
  assert.deepEqual(chosen({ territory: ["department-35"] }).bodies, [0]);
  assert.equal(chosen().facets.territory["country-fr"], 2);
});

test("a territory that no source says can be asked for", () => {
  assert.deepEqual(chosen({ territory: ["?"] }).bodies, [2, 3]);
  assert.equal(chosen().facets.territory["?"], 2);
});

test("a kind that no source says can be asked for", () => assert.deepEqual(chosen({ kind: ["?"] }).bodies, [2, 3]));

test("values of one facet add up, facets narrow each other", () => {
  assert.deepEqual(chosen({ kind: ["L", "C"] }).bodies, [0, 1]);
  assert.deepEqual(chosen({ kind: ["L", "C"], theme: ["health"] }).bodies, [0]);
});

test("partners are brought in and known as such", () => {
  const found = chosen({ kind: ["L"], partners: true });
  assert.deepEqual([found.bodies, [...found.brought], found.links], [[0, 1], [1], [0]]);
  assert.equal(chosen({ kind: ["L"] }).links.length, 0);
});

test("what is asked of links leaves only bodies that have one", () => {
  assert.deepEqual(chosen({ sources: "several" }).bodies, [0, 1]);
  assert.deepEqual(chosen({ role: ["hosts"] }).links, [0]);
  assert.deepEqual(chosen({ evidence: ["implied"] }).links, [0]);
  assert.deepEqual(chosen({ evidence: ["carried"] }).links, [1]);
  assert.deepEqual(chosen({ evidence: ["implied", "carried"] }).links, []);
});

test("a period leaves out what no source dates", () => {
  assert.deepEqual(chosen({ from: 2020 }).links, [0]);
  assert.deepEqual(chosen({ from: 2021 }).links, []);
  assert.equal(inPeriod({}, START), true);
  assert.equal(inPeriod({ last: "2018" }, { ...START, from: 2018, to: 2018 }), true);
});

test("a neighbourhood ends after one line or two", () => {
  assert.deepEqual(chosen({ at: "organisation/ti-lab", ego: 1 }).bodies, [0, 1]);
  assert.deepEqual(chosen({ at: "organisation/ti-lab", ego: 2 }).bodies, [0, 1, 2]);
  assert.deepEqual(chosen({ at: "", ego: 2 }).bodies.length, 4);
});

test("a count says what a value would show, were its own facet lifted", () => {
  assert.deepEqual(chosen({ kind: ["L"] }).facets.kind, { L: 1, C: 1, "?": 2 });
  assert.deepEqual(chosen({ kind: ["L"] }).facets.theme, { health: 1 });
});

test("counts of a server are taken as they are", () => {
  const world = sample();
  world.counted = { facets: { kind: { L: 900 } }, total: { bodies: 9000, links: 5, activities: 4 } };
  assert.equal(select(world, START).facets.kind.L, 900);
  assert.equal(select(world, START).total.bodies, 9000);
});
