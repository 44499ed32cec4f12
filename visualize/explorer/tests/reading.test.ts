/** What a query does: which are refused, and which give triples. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { givesTriples, refusal } from "../src/sparql/reading.ts";

const REFUSED: [string, string][] = [
  ["SELECT * { ?s ?p ?o }", ""],
  ["SELECT * { ?service ?delete ?o FILTER(?o != 'SERVICE <x>') }", ""],
  ["# INSERT\nPREFIX insert: <https://a.test/delete#>\nASK { ?s insert:service \"\"\"a \"SERVICE\" b\"\"\" }", ""],
  ["SELECT * { ?s ?p 'x'.SERVICE<https://a.test/>{ ?a ?b ?c } }", "service"],
  ["SELECT * { SERVICE SILENT ?x { } }", "service"],
  ["SELECT * { ?s ?p '''\n# ''' . service <https://a.test/> { } }", "service"],
  ["PREFIX a: <https://a.test/> INSERT DATA { a:b a:c a:d }", "update"],
  ["delete where { ?s ?p ?o }", "update"],
  ["DROP ALL", "update"],
  ["LOAD <https://a.test/>", "update"],
  ["nonsense", ""],
];

for (const [query, reason] of REFUSED) {
  test(`${reason || "asked"}: ${query.slice(0, 60).replaceAll("\n", " ")}`, () => assert.equal(refusal(query), reason));
}

test("triples are given by CONSTRUCT and DESCRIBE, whatever the names", () => {
  assert.equal(givesTriples("PREFIX a: <x>\nCONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"), true);
  assert.equal(givesTriples("DESCRIBE <https://a.test/>"), true);
  assert.equal(givesTriples("SELECT ?describe { ?describe ?p 'CONSTRUCT' }"), false);
  assert.equal(givesTriples("ASK { { SELECT ?s { ?s ?p ?o } } }"), false);
});
