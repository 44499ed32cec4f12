/** The small world with sources under the licences of the list, and names that would break a careless writer. */

import type { Selection } from "../src/selection.ts";
import type { World } from "../src/world.ts";
import { sample } from "./sample.ts";

const licence = (iri: string, under: number[]) => ({ iri: `list/licence/${iri}`, page: under.length ? `https://spdx.org/licenses/${iri}` : "", short: iri, name: iri, under });

export const [BY, BY_NC_SA, BY_SA, ZERO, ETALAB, NONE, ODBL] = [0, 1, 2, 3, 4, 5, 6];
export const HOSTILE = '=SUM(A1)"</script><img src=x onerror=alert(1)>]]>&amp;\u0001\u202e😀\ud800,\n@prefix';

const source = (id: string, licence: number) => ({ id: `source/${id}`, title: `Title of ${id}`, publisher: `Publisher of ${id}`, date: "2026-01-01", licence, credit: `Credit of ${id}` });

/** Source 0 says links and bodies, 1 one link, 2 a territory, 3 nothing that is shown. */
export function credited(...under: number[]): World {
  const world = sample();
  world.base = "https://example.org/id/";
  world.concepts = world.concepts.map((one) => ({ ...one, iri: `https://example.org/${one.iri}` }));
  world.licences = [
    licence("CC-BY-4.0", [BY, BY_NC_SA, BY_SA, ODBL]), licence("CC-BY-NC-SA-4.0", [BY_NC_SA]), licence("CC-BY-SA-4.0", [BY_SA]),
    licence("CC0-1.0", [BY, BY_NC_SA, BY_SA, ZERO, ETALAB, ODBL]), licence("etalab-2.0", [BY, BY_NC_SA, BY_SA, ETALAB, ODBL]), licence("NONE", []),
    licence("ODbL-1.0", [ODBL]),
  ];
  world.sources = under.map((one, place) => source(`s${place}`, one));
  world.bodies = world.bodies.map((body) => ({ ...body, sources: [0] }));
  world.territories = world.territories.map((one) => ({ ...one, sources: under.length > 2 ? [2] : [0] }));
  return world;
}

export const everything = (world: World): Selection => ({
  bodies: world.bodies.map((_, place) => place), links: world.links.map((_, place) => place), activities: [],
  brought: new Set(), facets: {}, total: { bodies: world.bodies.length, links: world.links.length, activities: 0 },
});
