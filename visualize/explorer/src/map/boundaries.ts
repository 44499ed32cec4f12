/** The shapes of the map, on its own plane: departments, and regions merged from those that they hold. */

import { geoIdentity, geoPath } from "d3-geo";
import { feature, merge } from "topojson-client";
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from "topojson-specification";
import { script } from "../load.ts";
import type { Territory, World } from "../world.ts";
import type { Level } from "./geography.ts";

declare global {
  interface Window {
    maillageFrance?: Topology<{ departments: GeometryCollection }>;
  }
}

export const [WIDE, HIGH] = [760, 600];
const [EDGE, BELOW] = [12, 30];
const OVERSEAS = ["971", "972", "973", "974", "976"]; // drawn near the mainland, each at its own scale
const TALL = 1.42; // of a degree of latitude, in degrees of longitude, in the middle of France

export interface Shape {
  territory: number;
  path: string;
  middle: [number, number];
  overseas: boolean;
  bounds: [[number, number], [number, number]];
}

export async function boundaries(): Promise<void> {
  if (!window.maillageFrance) await script("assets/france.js");
}

const made = new WeakMap<Territory[], Partial<Record<Level, Shape[]>>>();

/** The shapes of a level, none before `boundaries` came; a territory without a department on the map has none. */
export function shapes(world: World, level: Level): Shape[] {
  if (!window.maillageFrance) return [];
  const kept = made.get(world.territories) ?? {};
  made.set(world.territories, kept);
  return (kept[level] ??= shaped(world, level, window.maillageFrance));
}

function shaped(world: World, level: Level, drawn: NonNullable<Window["maillageFrance"]>): Shape[] {
  const byCode = new Map(drawn.objects.departments.geometries.map((one) => [String(one.id), one as Polygon | MultiPolygon]));
  const whole = feature(drawn, drawn.objects.departments);
  const features = whole.features.map((one) => ({ ...one, geometry: stretched(one.geometry) }));
  const project = geoIdentity().reflectY(true).fitExtent([[EDGE, EDGE], [WIDE - EDGE, HIGH - BELOW]], { type: "FeatureCollection", features });
  const path = geoPath(project).digits(1);
  return world.territories.flatMap((territory, place) => {
    if (territory.level !== level) return [];
    const codes = level === "department" ? [territory.code] : inside(world, place);
    const parts = codes.flatMap((code) => byCode.get(code) ?? []);
    if (!parts.length) return [];
    const geometry = stretched(filled(merge(drawn, parts)));
    return [{
      territory: place, path: path(geometry) ?? "", middle: path.centroid(largest(geometry)),
      overseas: codes.some((code) => OVERSEAS.includes(code)), bounds: path.bounds(geometry),
    }];
  });
}

function inside(world: World, region: number): string[] {
  return world.territories.filter((one) => one.level === "department" && one.within.includes(region)).map((one) => one.code);
}

/** Without holes: borders that were drawn twice leave slivers between departments. */
function filled(geometry: GeoJSON.MultiPolygon): GeoJSON.MultiPolygon {
  return { ...geometry, coordinates: geometry.coordinates.map((rings) => rings.slice(0, 1)) };
}

/** A label stands on the largest island, not between islands. */
function largest(geometry: GeoJSON.MultiPolygon): GeoJSON.Polygon {
  const [coordinates] = [...geometry.coordinates].sort((a, b) => area(b[0]) - area(a[0]));
  return { type: "Polygon", coordinates };
}

/** Twice the area of a ring, by the shoelace formula. */
function area(ring: GeoJSON.Position[]): number {
  return Math.abs(ring.reduce((sum, [x, y], place) => {
    const [nextX, nextY] = ring[(place + 1) % ring.length];
    return sum + x * nextY - nextX * y;
  }, 0));
}

type Nested = number | Nested[];

function stretched<T extends GeoJSON.Geometry>(geometry: T): T {
  const deep = (value: Nested[]): Nested[] => (typeof value[0] === "number" ? [value[0], (value[1] as number) * TALL] : value.map((one) => deep(one as Nested[])));
  return "coordinates" in geometry ? { ...geometry, coordinates: deep(geometry.coordinates) } : geometry;
}
