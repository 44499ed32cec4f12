/** Names folded, dates and numbers in words, texts with two forms. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { number, speaker, when } from "../src/words.ts";
import { fold, text } from "../src/world.ts";

test("a name is found whatever its accents, capitals and joins", () => {
  assert.equal(fold("L'Œuvre d’Été"), "l oeuvre d ete");
  assert.equal(fold("SIIL@B – Lille"), "siilab lille");
  assert.equal(fold("  "), "");
});

test("a text is the same in both languages or has one for each", () => {
  assert.equal(text("Ti Lab", "en"), "Ti Lab");
  assert.equal(text({ fr: "un", en: "one" }, "en"), "one");
  assert.equal(text(undefined, "fr"), "");
});

test("dates are as precise as the source", () => {
  assert.equal(when("2021", "2021", "fr"), "2021");
  assert.equal(when("2021-11", undefined, "fr"), "novembre 2021");
  assert.equal(when("2021-11-01", "2021-11-01", "fr"), "1er novembre 2021");
  assert.equal(when(undefined, "2021-11-02", "en"), "2 November 2021");
  assert.equal(when("2019", "2021", "en"), "2019 – 2021");
  assert.equal(when(undefined, undefined, "fr"), "");
});

test("numbers are written as each language does", () => {
  assert.equal(number(12345, "en"), "12,345");
  assert.match(number(12345, "fr"), /^12\s345$/);
});

test("none is singular in French and plural in English", () => {
  const texts = { app: { found: { one: "{n} {what}", other: "{n} {what}s" } } };
  assert.equal(speaker(texts, "fr")("app.found", { n: 0, what: "lien" }), "0 lien");
  assert.equal(speaker(texts, "en")("app.found", { n: 0, what: "link" }), "0 links");
  assert.equal(speaker(texts, "en")("app.found", { n: 1, what: "link" }), "1 link");
  assert.throws(() => speaker(texts, "fr")("app.lost"));
});

test("what fills a text is never read as a text", () => {
  assert.equal(speaker({ a: "{name} !" }, "fr")("a", { name: "{name}<b>" }), "{name}<b> !");
});
