/** What the graph says of the bodies and links shown, in its own terms, as Turtle and JSON-LD. */

import { text, type Lang, type Link, type Text, type Tie, type World } from "../world.ts";
import { notices, type Credit, type Held } from "./licence.ts";
import { proven } from "./rows.ts";

export type Term = { iri: string } | { words: string; lang?: string; type?: string };
export type Triple = [subject: string, property: string, value: Term]; // the subject "" is the file

const PREFIXES = {
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#", rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  org: "http://www.w3.org/ns/org#", schema: "https://schema.org/", prov: "http://www.w3.org/ns/prov#",
  dcterms: "http://purl.org/dc/terms/", dcat: "http://www.w3.org/ns/dcat#", xsd: "http://www.w3.org/2001/XMLSchema#",
} as const;
const DATED = ["gYear", "gYearMonth", "date"];
const TYPE = `${PREFIXES.rdf}type`;

const iri = (value: string): Term => ({ iri: value });
const date = (value: string): Term => ({ words: value, type: `${PREFIXES.xsd}${DATED[value.split("-").length - 1] ?? "string"}` });

/** The vocabulary does not move with the base of things; concepts stand beside it. */
const vocabulary = (world: World) => `${(world.concepts[0]?.iri ?? "").split("list/")[0]}def#`;

/** Only what the world holds, then what the file says of itself: its licence, its sources, whom to credit. */
export function statements(world: World, held: Held, found: Credit, lang: Lang): Triple[] {
  const about = (name: string) => `${vocabulary(world)}${name}`;
  return [
    ...self(world, found, lang),
    ...held.bodies.flatMap((place) => body(world, place, about)),
    ...held.links.flatMap((place) => link(world, place, about)),
    ...proven(world, held).flatMap((place) => participation(world, place, about)),
  ];
}

type About = (name: string) => string;

function self(world: World, found: Credit, lang: Lang): Triple[] {
  const say = (name: string, value: Term): Triple => ["", `${PREFIXES.dcterms}${name}`, value];
  return [
    ["", TYPE, iri(`${PREFIXES.dcat}Dataset`)],
    ...(found.licence.page ? [say("license", iri(found.licence.page))] : []),
    say("isPartOf", iri(`${world.base}release/${encodeURIComponent(world.release)}`)),
    ...found.sources.map((place) => say("source", iri(world.base + world.sources[place].id))),
    ...notices(world, found, lang).map((line) => say("rights", { words: line, lang })),
  ];
}

function labels(subject: string, name: Text): Triple[] {
  return (["fr", "en"] as const).map((code) => [subject, `${PREFIXES.rdfs}label`, { words: text(name, code), lang: code }]);
}

/** Without themes and methods: the world has them with broader ones added, which no statement of the graph says. */
function body(world: World, place: number, about: About): Triple[] {
  const one = world.bodies[place];
  const subject = world.base + one.id;
  const points = (property: string, places: number[], named: (place: number) => string): Triple[] => places.map((at) => [subject, property, iri(named(at))]);
  const concept = (at: number) => world.concepts[at].iri;
  return [
    [subject, TYPE, iri(`${PREFIXES.org}Organization`)], ...labels(subject, one.name),
    ...points(`${PREFIXES.org}classification`, one.sort === undefined ? [] : [one.sort], concept),
    ...points(about("labKind"), one.lab === undefined ? [] : [one.lab], concept),
    ...points(about("territory"), one.territories, (at) => world.base + world.territories[at].id),
  ];
}

const slug = (id: string) => id.replace(/^.*\//, "");

/** The partnership of two bodies, the ties that it sums up, and what they carry. */
function link(world: World, place: number, about: About): Triple[] {
  const one = world.links[place];
  const ends = [one.a, one.b].map((end) => world.bodies[end].id);
  const joint = one.ties.filter((tie) => world.concepts[tie.kind].slug !== "carrying");
  const subject = `${world.base}partnership/${ends.map(slug).sort().join("--")}`;
  const days = joint.flatMap((tie) => [tie.first, tie.last]).filter((day) => day !== undefined).sort();
  const whole: Triple[] = [
    [subject, TYPE, iri(about("Partnership"))],
    ...ends.map((end): Triple => [subject, about("member"), iri(world.base + end)]),
    ...[...new Set(joint.map((tie) => tie.kind))].map((kind): Triple => [subject, about("partnershipKind"), iri(world.concepts[kind].iri)]),
    ...rests(world, subject, [...new Set(joint.flatMap((tie) => tie.participations))]),
    ...(days.length ? [[subject, `${PREFIXES.schema}startDate`, date(days[0])], [subject, `${PREFIXES.schema}endDate`, date(days[days.length - 1])]] as Triple[] : []),
  ];
  return [...(joint.length ? whole : []), ...one.ties.flatMap((tie) => drawn(world, one, tie, about))];
}

function rests(world: World, subject: string, places: number[]): Triple[] {
  return places.map((at) => [subject, `${PREFIXES.prov}wasDerivedFrom`, iri(world.base + world.participations[at].id)]);
}

/** A tie; one without a direction is written from the end whose identifier comes first, as the rule does. */
function drawn(world: World, one: Link, tie: Tie, about: About): Triple[] {
  const ends = [one.a, one.b].map((end) => world.bodies[end].id);
  const [from, to] = tie.reads > 0 ? ends : tie.reads < 0 ? [ends[1], ends[0]] : [...ends].sort();
  const kind = world.concepts[tie.kind];
  const activity = world.activities[tie.activity].id;
  const subject = `${world.base}tie/${slug(from)}--${slug(to)}/${slug(activity)}/${kind.slug}`;
  const certainty = world.concepts.findIndex((concept) => concept.scheme === "certainty" && concept.slug === world.certainties[tie.certainty]);
  const concept = (name: string, place = -1): Triple[] => (place < 0 ? [] : [[subject, about(name), iri(world.concepts[place].iri)]]);
  return [
    [subject, TYPE, iri(about("Tie"))], [subject, about("from"), iri(world.base + from)], [subject, about("to"), iri(world.base + to)],
    [subject, about("directed"), { words: String(tie.reads !== 0), type: `${PREFIXES.xsd}boolean` }],
    [subject, about("sharedActivity"), iri(world.base + activity)], ...concept("partnershipKind", tie.kind),
    ...concept("certainty", certainty), ...concept("dating", tie.dating), ...concept("occurrence", tie.occurrence),
    ...(tie.first ? [[subject, about("firstDay"), date(tie.first)] as Triple] : []),
    ...(tie.last ? [[subject, about("lastDay"), date(tie.last)] as Triple] : []),
    ...(tie.pageYear ? [[subject, about("pageYear"), date(tie.pageYear)] as Triple] : []),
    ...rests(world, subject, tie.participations),
    ...(kind.slug === "carrying" ? [[world.base + to, about("carriedBy"), iri(world.base + from)] as Triple] : []),
  ];
}

function participation(world: World, place: number, about: About): Triple[] {
  const one = world.participations[place];
  const [subject, activity] = [world.base + one.id, world.activities[one.activity]];
  return [
    [subject, TYPE, iri(about("Participation"))], [subject, about("agent"), iri(world.base + world.bodies[one.body].id)],
    [subject, about("role"), iri(world.concepts[one.role].iri)], [subject, about("activity"), iri(world.base + activity.id)],
    ...labels(world.base + activity.id, activity.name),
  ];
}

// ------------------------------------------------------------ Turtle

const ESCAPES: Record<string, string> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A string of Turtle; what cannot be seen is written by its number. */
export function quoted(words: string): string {
  const escaped = words.replace(/[\\"\u0000-\u001f\u007f]/g, (one) => ESCAPES[one] ?? `\\u${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
  return `"${whole(escaped)}"`;
}

/** A lone half of a pair is no character: UTF-8 cannot hold it. */
const whole = (words: string) => words.replace(/\p{Surrogate}/gu, "\ufffd");

/** An IRI without the characters that would end it. */
export function safe(value: string): string {
  return value.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}

/** The licence as a comment, prefixes, then a block a subject, each statement once. */
export function turtle(world: World, triples: Triple[], comments: string[]): string {
  const prefixes = { ...PREFIXES, mai: vocabulary(world) };
  const short = (value: string) => {
    const [name, base] = Object.entries(prefixes).find(([, one]) => value.startsWith(one) && /^[A-Za-z]\w*$/.test(value.slice(one.length))) ?? [];
    return name && base ? `${name}:${value.slice(base.length)}` : `<${safe(value)}>`;
  };
  const term = (one: Term) => ("iri" in one ? short(one.iri) : quoted(one.words) + (one.lang ? `@${one.lang}` : one.type ? `^^${short(one.type)}` : ""));
  const blocks = new Map<string, Set<string>>();
  for (const [subject, property, value] of triples) {
    const block = blocks.get(subject) ?? new Set<string>();
    blocks.set(subject, block.add(`${property === TYPE ? "a" : short(property)} ${term(value)}`));
  }
  return [
    ...comments.map((line) => `# ${line}`), "", ...Object.entries(prefixes).map(([name, base]) => `@prefix ${name}: <${base}> .`), "",
    ...[...blocks].map(([subject, block]) => `<${safe(subject)}> ${[...block].join(" ;\n  ")} .`), "",
  ].join("\n");
}

// ------------------------------------------------------------ JSON-LD

/** Expanded, a node a subject, each statement once. */
export function jsonld(triples: Triple[]): string {
  const nodes = new Map<string, Record<string, unknown[] | string>>();
  const seen = new Set<string>();
  for (const triple of triples) {
    const [subject, property, value] = triple;
    const key = JSON.stringify(triple);
    if (seen.has(key)) continue;
    seen.add(key);
    const node = nodes.get(subject) ?? { "@id": safe(subject) };
    const name = property === TYPE ? "@type" : property;
    node[name] = [...((node[name] as unknown[] | undefined) ?? []), name === "@type" && "iri" in value ? safe(value.iri) : said(value)];
    nodes.set(subject, node);
  }
  return `${JSON.stringify([...nodes.values()], null, 1)}\n`;
}

function said(value: Term): Record<string, string> {
  if ("iri" in value) return { "@id": safe(value.iri) };
  const words = whole(value.words);
  return { "@value": words, ...(value.lang ? { "@language": value.lang } : value.type ? { "@type": value.type } : {}) };
}
