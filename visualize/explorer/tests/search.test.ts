/** Search by any name; the best first. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { rank, search } from "../src/app/search.ts";
import { sample } from "./sample.ts";

const names = (typed: string) => search(sample(), typed, "fr").map((one) => one.name);

test("the whole name comes before its beginning, then a word's beginning, then words anywhere", () => {
  assert.equal(rank("ti lab | tilab", "tilab"), 0);
  assert.equal(rank("ti lab | tilab", "ti"), 1);
  assert.equal(rank("ti lab | tilab", "lab"), 2);
  assert.equal(rank("region bretagne", "agne reg"), 3);
  assert.equal(rank("region bretagne", "normandie"), -1);
});

test("accents and capitals do not count", () => {
  assert.deepEqual(names("ECOLE"), ["École du service public"]);
  assert.deepEqual(names("region bret"), ["Région Bretagne"]);
});

test("an exact name comes before a longer one, and nothing typed finds nothing", () => {
  assert.deepEqual(names("bretagne"), ["Bretagne", "Région Bretagne"]);
  assert.deepEqual(names("b").slice(0, 2), ["Bretagne", "Région Bretagne"]);
  assert.deepEqual(names(" ' "), []);
});

test("themes are found, labs only once", () => {
  assert.deepEqual(search(sample(), "health", "en").map((one) => [one.kind, one.place]), [["theme", 2]]);
  assert.deepEqual(search(sample(), "ti lab", "en").map((one) => one.kind), ["body"]);
});
