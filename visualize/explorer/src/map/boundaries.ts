/** The shapes of the map, on its own plane: departments, and regions merged from those that they hold. */

import { geoIdentity, geoPath } from "d3-geo";
import { feature, merge } from "topojson-client";
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from "topojson-specification";
import { script } from "../load.ts";
import type { World } from "../world.ts";
import type { Level } from "./geography.ts";

declare global {
  interface Window {
    maillageFrance?: Topology<{ departments: GeometryCollection }>;
  }
}

export const [WIDE, HIGH] = [760, 640];
const OVERSEAS = ["971", "972", "973", "974", "976"];
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

/** The shapes of a level; a territory without a department on the map has none. */
export function shapes(world: World, level: Level): Shape[] {
  const drawn = window.maillageFrance;
  if (!drawn) return [];
  const { geometries } = drawn.objects.departments;
  const byCode = new Map(geometries.map((one) => [String(one.id), one as Polygon | MultiPolygon]));
  const whole = feature(drawn, drawn.objects.departments);
  const project = geoIdentity().reflectY(true);
  const stretched = { type: "FeatureCollection" as const, features: whole.features.map((one) => ({ ...one, geometry: stretch(one.geometry) })) };
  project.fitExtent([[16, 16], [WIDE - 16, HIGH - 40]], stretched);
  const path = geoPath(project).digits(1);
  return world.territories.flatMap((territory, place) => {
    if (territory.level !== level) return [];
    const codes = level === "department" ? [territory.code] : inside(world, place);
    const parts = codes.flatMap((code) => byCode.get(code) ?? []);
    if (!parts.length) return [];
    const geometry = stretch(filled(merge(drawn, parts)));
    const [x, y] = path.centroid(largest(geometry));
    return [{ territory: place, path: path(geometry) ?? "", middle: [x, y] as [number, number], overseas: codes.some((code) => OVERSEAS.includes(code)), bounds: path.bounds(geometry) as Shape["bounds"] }];
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
  const area = (rings: number[][][]) => Math.abs(rings[0].reduce((sum, [x, y], place, ring) => sum + x * (ring[(place + 1) % ring.length][1] - ring[(place || ring.length) - 1][1]), 0));
  const [coordinates] = [...geometry.coordinates].sort((a, b) => area(b) - area(a));
  return { type: "Polygon", coordinates };
}

function stretch<T extends GeoJSON.Geometry>(geometry: T): T {
  const deep = (value: unknown): unknown => (Array.isArray(value) ? (typeof value[0] === "number" ? [value[0], (value[1] as number) * TALL, ...value.slice(2)] : value.map(deep)) : value);
  return "coordinates" in geometry ? { ...geometry, coordinates: deep(geometry.coordinates) } : geometry;
}
