/** The table of cases that Python's search passes too (tests/search). */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isSlip, Names, singular } from "../src/seek.ts";
import { fold } from "../src/world.ts";

const CASES = new URL("../../../tests/search/", import.meta.url);

/** A CSV whose cells hold no comma. */
function rows(name: string): Record<string, string>[] {
  const [head, ...lines] = readFileSync(new URL(name, CASES), "utf8").trimEnd().split("\n").map((line) => line.split(","));
  return lines.map((cells) => Object.fromEntries(head.map((title, place) => [title, cells[place]])));
}

const things = rows("names.csv").map(({ thing, names }) => ({ id: thing, sought: [...new Set(names.split(" | ").map(fold))].sort().join(" | ") }));
const index = new Names(things);

for (const { typed, found, near, why } of rows("cases.csv")) {
  test(`${typed}: ${why}`, () => {
    const said = index.seek(typed, 20);
    const ids = (places: number[]) => places.map((place) => things[place].id).join(" ");
    assert.deepEqual({ found: ids(said.found), near: ids(said.near) }, { found, near });
  });
}

test("number and slips, as Python reads them", () => {
  assert.deepEqual(["labs", "reseaux", "territoriaux", "bus"].map(singular), ["lab", "reseau", "territorial", "bus"]);
  const parted = ["dtip", "dit", "ditps", "ditq", "dipt", "ditp", "dpti"].filter((other) => isSlip("ditp", other));
  assert.deepEqual(parted, ["dtip", "dit", "ditps", "ditq", "dipt"]);
  assert.equal(isSlip("2021", "2022"), false);
});
