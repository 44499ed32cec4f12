/** The shortest chains between two bodies, and the handles and bars of the period. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { chains } from "../src/app/path.ts";
import { histogram, moved } from "../src/app/period.ts";
import { START } from "../src/state.ts";
import { sample } from "./sample.ts";

test("a chain is the places of its links, from one end to the other", () => {
  assert.deepEqual(chains(sample(), 0, 2), [[0, 1]]);
  assert.deepEqual(chains(sample(), 2, 0), [[1, 0]]);
});

test("there is none to a body apart nor to itself", () => {
  assert.deepEqual(chains(sample(), 0, 3), []);
  assert.deepEqual(chains(sample(), 1, 1), []);
});

test("all chains of the shortest length, and no longer one", () => {
  const world = sample();
  world.links.push({ ...world.links[0], a: 0, b: 3 }, { ...world.links[0], a: 2, b: 3 });
  assert.deepEqual(chains(world, 0, 2), [[0, 1], [2, 3]]);
  world.links.push({ ...world.links[0], a: 0, b: 2 });
  assert.deepEqual(chains(world, 0, 2), [[4]]);
});

test("a link counts in each year it lasts, one without a date in none", () => {
  assert.deepEqual(histogram([{ first: "2019-05", last: "2021" }, {}, { last: "2020" }], 2019, 2021), [1, 2, 1]);
  assert.deepEqual(histogram([{ first: "2010", last: "2030" }], 2019, 2020), [1, 1]);
});

test("a handle never passes the other, and at its end there is no bound", () => {
  const stage = { state: { ...START, from: 2016, to: 2018 } };
  assert.deepEqual(moved("from", 2020, [2010, 2022], stage), { from: 2018, to: 2018 });
  assert.deepEqual(moved("to", 2011, [2010, 2022], stage), { from: 2016, to: 2016 });
  assert.deepEqual(moved("to", 2022, [2010, 2022], stage), { from: 2016, to: 0 });
  assert.deepEqual(moved("from", 2010, [2010, 2022], stage), { from: 0, to: 2018 });
});
