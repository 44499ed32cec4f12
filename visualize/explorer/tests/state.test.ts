/** The address says the whole state, and reading it gives the state back. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { FACETS, MULTIPLE, read, SINGLE, START, write, type State } from "../src/state.ts";

const EVERY: Partial<State>[] = [
  ...MULTIPLE.map((facet) => ({ [facet]: ["L", "?", "region-53"] })), ...SINGLE.map((facet) => ({ [facet]: FACETS[facet].values?.at(-1) })),
  { view: "events" }, { lang: "en" }, { from: 2019 },
  { to: 2021 }, { partners: true }, { at: "organisation/ti-lab" }, { at: "organisation/a~organisation/é-b" }, { ego: 2 },
  { path: "organisation/b" }, { open: ["3", "4"] }, { all: true }, { level: "department" }, { sort: "-since" }, { zoom: "1.5,-2,3" },
  { release: "0.1.0+f3" }, { embed: true },
];

for (const change of EVERY) {
  test(`round trip of ${JSON.stringify(change)}`, () => {
    const state = { ...START, ...change };
    assert.deepEqual(read(write(state)), state);
  });
}

test("every part of the state is tried", () => {
  assert.deepEqual(new Set(EVERY.flatMap(Object.keys)), new Set(Object.keys(START)));
});

test("what is at its start is not written", () => assert.equal(write(START), "?"));

test("a page that opens elsewhere keeps what differs from its own start", () => {
  const small = { ...START, view: "table" as const, lang: "en" as const };
  for (const change of [...EVERY, { view: "network" as const }, { lang: "fr" as const }]) {
    const state = { ...small, ...change };
    assert.deepEqual(read(write(state, small), small), state);
  }
});

test("what an address says wrong is left at its start", () => {
  assert.deepEqual(read("?view=globe&lang=de&from=now&ego=9&sources=none&embed=yes"), START);
});
