/** Text formats: CSV, GraphML, JSON-LD, Turtle, and the question in SPARQL. The licence is inside each. */

import type { Selection } from "../selection.ts";
import { text, type Lang, type World } from "../world.ts";
import { notices, type Credit } from "./licence.ts";
import { bodyRows, linkRows, type Row } from "./rows.ts";

const FORMULA = /^[=+\-@\t\r]/;

/** RFC 4180 with a byte order mark, for spreadsheets, where a cell that looks like a formula gets an apostrophe.
 * Each row says the licence of the whole, the release, and whom to credit for it.
 */
export function csv(world: World, selection: Selection, found: Credit, lang: Lang): string {
  const whole = { licence: text(found.licence.name, lang), release: world.release };
  const rows = linkRows(world, selection, lang).map((row, place) => ({ ...row, ...whole, credits: credits(world, selection.links[place]) }));
  const heads = Object.keys(rows[0] ?? { ...whole, credits: "" });
  const cell = (value: string | number) => {
    const words = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
    return /[",\n\r]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
  };
  const lines = [heads, ...rows.map((row) => heads.map((head) => (row as Row)[head]))].map((row) => row.map(cell).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

const credits = (world: World, link: number) => [...new Set(world.links[link].sources.map((one) => world.sources[one].credit))].join(" | ");

/** A text fit for XML 1.0. */
export function xml(words: string): string {
  const bare = words.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
  return bare.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

export function graphml(world: World, selection: Selection, found: Credit, lang: Lang): string {
  const [nodes, edges] = [bodyRows(world, selection, lang), linkRows(world, selection, lang)];
  const about: Row = { licence: found.licence.page || text(found.licence.name, lang), credits: notices(world, found, lang).join(" | ") };
  const keys = (row: Row | undefined, of: string, left: string[]) => Object.entries(row ?? {}).filter(([name]) => !left.includes(name))
    .map(([name, value]) => `<key id="${of}-${name}" for="${of}" attr.name="${name}" attr.type="${typeof value === "number" ? "double" : "string"}"/>`);
  const data = (row: Row, of: string, left: string[]) => Object.entries(row).filter(([name]) => !left.includes(name))
    .map(([name, value]) => `<data key="${of}-${name}">${xml(String(value))}</data>`).join("");
  return [
    '<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys(about, "graph", []), ...keys(nodes[0], "node", ["id"]), ...keys(edges[0], "edge", ["source", "target"]),
    '<graph edgedefault="undirected">', data(about, "graph", []),
    ...nodes.map((row) => `<node id="${xml(String(row.id))}">${data(row, "node", ["id"])}</node>`),
    ...edges.map((row) => `<edge source="${xml(String(row.source))}" target="${xml(String(row.target))}">${data(row, "edge", ["source", "target"])}</edge>`),
    "</graph>", "</graphml>", "",
  ].join("\n");
}

type Term = { iri: string } | { words: string; lang?: string; type?: string };
type Triple = [string, string, Term];

const DEF = "def#";
const STANDARD = {
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#", rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  org: "http://www.w3.org/ns/org#", schema: "https://schema.org/", prov: "http://www.w3.org/ns/prov#",
  dcterms: "http://purl.org/dc/terms/", xsd: "http://www.w3.org/2001/XMLSchema#",
} as const;
const dated = ["gYear", "gYearMonth", "date"];

/** What the graph says of the bodies and links shown, in its own terms; the file itself bears licence and credits. */
export function statements(world: World, selection: Selection, found: Credit, lang: Lang): Triple[] {
  const iri = (value: string): Term => ({ iri: value });
  const about = (name: string) => `${vocabulary(world)}${name}`;
  const date = (value: string): Term => ({ words: value, type: `${STANDARD.xsd}${dated[value.split("-").length - 1]}` });
  const triples: Triple[] = [];
  const names = (subject: string, name: World["bodies"][number]["name"]) => {
    for (const code of ["fr", "en"] as const) triples.push([subject, `${STANDARD.rdfs}label`, { words: text(name, code), lang: code }]);
  };
  for (const place of selection.bodies) {
    const body = world.bodies[place];
    const subject = world.base + body.id;
    triples.push([subject, `${STANDARD.rdf}type`, iri(`${STANDARD.org}Organization`)]);
    names(subject, body.name);
    if (body.sort !== undefined) triples.push([subject, `${STANDARD.org}classification`, iri(world.concepts[body.sort].iri)]);
    for (const one of body.territories) triples.push([subject, about("territory"), iri(world.base + world.territories[one].id)]);
    for (const one of body.themes) triples.push([subject, about("theme"), iri(world.concepts[one].iri)]);
    for (const one of body.methods) triples.push([subject, about("method"), iri(world.concepts[one].iri)]);
  }
  for (const place of selection.links) {
    const link = world.links[place];
    const ends = [link.a, link.b].map((end) => world.bodies[end].id);
    if (link.rule === undefined) {
      for (const one of link.participations) triples.push(...carried(world, one, about));
      continue;
    }
    const subject = `${world.base}partnership/${ends.map((id) => id.replace("organisation/", "")).sort().join("--")}`;
    triples.push([subject, `${STANDARD.rdf}type`, iri(about("Partnership"))]);
    for (const end of ends) triples.push([subject, about("member"), iri(world.base + end)]);
    for (const kind of link.kinds) if (world.concepts[kind].scheme === "partnership-kind") triples.push([subject, about("partnershipKind"), iri(world.concepts[kind].iri)]);
    for (const one of link.participations) triples.push([subject, `${STANDARD.prov}wasDerivedFrom`, iri(world.base + world.participations[one].id)]);
    if (link.first) triples.push([subject, `${STANDARD.schema}startDate`, date(link.first)]);
    if (link.last) triples.push([subject, `${STANDARD.schema}endDate`, date(link.last)]);
  }
  const file = `${world.base}export/${world.release}`;
  if (found.licence.page) triples.push([file, `${STANDARD.dcterms}license`, iri(found.licence.page)]);
  for (const line of notices(world, found, lang)) triples.push([file, `${STANDARD.dcterms}rights`, { words: line, lang }]);
  return triples;
}

function carried(world: World, place: number, about: (name: string) => string): Triple[] {
  const one = world.participations[place];
  const lab = world.activities[one.activity].body;
  if (lab === undefined || world.concepts[one.role].slug !== "carries") return [];
  return [[world.base + world.bodies[lab].id, about("carriedBy"), { iri: world.base + world.bodies[one.body].id }]];
}

/** The vocabulary does not move with the base of things; concepts stand beside it. */
function vocabulary(world: World): string {
  return `${world.concepts[0].iri.split("list/")[0]}${DEF}`;
}

const quoted = (words: string) => `"${words.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll("\r", "\\r")}"`;
const safe = (iri: string) => iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);

/** N-Triples, which every reader of Turtle takes. */
export function turtle(triples: Triple[]): string {
  const term = (one: Term) => {
    if ("iri" in one) return `<${safe(one.iri)}>`;
    return quoted(one.words) + (one.lang ? `@${one.lang}` : one.type ? `^^<${one.type}>` : "");
  };
  return `${[...new Set(triples.map(([s, p, o]) => `<${safe(s)}> <${safe(p)}> ${term(o)} .`))].join("\n")}\n`;
}

/** Expanded JSON-LD, a node a subject. */
export function jsonld(triples: Triple[]): string {
  const nodes = new Map<string, Record<string, unknown>>();
  for (const [subject, property, one] of triples) {
    const node = nodes.get(subject) ?? { "@id": safe(subject) };
    const value = "iri" in one ? { "@id": safe(one.iri) } : one.lang ? { "@value": one.words, "@language": one.lang } : { "@value": one.words, ...(one.type ? { "@type": one.type } : {}) };
    const name = property === `${STANDARD.rdf}type` ? "@type" : property;
    const known = (node[name] as unknown[]) ?? [];
    node[name] = [...known, name === "@type" && "iri" in one ? one.iri : value];
    nodes.set(subject, node);
  }
  return `${JSON.stringify([...nodes.values()], null, 1)}\n`;
}

/** The question that gives the links, asked of the bodies shown alone. */
export function sparql(world: World, selection: Selection, query: string, found: Credit, lang: Lang): string {
  const listed = selection.bodies.map((place) => `<${safe(world.base + world.bodies[place].id)}>`).join(" ");
  const asked = query.replace(/VALUES\s+\?(a|b)\s*\{\s*UNDEF\s*\}/g, (_, name: string) => `VALUES ?${name} { ${listed} }`);
  const spoken = lang === "fr" ? asked : asked.replace(/VALUES\s+\?lang\s*\{\s*"fr"\s*\}/g, 'VALUES ?lang { "en" }');
  return `${notices(world, found, lang).map((line) => `# ${line}`).join("\n")}\n${spoken}`;
}
