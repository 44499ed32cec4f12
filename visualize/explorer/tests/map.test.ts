import assert from "node:assert/strict";
import { test } from "node:test";
import { arcs, count, levelOf, pressed, ranges, shade } from "../src/map/geography.ts";
import { spots } from "../src/map/names.ts";
import { START } from "../src/state.ts";
import { everything } from "./credited.ts";
import { sample } from "./sample.ts";

test("bodies are counted in every territory that holds them, and apart where none does", () => {
  const world = sample();
  const regions = count(world, everything(world), "region");
  assert.deepEqual(regions.bodies.get(1), [0, 1]);
  assert.deepEqual(regions.nowhere, [2, 3]);
  assert.deepEqual([regions.abroad, regions.national, regions.wider, regions.away], [[], [], [], []]);
});

test("a body of the country, of a whole region, of a territory that is not drawn: each has its reason", () => {
  const world = sample();
  world.bodies[2].territories = [0];
  const departments = count(world, everything(world), "department");
  assert.deepEqual([departments.national, departments.wider], [[2], [1]]);
  const undrawn = count(world, everything(world), "department", new Set());
  assert.deepEqual([undrawn.away, undrawn.bodies.size], [[0], 0]);
});

test("a body of another country is off the map of France for that reason, one of two countries is not", () => {
  const world = sample();
  const place = world.territories.push({ id: "territory/country-gb", code: "GB", level: "country", name: "Royaume-Uni", within: [] }) - 1;
  const home = world.territories.push({ id: "territory/country-fr", code: "FR", level: "country", name: "France", within: [] }) - 1;
  world.bodies[2].territories = world.bodies[2].countries = [place];
  world.bodies[3].countries = [place, home];
  const regions = count(world, everything(world), "region");
  assert.deepEqual([regions.abroad, regions.national, regions.nowhere], [[2], [], [3]]);
});

test("a territory is known as soon as anything of the whole world is there, selected or not", () => {
  const world = sample();
  const nothing = { ...everything(world), bodies: [], links: [] };
  assert.deepEqual([...count(world, nothing, "region").known], [1]);
  world.bodies = [];
  assert.equal(count(world, nothing, "region").known.size, 0);
  world.activities[0].territories = [2];
  assert.deepEqual([...count(world, nothing, "region").known], [1]);
  world.counted = { facets: {}, total: { bodies: 0, links: 0, activities: 0 }, known: [2] };
  assert.deepEqual([...count(world, nothing, "department").known], [2], "a server says it for the whole world");
});

test("arcs weigh links between two territories, loops links inside one, each link once", () => {
  const world = sample();
  world.territories.push({ id: "territory/region-52", code: "52", level: "region", name: "Pays de la Loire", within: [0] });
  world.bodies[2].territories = [3, 1];
  const found = arcs(world, everything(world), "region");
  assert.deepEqual(found.map(({ a, b, links }) => [a, b, links]), [[1, 1, [0, 1]], [1, 3, [1]]]);
});

test("shades: none is the lightest, the most the darkest, and the legend says their bounds", () => {
  assert.deepEqual([0, 1, 4, 5, 17].map((value) => shade(value, 17, 4)), [0, 1, 1, 2, 4]);
  assert.deepEqual(ranges(17, 4), [[1, 4], [5, 8], [9, 12], [13, 17]]);
  assert.deepEqual(ranges(1, 4).filter(Boolean), [[1, 1]]);
});

test("departments once a region is chosen, unless the address says which", () => {
  const world = sample();
  assert.equal(levelOf(world, START), "region");
  assert.equal(levelOf(world, { ...START, territory: ["region-53"] }), "department");
  assert.equal(levelOf(world, { ...START, territory: ["region-53"], level: "region" }), "region");
  assert.equal(levelOf(world, { ...START, territory: ["?"] }), "region");
});

test("pressing a territory chooses it alone, or among others that it does not lie in", () => {
  const world = sample();
  const chosen = { ...START, territory: ["region-53"] };
  assert.deepEqual(pressed(world, START, 1, false), ["region-53"]);
  assert.deepEqual(pressed(world, chosen, 1, false), []);
  assert.deepEqual(pressed(world, chosen, 2, true), ["department-35"]);
  assert.deepEqual(pressed(world, { ...START, territory: ["region-11"] }, 1, true), ["region-11", "region-53"]);
});

test("names never stand over one another nor over a disc", () => {
  const at = (words: string, x: number, overseas = false) => ({ words, overseas, middle: [x, 50] as [number, number], bounds: [[x - 10, 40], [x + 10, 60]] as [[number, number], [number, number]] });
  const named = [at("Hauts-de-France", 50), at("Normandie", 55), at("Nowhere left", 60)];
  const found = spots(named, named, 1);
  assert.deepEqual(found.map((one) => [one.words, one.y]), [["Hauts-de-France", 72], ["Normandie", 35]]);
  const frames = spots([at("Guadeloupe", 50, true), at("Martinique", 90, true)], [], 1);
  assert.deepEqual(frames.map((one) => one.y), [28, 80], "over its frame, else under it");
});
