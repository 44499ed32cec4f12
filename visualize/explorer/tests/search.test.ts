/** Search by any name; the best first. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Search } from "../src/app/search.ts";
import { sample } from "./sample.ts";

const names = (typed: string) => new Search(sample(), "fr").seek(typed).found.map((one) => one.name);

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
  assert.deepEqual(new Search(sample(), "en").seek("health").found.map((one) => [one.kind, one.place]), [["theme", 2]]);
  assert.deepEqual(new Search(sample(), "en").seek("ti lab").found.map((one) => one.kind), ["body"]);
});

test("bodies come before territories that answer as well, and one kind may be asked for", () => {
  const found = (kinds: ("body" | "territory")[]) => new Search(sample(), "fr", kinds).seek("france").found.map((one) => one.kind);
  assert.deepEqual(found([]), ["territory"]);
  assert.deepEqual(found(["body"]), []);
});

test("what nothing answers to says what is near", () => {
  const search = new Search(sample(), "fr");
  assert.deepEqual([search.seek("bretaggnne").near, search.seek("bretaggnne").found.map((one) => one.name)], [true, ["Région Bretagne", "Bretagne"]]);
  assert.deepEqual([search.seek("xyz").near, search.seek("xyz").found], [true, []]);
  assert.equal(search.seek("bretange").near, false);
});
