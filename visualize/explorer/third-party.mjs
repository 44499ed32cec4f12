/** The names, versions, licences and licence texts of what the bundles hold. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** In bundles without being an input of esbuild: fonts, WebAssembly, boundaries. */
const BESIDE = [
  "@fontsource-variable/atkinson-hyperlegible-next",
  "@fontsource/atkinson-hyperlegible-next",
  "@superset-ui/legacy-plugin-chart-country-map",
  "oxigraph",
];
const NOTES = {
  "@superset-ui/legacy-plugin-chart-country-map": "Boundaries of the departments of France, from Natural Earth (public domain).",
};

const APACHE = "node_modules/typescript/LICENSE.txt";
const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

export async function thirdParty(here, inputs) {
  const found = new Set(BESIDE);
  for (const input of inputs) {
    const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) found.add(match[1]);
  }
  const parts = [];
  for (const name of [...found].sort()) parts.push(await described(join(here, "node_modules", name), name));
  return `${parts.join(`\n${"-".repeat(78)}\n\n`)}`;
}

async function described(folder, name) {
  const card = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const files = await readdir(folder);
  const text = files.find((file) => /^(licen[cs]e|copying)/i.test(file));
  const words = text ? await readFile(join(folder, text), "utf8") : await standard(folder, card);
  const note = NOTES[name] ? `${NOTES[name]}\n` : "";
  return `${name} ${card.version}\nLicence: ${card.license}\n${note}\n${words.trim()}\n`;
}

/** For a package without a text: that of the licence it names, with those it names. TypeScript lies under Apache 2.0. */
async function standard(folder, card) {
  if (card.license.includes("Apache-2.0")) return readFile(join(folder.slice(0, folder.indexOf("node_modules")), APACHE), "utf8");
  if (card.license !== "MIT") throw new Error(`${card.name}: ${card.license} has no text here; add it to third-party.mjs`);
  const people = [card.author, ...(card.contributors ?? [])].filter(Boolean).map((one) => one.name ?? one);
  return `Copyright (c) ${people.join(", ") || `the authors of ${card.name}`}\n\n${MIT}`;
}
