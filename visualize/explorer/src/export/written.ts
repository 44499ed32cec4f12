/** Text formats: CSV, GraphML and the question in SPARQL. The licence is inside each. */

import { text, type Lang, type World } from "../world.ts";
import { notices, type Credit, type Held } from "./licence.ts";
import { safe } from "./rdf.ts";
import { bodyRows, linkRows, type Row } from "./rows.ts";
import { xml } from "./xml.ts";

const FORMULA = /^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** RFC 4180 with a byte order mark, for spreadsheets, where a cell that looks like a formula gets an apostrophe.
 * Each row says the licence of the whole and its release; the first row, whom to credit. Without rows, one says so.
 */
export function csv(world: World, rows: Row[], found: Credit, lang: Lang): string {
  const whole = { licence: [text(found.licence.name, lang), found.licence.page].filter(Boolean).join(" "), release: world.release };
  const said: Row[] = (rows.length ? rows : [{}]).map((row, place) => ({ ...row, ...whole, credits: place ? "" : found.lines.join(" | ") }));
  const heads = Object.keys(said[0]);
  const lines = [heads, ...said.map((row) => heads.map((head) => row[head]))].map((row) => row.map(cell).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

export function cell(value: string | number): string {
  const words = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
}

export function graphml(world: World, held: Held, found: Credit, lang: Lang): string {
  const [nodes, edges] = [bodyRows(world, held, lang), linkRows(world, held, lang)];
  const about: Row = { licence: found.licence.page || text(found.licence.name, lang), credits: notices(world, found, lang).join(" | ") };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys(about, "graph", []), ...keys(nodes[0], "node", ["id"]), ...keys(edges[0], "edge", ["source", "target"]),
    '<graph edgedefault="undirected">', data(about, "graph", []),
    ...nodes.map((row) => `<node id="${xml(String(row.id))}">${data(row, "node", ["id"])}</node>`),
    ...edges.map((row) => `<edge source="${xml(String(row.source))}" target="${xml(String(row.target))}">${data(row, "edge", ["source", "target"])}</edge>`),
    "</graph>", "</graphml>", "",
  ].join("\n");
}

const kept = (row: Row | undefined, left: string[]) => Object.entries(row ?? {}).filter(([name]) => !left.includes(name));

function keys(row: Row | undefined, of: string, left: string[]): string[] {
  return kept(row, left).map(([name, value]) => `<key id="${of}-${name}" for="${of}" attr.name="${name}" attr.type="${typeof value === "number" ? "double" : "string"}"/>`);
}

function data(row: Row, of: string, left: string[]): string {
  return kept(row, left).map(([name, value]) => `<data key="${of}-${name}">${xml(String(value))}</data>`).join("");
}

/** The question that gives the links, asked of the bodies shown alone: both its ends are given their IRIs. */
export function sparql(world: World, held: Held, query: string, found: Credit, lang: Lang): string {
  const listed = held.bodies.map((place) => `<${safe(world.base + world.bodies[place].id)}>`).join(" ");
  const ends = ["a", "b"].map((name) => `VALUES ?${name} { ${listed} }`);
  const given = (words: string) => ends.reduce((asked, end, place) => asked.replace(new RegExp(`VALUES\\s+\\?${"ab"[place]}\\s*\\{\\s*UNDEF\\s*\\}`, "g"), () => end), words);
  const alone = given(query) === query; // a question without places for ends gets them beside each language
  const spoken = query.replace(/VALUES\s+\?lang\s*\{\s*"\w+"\s*\}/g, (block) => {
    const languaged = block.replace(/"\w+"/, `"${lang}"`);
    return alone ? [languaged, ...ends].join("\n  ") : languaged;
  });
  return `${notices(world, found, lang).map((line) => `# ${line}`).join("\n")}\n${given(spoken)}`;
}
