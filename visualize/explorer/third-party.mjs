/** The names, versions, licences and licence texts of what the bundles hold. */

import { existsSync } from "node:fs";
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
  "@superset-ui/legacy-plugin-chart-country-map": "Boundaries of countries, from Natural Earth (public domain).",
};

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
  const files = existsSync(folder) ? await readdir(folder) : [];
  const text = files.find((file) => /^(licen[cs]e|copying)/i.test(file));
  const words = text ? await readFile(join(folder, text), "utf8") : "(The package carries no licence text.)\n";
  const note = NOTES[name] ? `${NOTES[name]}\n` : "";
  return `${name} ${card.version}\nLicence: ${card.license}\n${note}\n${words.trim()}\n`;
}
