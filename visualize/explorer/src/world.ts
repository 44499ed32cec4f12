/** What the explorer shows: the shapes of the data that maillage/visualize/portal/explorer.py writes, and how they load.
 * Everything points to everything else by its place in a list. A text that is one string is the same in both languages.
 */

export type Lang = "fr" | "en";
export type Text = string | { fr: string; en: string };

/** A member of a SKOS list: kind of body, role, theme, method, certainty, kind of link… `slug` ends its IRI. */
export interface Concept {
  iri: string;
  slug: string;
  scheme: string; // organisation-kind, lab-kind, role, theme, method, certainty, partnership-kind, state, format, …
  name: Text;
  letter?: string; // of a main kind of body
}

/** `within`: every territory that holds it, however far up; `sources`: that say its name and code. */
export interface Territory {
  id: string; // territory/region-53
  code: string;
  level: string; // country, region, department, intercommunality, commune, former-region
  name: Text;
  within: number[];
  sources?: number[];
}

export interface Source {
  id: string;
  title: string;
  publisher: string;
  date: string; // when it was read
  licence: number;
  credit: string;
  viewpoint?: string; // the body whose view it gives: it and its partners are seen more than others
}

/** `under`: the licences under which its material may be handed on, itself included where it allows it. */
export interface Licence {
  iri: string;
  page: string;
  short: string;
  name: Text;
  under: number[];
}

/** Where a lab stands, a concept, at the date of the page that says so; without a date where the page has none. */
export interface State {
  state: number;
  date?: string;
  certainty: number;
}

/** Where sources disagree on what is shown of a thing: the mark, with every value. */
export interface Disputed {
  start?: Text;
  end?: Text;
  states?: Text;
}

export interface Body {
  id: string; // organisation/ti-lab: the IRI without world.base
  name: Text;
  short?: string; // acronym
  map?: string[]; // the lines of its label on a map, reviewed
  sought: string; // every name it bears, folded: see fold()
  kind: number; // main kind (a concept with a letter), -1 when no source says it
  sort?: number; // the narrower kind
  lab?: number; // kind of lab, for a lab
  states?: State[]; // of a lab, newest first
  disputed?: Disputed;
  territories: number[]; // as sources say; empty when none does
  countries?: number[]; // territories too: the country of its territory, or the one that a source gives
  themes: number[];
  methods: number[];
  sources?: number[]; // that say its name, kind, place…
  start?: string; // a year, a month or a day
  end?: string;
  x: number; // place in the network, in pixels at the scale 1
  y: number;
  radius: number;
  community: number;
}

/** What bodies take part in. A lab is what its carriers take part in: then `body` is its place in `bodies`. */
export interface Activity {
  id: string;
  name: Text;
  type: "event" | "edition" | "series" | "programme" | "lab";
  body?: number;
  start?: string;
  end?: string;
  pageYear?: string; // where no day is known
  attendance?: number;
  territories: number[];
  territoryCertainty?: number; // implied, where it is its host's (a concept)
  place?: Text;
  whole?: number; // the activity it is part of
  formats: number[];
  themes: number[];
  sources?: number[]; // that say its name, dates, place…
  disputed?: Disputed;
}

export interface Participation {
  id: string;
  body: number;
  activity: number;
  role: number;
  start?: string;
  end?: string;
  pageYear?: string; // where no day is known
  dating?: number; // where the days come from: itself, its activity or the edition (a concept)
  certainty: number; // its place among the world's certainties
  sources: number[];
  note?: Text;
  place?: number; // in the whole world, where this is a part of it: files of evidence know it by that
}

/** What ties two bodies in an activity, as the rules of the graph drew it. `reads`: 1 from a to b, -1 from b to a, 0
 * neither way. `first`, `last`: its days, those of the participations, else of the activity, else of the edition
 * (`dating`, a concept); without any, the year of the page; `occurrence`: held or planned. */
export interface Tie {
  kind: number; // a partnership-kind concept
  reads: 1 | -1 | 0;
  activity: number;
  first?: string;
  last?: string;
  dating?: number;
  pageYear?: string;
  occurrence?: number;
  certainty: number;
  participations: number[];
}

/** Two bodies and their ties; it reads from a to b (`directed`) where its ties agree on that, from a carrier to its lab.
 * `participations`: what it rests on, on either side; `rule`: by which all ties but carrying are derived. */
export interface Link {
  a: number;
  b: number;
  directed: boolean;
  kinds: number[]; // partnership-kind concepts
  ties: Tie[]; // by date
  participations: number[];
  first?: string;
  last?: string;
  weight: number; // distinct activities
  newman: number; // each of them counts 1/(n-1), n being the bodies tied in it
  certainty: number;
  sources: number[];
  rule?: Text;
}

export interface Community {
  title: Text;
  x: number;
  y: number;
  hull: [number, number][]; // empty where it is too small to be drawn
  size: number;
}

/** Counted by the server for a selection that is not the whole world; absent from disk. See selection.ts. */
export interface Counted {
  facets: Record<string, Record<string, number>>;
  total: { bodies: number; links: number; activities: number };
  known?: number[]; // territories in which the whole world has a body or an activity
  communities?: Record<string, number>; // members of each, where too many are selected to be sent
  between?: [number, number, number][]; // two communities and the links between them
}

export interface World {
  release: string;
  certainties: string[]; // slugs, the surest first
  date: string;
  base: string; // of every IRI: base + id
  concepts: Concept[];
  territories: Territory[];
  sources: Source[];
  licences: Licence[];
  bodies: Body[];
  activities: Activity[];
  participations: Participation[];
  links: Link[];
  communities: Community[];
  colours: Record<string, string>; // by slug of main kind, "unknown" too; and the tokens of palette.yml by name
  shapes?: Record<string, [number, number][]>; // corners for radius 1, by slug of main kind; none for a circle
  chunk: number; // participations a file of evidence
  counted?: Counted;
}

/** A passage, a page or a fact that says a participation. `address` is http(s) or absent. */
export interface Proof {
  source: number;
  certainty: number;
  paragraph?: number;
  first?: string; // the first words of the passage, four at most
  last?: string;
  address?: string;
}

declare global {
  interface Window {
    maillageWorld?: World;
    maillageTexts?: Record<Lang, Record<string, unknown>>;
    maillageFormats?: Record<string, { label: string; type: string; page?: string }>; // page: the suffix beside a thing's page
    maillageEvidence?: (chunk: number, proofs: Record<string, Proof[]>) => void;
    maillageApi?: string; // "api/" where a server answers, absent from disk
  }
}

export function text(value: Text | undefined, lang: Lang): string {
  return value === undefined ? "" : typeof value === "string" ? value : value[lang];
}

/** A name as people type it: the same folding as maillage.terms.fold. */
export function fold(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/@(?=[\p{L}\p{N}])/gu, "a")
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/ß/g, "ss")
    .replace(/ø/g, "o")
    .replace(/ł/g, "l")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
