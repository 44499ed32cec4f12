/** A small world for tests: three bodies in a chain, one apart, an event, an edition, a lab that is carried. */

import type { Body, World } from "../src/world.ts";

const concept = (scheme: string, slug: string, letter?: string) => ({
  iri: `list/${scheme}/${slug}`, slug, scheme, name: { fr: `${slug} (fr)`, en: slug }, ...(letter ? { letter } : {}),
});

function body(id: string, name: string, more: Partial<Body> = {}): Body {
  const sought = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return {
    id: `organisation/${id}`, name, sought, kind: -1, territories: [], themes: [], methods: [],
    x: 0, y: 0, radius: 8, community: 0, ...more,
  };
}

/** Made anew at each call, so that no test changes what another reads. */
export function sample(): World {
  return {
    release: "1", certainties: ["stated", "implied", "ambiguous"], date: "2026-01-01", base: "base/", chunk: 2, colours: { unknown: "grey" }, communities: [], licences: [], sources: [],
    concepts: [
      concept("organisation-kind", "laboratory", "L"), concept("organisation-kind", "local-authority", "C"),
      concept("theme", "health"), concept("method", "design"), concept("role", "organises"), concept("role", "hosts"),
    ],
    territories: [
      { id: "territory/country-fr", code: "FR", level: "country", name: "France", within: [] },
      { id: "territory/region-53", code: "53", level: "region", name: "Bretagne", within: [0] },
      { id: "territory/department-35", code: "35", level: "department", name: "Ille-et-Vilaine", within: [0, 1] },
    ],
    bodies: [
      body("ti-lab", "Ti Lab", { kind: 0, territories: [2], themes: [2] }),
      body("region", "Région Bretagne", { kind: 1, territories: [1] }),
      body("ecole", "École du service public", { methods: [3] }),
      body("apart", "Œuvre à part"),
    ],
    activities: [
      { id: "event/atelier", name: "Atelier", type: "event", start: "2019-05-02", territories: [], formats: [], themes: [] },
      { id: "event/mois", name: "Mois", type: "edition", start: "2021", territories: [], formats: [], themes: [] },
      { id: "organisation/ti-lab", name: "Ti Lab", type: "lab", body: 0, territories: [], formats: [], themes: [] },
    ],
    participations: [
      { id: "p0", body: 0, activity: 0, role: 4, certainty: 0, sources: [0] },
      { id: "p1", body: 1, activity: 0, role: 5, certainty: 1, sources: [1] },
      { id: "p2", body: 2, activity: 1, role: 4, certainty: 2, sources: [0] },
      { id: "p3", body: 1, activity: 1, role: 4, certainty: 0, sources: [0] },
    ],
    links: [
      { a: 0, b: 1, directed: false, kinds: [], ties: [], participations: [0, 1], first: "2019-05-02", last: "2020", weight: 1, newman: 1, certainty: 1, sources: [0, 1], rule: "r" },
      { a: 1, b: 2, directed: false, kinds: [], ties: [], participations: [2, 3], weight: 1, newman: 1, certainty: 0, sources: [0] },
    ],
  };
}
