/** Builds the front end into dist/: classic scripts, since a page opened from a disk may load no module and fetch nothing.
 * `node build.mjs` after `npm ci --ignore-scripts`; hatch_build.py does both.
 */

import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { france } from "./france.mjs";
import { thirdParty } from "./third-party.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const DIST = join(HERE, "dist");
const TARGET = ["chrome111", "firefox115", "safari16.4"];
// What jspdf asks for and we never call.
const UNUSED = ["html2canvas", "dompurify", "canvg", "core-js"];

/** `import font from "atkinson.ttf"`: the regular face as TrueType in base64, which PDF needs. */
const font = {
  name: "font",
  setup(bundle) {
    bundle.onResolve({ filter: /^atkinson\.ttf$/ }, (asked) => ({ path: asked.path, namespace: "font" }));
    bundle.onLoad({ filter: /.*/, namespace: "font" }, async () => {
      const { default: decompress } = await import("wawoff2/decompress.js");
      const face = "@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-400-normal.woff2";
      const ttf = await decompress(await readFile(join(HERE, "node_modules", face)));
      return { contents: `export default "${Buffer.from(ttf).toString("base64")}";`, loader: "js" };
    });
  },
};

/** `import engine from "oxigraph.wasm"`: the WebAssembly of Oxigraph in base64. */
const engine = {
  name: "engine",
  setup(bundle) {
    bundle.onResolve({ filter: /^oxigraph\.(wasm|glue)$/ }, (asked) => ({ path: asked.path, namespace: "engine" }));
    bundle.onLoad({ filter: /wasm$/, namespace: "engine" }, async () => {
      const wasm = await readFile(join(HERE, "node_modules/oxigraph/web_bg.wasm"));
      return { contents: `export default "${wasm.toString("base64")}";`, loader: "js" };
    });
    bundle.onLoad({ filter: /glue$/, namespace: "engine" }, async () => {
      const made = await build({
        entryPoints: [join(HERE, "src/sparql/worker.ts")],
        bundle: true, format: "iife", minify: true, write: false, target: TARGET, logLevel: "error",
        define: { "import.meta.url": '""' },
      });
      return { contents: `export default ${JSON.stringify(made.outputFiles[0].text)};`, loader: "js" };
    });
  },
};

/** Workbooks are zipped in the page: a thread made of a blob is what the page's policy forbids. */
const unthreaded = {
  name: "unthreaded",
  setup(bundle) {
    bundle.onLoad({ filter: /write-excel-file[\\/]modules[\\/]zip[\\/]zipToArrayBuffer\.js$/ }, () => ({
      contents: 'import zip from "./zipToArrayBufferSync.js"; export default async (files) => zip(files);', loader: "js",
    }));
  },
};

const unused = {
  name: "unused",
  setup(bundle) {
    const filter = new RegExp(`^(${UNUSED.join("|")})`);
    bundle.onResolve({ filter }, (asked) => ({ path: asked.path, namespace: "unused" }));
    bundle.onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "export default {};", loader: "js" }));
  },
};

/** The editor without its list of prefixes, which is not ours to spread (anybody writes there); ours are in each question. */
const prefixes = {
  name: "prefixes",
  setup(bundle) {
    bundle.onLoad({ filter: /yasqe\.esm\.js$/ }, async (asked) => {
      const text = await readFile(asked.path, "utf8");
      const [list, held] = /\bprefixes_default = \{([^{}]*)\}/.exec(text) ?? ["", ""];
      const names = new Set(held.split(",").map((one) => one.split(":").at(-1).trim()));
      if (names.size < 100) throw new Error("the editor's list of prefixes is not where it was");
      const contents = text.replace(list, "prefixes_default = {}")
        .replace(/, ([\w$]+) = "[^"\n]*"(?=,)/g, (whole, name) => (names.has(name) ? "" : whole));
      return { contents, loader: "js" };
    });
  },
};

const ENTRIES = {
  explorer: "src/explorer.ts",
  "explorer.css": "src/style/explorer.css",
  search: "src/search.ts",
  export: "src/export/heavy.ts",
  sparql: "src/sparql.ts",
  "sparql.css": "src/style/sparql.css",
  oxigraph: "src/sparql/oxigraph.ts",
};

async function bundle(name, entry) {
  const css = name.endsWith(".css");
  const made = await build({
    entryPoints: [join(HERE, entry)],
    outfile: join(DIST, css ? name : `${name}.js`),
    bundle: true, format: css ? undefined : "iife", minify: true, target: TARGET, charset: "utf8",
    loader: { ".woff2": "dataurl", ".svg": "dataurl" },
    legalComments: "none", metafile: true, logLevel: "warning",
    logOverride: { "empty-import-meta": "silent" },
    plugins: [font, engine, unthreaded, unused, prefixes],
  });
  return Object.keys(made.metafile.inputs);
}

await mkdir(DIST, { recursive: true });
const inputs = [];
for (const [name, entry] of Object.entries(ENTRIES)) {
  if (existsSync(join(HERE, entry))) inputs.push(...(await bundle(name, entry)));
}
await writeFile(join(DIST, "france.js"), `window.maillageFrance=${JSON.stringify(await france(HERE))};\n`);
await writeFile(join(DIST, "third-party.txt"), await thirdParty(HERE, inputs));
