/** The departments of France as TopoJSON, quantised, each under its INSEE code; overseas ones are drawn apart there.
 * Regions are merged from departments in the browser, by the territories of the graph.
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { feature } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify, quantile, simplify } from "topojson-simplify";

const BOUNDARIES = "node_modules/@superset-ui/legacy-plugin-chart-country-map/esm/countries/france.geojson";
/** ISO 3166-2 says FR-GP where INSEE says 971. */
const OVERSEAS = { GP: "971", MQ: "972", GF: "973", RE: "974", YT: "976" };
const SNAP = 4000; // a grid that brings together borders drawn twice
const QUANTA = 8000;
const KEPT = 0.35; // of the points, the least telling taken out first

export async function france(here) {
  const drawn = JSON.parse(await readFile(join(here, BOUNDARIES), "utf8"));
  const features = drawn.features.map((feature) => {
    const iso = feature.properties.ISO.trim().replace("FR-", "");
    return { type: "Feature", id: OVERSEAS[iso] ?? iso, properties: {}, geometry: feature.geometry };
  });
  if (new Set(features.map((one) => one.id)).size !== 101) throw new Error(`${BOUNDARIES}: 101 departments were expected`);
  const whole = presimplify(topology({ departments: { type: "FeatureCollection", features } }, SNAP));
  const simple = simplify(whole, quantile(whole, 1 - KEPT));
  return topology({ departments: feature(simple, simple.objects.departments) }, QUANTA);
}
