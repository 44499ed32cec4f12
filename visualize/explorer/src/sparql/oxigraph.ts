/** Oxigraph's WebAssembly and the worker that runs it, as texts: a page opened from a disk can fetch neither. */

import script from "oxigraph.glue";
import wasm from "oxigraph.wasm";

window.maillageOxigraph = { script, wasm };
