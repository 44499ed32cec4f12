import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 } from "node:zlib";
import { combine, credit, notices, used, type Credit } from "../src/export/licence.ts";
import { checksum, told } from "../src/export/png.ts";
import { jsonld, quoted, safe, statements, turtle } from "../src/export/rdf.ts";
import { activityRows, bodyRows, evidenceRows, linkRows } from "../src/export/rows.ts";
import { cell, csv, graphml, sparql } from "../src/export/written.ts";
import { bare } from "../src/export/xml.ts";
import type { Tie } from "../src/world.ts";
import { BY, BY_NC_SA, BY_SA, credited, ETALAB, everything, HOSTILE, NONE, ODBL, ZERO } from "./credited.ts";

const creditOf = (world: ReturnType<typeof credited>): Credit => {
  const found = credit(world, everything(world));
  assert.ok("licence" in found);
  return found;
};

test("a whole bears the least demanding licence under which each part may be handed on", () => {
  const short = (...under: number[]) => {
    const found = combine(credited(...under), under.map((_, place) => place));
    return "between" in found ? found.between : found.short;
  };
  assert.equal(short(), "CC0-1.0", "parts of nothing ask nothing");
  assert.equal(short(ZERO), "CC0-1.0");
  assert.equal(short(ZERO, ETALAB), "etalab-2.0");
  assert.equal(short(ETALAB, BY), "CC-BY-4.0");
  assert.equal(short(BY, BY_SA), "CC-BY-SA-4.0");
  assert.equal(short(ETALAB, ODBL), "ODbL-1.0");
  assert.equal(short(BY_NC_SA, ZERO), "CC-BY-NC-SA-4.0");
  assert.deepEqual(short(BY_SA, ETALAB, ODBL), ["Title of s0", "Title of s2"], "the sources at odds, and no other");
  assert.deepEqual(short(ETALAB, NONE), ["Title of s1"], "what may not be handed on at all is named alone");
});

test("only the sources of what a file holds are credited", () => {
  const world = credited(ETALAB, ETALAB, ETALAB, ODBL);
  const all = everything(world);
  assert.deepEqual(used(world, all), [0, 1, 2]);
  assert.deepEqual(used(world, { ...all, links: [] }), [0, 2]);
  assert.deepEqual(used(world, { bodies: [3], links: [], activities: [] }), [0]);
  assert.equal(creditOf(world).licence.short, "etalab-2.0", "a source that says nothing here asks nothing");
  assert.deepEqual(creditOf(world).lines, ["Credit of s0", "Credit of s1", "Credit of s2"]);
});

test("notices are lines", () => {
  const world = credited(ETALAB, ETALAB);
  world.sources[0].credit = "Two\nlines";
  assert.deepEqual(notices(world, creditOf(world), "en"), ["Licence: etalab-2.0 (https://spdx.org/licenses/etalab-2.0)", "Maillage 1, 2026-01-01", "Credit of s1", "Two lines"]);
});

test("a cell that a spreadsheet would compute gets an apostrophe; quotes are doubled", () => {
  assert.deepEqual(["=1+1", "+1", "-1", "@x", "\t=1", " =1", "a=1"].map(cell), ["'=1+1", "'+1", "'-1", "'@x", "'\t=1", "' =1", "a=1"]);
  assert.equal(cell('a "b", c'), '"a ""b"", c"');
  assert.equal(cell(-1), "-1", "a number stays one");
});

test("CSV begins with its mark, and says its licence even without rows", () => {
  const world = credited(ETALAB, ETALAB);
  const found = creditOf(world);
  const lines = csv(world, linkRows(world, everything(world), "fr"), found, "fr").split("\r\n");
  assert.ok(lines[0].startsWith("\ufeffsource,target,"));
  assert.equal(lines.length, 4);
  assert.ok(lines.slice(1, 3).every((line) => line.includes("etalab-2.0")));
  const empty = csv(world, [], found, "fr");
  assert.ok(empty.includes("etalab-2.0") && empty.includes("Credit of s0 | Credit of s1"));
});

test("hostile names leave every text format well formed", () => {
  const world = credited(ETALAB, ETALAB);
  world.bodies[0].name = HOSTILE;
  const [all, found] = [everything(world), creditOf(world)];
  const written = graphml(world, all, found, "fr");
  assert.ok(!written.includes("<img") && !written.includes("\u0001") && !/\p{Surrogate}/u.test(written));
  assert.equal(written.match(/<node /g)?.length, 4);
  const ttl = turtle(world, statements(world, all, found, "fr"), notices(world, found, "fr"));
  assert.ok(!/\p{Surrogate}/u.test(ttl));
  assert.equal(ttl.split("\n").filter((line) => line.startsWith("@prefix")).length, 9, "no line of a name is read as Turtle");
  const nodes = JSON.parse(jsonld(statements(world, all, found, "fr")));
  assert.ok(nodes.some((node: Record<string, { "@value": string }[]>) => node["http://www.w3.org/2000/01/rdf-schema#label"]?.[0]["@value"].startsWith("=SUM")));
});

test("texts and IRIs of Turtle are escaped", () => {
  assert.equal(quoted('a "b" \\ \n \u0001'), '"a \\"b\\" \\\\ \\n \\u0001"');
  assert.equal(safe("https://x/<a> b\"{}"), "https://x/%3Ca%3E%20b%22%7B%7D");
  assert.equal(bare("a\u0000b\ud800c😀"), "abc😀");
});

test("a file of statements says its licence, its sources and whom to credit, each statement once", () => {
  const world = credited(ETALAB, ETALAB);
  world.links[0].ties = [{ kind: 4, reads: 1, activity: 0, first: "2019-05-02", last: "2020", certainty: 1, participations: [0, 1] }];
  const ttl = turtle(world, statements(world, everything(world), creditOf(world), "en"), ["Licence"]);
  assert.ok(ttl.startsWith("# Licence\n"));
  assert.ok(ttl.includes("<> a dcat:Dataset ;\n  dcterms:license <https://spdx.org/licenses/etalab-2.0> ;"));
  assert.ok(ttl.includes("dcterms:source <https://example.org/id/source/s0>"));
  assert.ok(ttl.includes("<https://example.org/id/partnership/region--ti-lab> a mai:Partnership ;"));
  assert.ok(ttl.includes("<https://example.org/id/tie/ti-lab--region/atelier/organises> a mai:Tie ;"));
  assert.ok(ttl.includes('"2019-05-02"^^xsd:date') && ttl.includes('"2020"^^xsd:gYear'));
  assert.equal(ttl.match(/a mai:Participation /g)?.length, 4);
});

test("a lab and its carrier are told as carriedBy, not as a partnership", () => {
  const world = credited(ETALAB, ETALAB);
  world.concepts[4] = { ...world.concepts[4], slug: "carrying" };
  world.participations.push({ id: "p4", body: 1, activity: 2, role: 4, certainty: 0, sources: [0] });
  const tie: Tie = { kind: 4, reads: -1, activity: 2, certainty: 0, participations: [4] };
  world.links = [{ a: 0, b: 1, directed: true, kinds: [4], ties: [tie], participations: [4], weight: 1, newman: 1, certainty: 0, sources: [0] }];
  const ttl = turtle(world, statements(world, everything(world), creditOf(world), "fr"), []);
  assert.ok(ttl.includes("mai:carriedBy <https://example.org/id/organisation/region>") && !ttl.includes("mai:Partnership"));
});

test("the question is asked of the bodies shown alone, in the language of the page", () => {
  const world = credited(ETALAB, ETALAB);
  const shown = { bodies: [0, 1], links: [], activities: [] };
  const listed = "{ <https://example.org/id/organisation/ti-lab> <https://example.org/id/organisation/region> }";
  const asked = sparql(world, shown, 'SELECT * WHERE {\n  VALUES ?lang { "fr" }\n  ?a ?p ?b\n}', creditOf(world), "en");
  assert.ok(asked.startsWith("# Licence: etalab-2.0"));
  assert.ok(asked.includes(`VALUES ?lang { "en" }\n  VALUES ?a ${listed}\n  VALUES ?b ${listed}\n`));
  const filled = sparql(world, shown, 'SELECT * WHERE { VALUES ?lang { "fr" } VALUES ?a { UNDEF } ?a ?p ?b }', creditOf(world), "fr");
  assert.ok(filled.includes(`VALUES ?a ${listed} ?a ?p ?b`) && !filled.includes("VALUES ?b"));
});

test("rows of evidence are one a proof, and one a source where no passage is known", () => {
  const world = credited(ETALAB, ETALAB);
  const proofs = new Map([[0, [{ source: 0, certainty: 0, paragraph: 3, first: "Le", last: "lab", address: "https://x/" }, { source: 1, certainty: 1 }]]]);
  const rows = evidenceRows(world, [0, 1], proofs, "fr");
  assert.deepEqual(rows.map((row) => [row.source, row.paragraph, row.passage, row.address]), [["Title of s0", "3", "Le […] lab", "https://x/"], ["Title of s1", "", "", ""], ["Title of s1", "", "", ""]]);
  assert.equal(bodyRows(world, everything(world), "fr")[0].territory, "Ille-et-Vilaine");
  assert.equal(activityRows(world, { bodies: [], links: [], activities: [0] }, "fr")[0].bodies, "Ti Lab (organises (fr)) | Région Bretagne (hosts (fr))");
});

test("a PNG says its texts in chunks that bear their checksum", () => {
  const words = new TextEncoder().encode("IEND");
  assert.equal(checksum(words), crc32(words));
  const png = Uint8Array.from({ length: 40 }, (_, place) => place);
  const [head, chunk, rest] = told(png, { Title: "é" });
  assert.deepEqual([head.length, rest.length, chunk.length], [33, 7, 4 + 4 + 5 + 5 + 2 + 4]);
  assert.equal(new DataView(chunk.buffer).getUint32(0), 12);
});
