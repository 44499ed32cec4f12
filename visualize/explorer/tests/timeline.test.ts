import assert from "node:assert/strict";
import { test } from "node:test";
import { beginnings, period, rows, spacing } from "../src/timeline/years.ts";
import { everything } from "./credited.ts";
import { sample } from "./sample.ts";

test("a link stands at its first year in the row of each of its kinds; what no source dates is apart", () => {
  const world = sample();
  world.links[0].kinds = [4, 5];
  const found = rows(world, everything(world));
  assert.deepEqual(found.rows.map((row) => [row.kind, row.total, [...row.years]]), [[4, 1, [[2019, [0]]]], [5, 1, [[2019, [0]]]]]);
  assert.deepEqual([found.dated, found.undated], [1, [1]]);
  assert.deepEqual([...beginnings(world, everything(world))], [[2019, 1]], "a link of two kinds begins once");
});

test("a link that has only an end stands there", () => {
  const world = sample();
  world.links[1] = { ...world.links[1], kinds: [4], last: "2021-03" };
  assert.deepEqual([...rows(world, everything(world)).rows[0].years], [[2021, [1]]]);
});

test("the fuller the years, the closer the dots; too many are bars", () => {
  const row = (n: number) => [{ kind: 0, total: n, years: new Map([[2020, Array.from({ length: n }, (_, place) => place)]]) }];
  assert.deepEqual([10, 20, 40, 400].map((n) => spacing(row(n), 30, 88)), [11, 9.5, 0, 0]);
  assert.equal(spacing(row(30), 30, 88), 8);
  assert.equal(spacing([], 30, 88), 11);
});

test("pressing a year chooses it, again all of them, with the shift key up to it", () => {
  const none = { from: 0, to: 0 };
  assert.deepEqual(period(2019, false, none), { from: 2019, to: 2019 });
  assert.deepEqual(period(2019, false, { from: 2019, to: 2019 }), none);
  assert.deepEqual(period(2021, true, { from: 2019, to: 2019 }), { from: 2019, to: 2021 });
  assert.deepEqual(period(2016, true, { from: 2019, to: 2021 }), { from: 2016, to: 2021 });
  assert.deepEqual(period(2016, true, none), { from: 2016, to: 2016 });
});
