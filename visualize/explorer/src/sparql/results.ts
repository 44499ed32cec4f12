/** An answer on the page: rows as a table, yes or no, or triples as text. Terms are text, and links only where they are safe. */

import { make } from "../app/dom.ts";
import type { Say } from "../words.ts";
import type { Answer } from "./engine.ts";

interface Term {
  type: string;
  value: string;
  "xml:lang"?: string;
  datatype?: string;
}
interface Rows {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, Term>[] };
}

const MOST = 1000; // rows shown; all of them are in the file

export function results(answer: Answer, base: string, say: Say, lang: string): HTMLElement[] {
  if (!answer.type.includes("json")) {
    const lines = answer.body.split("\n").filter(Boolean);
    return [make("p", { role: "status" }, say("sparql.triples", { n: lines.length })), make("pre", { tabindex: "0" }, answer.body)];
  }
  const found = JSON.parse(answer.body) as Rows;
  if (found.boolean !== undefined) return [make("p", { role: "status", class: "verdict" }, say(found.boolean ? "sparql.affirmed" : "sparql.denied"))];
  const names = found.head.vars ?? [];
  const rows = found.results?.bindings ?? [];
  const shown = rows.slice(0, MOST);
  const count = make("p", { role: "status" }, say("sparql.rows", { n: rows.length }), rows.length > MOST ? ` ${say("sparql.first", { n: MOST })}` : "");
  const head = make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, name)));
  const body = shown.map((row) => make("tr", {}, ...names.map((name) => make("td", {}, cell(row[name], base, lang)))));
  const scroll = make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("sparql.rows", { n: rows.length }) }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...body)));
  return [count, scroll];
}

/** A thing of ours leads to its page; another address to the web, if it is of the web. */
function cell(term: Term | undefined, base: string, lang: string): HTMLElement | string {
  if (!term) return "";
  if (term.type !== "uri") return term.value + (term["xml:lang"] ? ` @${term["xml:lang"]}` : "");
  const kind = term.value.startsWith(base) ? term.value.slice(base.length).split("/")[0] : "";
  if (["organisation", "event", "programme", "place", "territory", "source"].includes(kind)) {
    const path = term.value.slice(base.length).replace(/[^\p{L}\p{N}_/.-]/gu, "-").replaceAll("..", "-");
    return make("a", { href: `id/${path}.html?lang=${lang}` }, term.value.slice(base.length));
  }
  return /^https?:\/\//.test(term.value) ? make("a", { href: term.value, rel: "noopener noreferrer" }, term.value) : term.value;
}

/** The same rows as CSV (SPARQL 1.1 Query Results CSV). */
export function csv(answer: Answer): string {
  const found = JSON.parse(answer.body) as Rows;
  const names = found.head.vars ?? [];
  const quoted = (value: string) => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const rows = (found.results?.bindings ?? []).map((row) => names.map((name) => quoted(row[name]?.value ?? "")).join(","));
  return `${[names.join(","), ...rows].join("\r\n")}\r\n`;
}
