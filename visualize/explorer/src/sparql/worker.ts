/** Oxigraph in a worker, made from a blob since a page opened from a disk may start no other. One message an answer. */

import init, { namedNode, Store, type NamedNode } from "oxigraph/web.js";
import { givesTriples } from "./reading.ts";

interface Graph {
  format: string;
  gzip: string;
  defaultGraphs: string[];
}

export type Asked = { wasm: Uint8Array; graph: Graph } | { query: string };
export type Told = { ready: true } | { body: string; type: string } | { fault: string };

let store: Store | null = null;
let graphs: NamedNode[] = [];

async function begin(wasm: Uint8Array, graph: Graph): Promise<void> {
  await init({ module_or_path: wasm as BufferSource });
  const bytes = Uint8Array.from(atob(graph.gzip), (one) => one.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  store = new Store();
  store.load(await new Response(plain).text(), { format: graph.format, no_transaction: true });
  graphs = graph.defaultGraphs.map((iri) => namedNode(iri));
}

/** Rows or yes and no as JSON, triples as N-Triples: the engine must be told which. */
function answer(query: string): Told {
  const triples = givesTriples(query);
  const found = store?.query(query, { default_graph: graphs, results_format: triples ? "nt" : "json" });
  return { body: String(found), type: triples ? "application/n-triples" : "application/sparql-results+json" };
}

self.onmessage = async ({ data }: MessageEvent<Asked>) => {
  const tell = (told: Told) => self.postMessage(told);
  try {
    if ("wasm" in data) {
      await begin(data.wasm, data.graph);
      tell({ ready: true });
    } else tell(answer(data.query));
  } catch (error) {
    tell({ fault: error instanceof Error ? error.message : String(error) });
  }
};
