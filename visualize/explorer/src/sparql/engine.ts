/** Who answers: the server that gave the page, or Oxigraph in a worker of the page, stopped at the time limit. */

import { script } from "../load.ts";
import type { Asked, Told } from "./worker.ts";

export const SECONDS = 10;
export const MOST = 300_000; // statements loaded into a page: about 250 MB of memory and ten seconds

export interface Answer {
  body: string;
  type: string;
}

declare global {
  interface Window {
    maillageGraph?: { format: string; gzip: string; defaultGraphs: string[]; statements: number; missing?: number };
    maillageOxigraph?: { script: string; wasm: string };
    maillageSparql?: string;
  }
}

export class Refused extends Error {}

let worker: Worker | null = null;

export async function ask(query: string): Promise<Answer> {
  return window.maillageSparql ? asked(window.maillageSparql, query) : local(query);
}

async function asked(address: string, query: string): Promise<Answer> {
  const accept = "application/sparql-results+json, application/n-triples;q=0.9";
  const form = { method: "POST", body: new URLSearchParams({ query }), headers: { Accept: accept } };
  const found = await fetch(address, form).catch(() => null);
  const body = (await found?.text()) ?? "";
  if (!found?.ok) throw new Refused(sentence(body));
  return { body, type: found.headers.get("content-type") ?? "" };
}

/** What the server says in the language of the page; what stands between may answer with anything. */
function sentence(body: string): string {
  try {
    const said = JSON.parse(body) as { error: Record<string, string> };
    return said.error[document.documentElement.lang] ?? "unreachable";
  } catch {
    return "unreachable";
  }
}

async function local(query: string): Promise<Answer> {
  const engine = worker ?? (await started());
  const told = await answered(engine, { query }, SECONDS);
  if (!told) {
    engine.terminate(); // nothing else stops it; the next question starts another
    worker = null;
    throw new Refused("stopped");
  }
  if ("fault" in told) throw new Error(told.fault);
  return told as Answer;
}

async function started(): Promise<Worker> {
  if (!window.maillageGraph) await script("data/graph.js");
  const graph = window.maillageGraph;
  if (!graph || graph.statements > MOST) throw new Refused("large");
  if (!window.maillageOxigraph) await script("assets/oxigraph.js");
  const built = window.maillageOxigraph as { script: string; wasm: string };
  const made = new Worker(URL.createObjectURL(new Blob([built.script], { type: "text/javascript" })));
  const wasm = Uint8Array.from(atob(built.wasm), (one) => one.charCodeAt(0));
  const told = await answered(made, { wasm, graph }, 60);
  if (!told || "fault" in told) {
    made.terminate();
    throw new Error(told && "fault" in told ? told.fault : "");
  }
  return (worker = made);
}

/** What the worker says, or nothing when the time is up. */
function answered(engine: Worker, message: Asked, seconds: number): Promise<Told | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(null), seconds * 1000);
    engine.onmessage = ({ data }: MessageEvent<Told>) => {
      clearTimeout(timer);
      resolve(data);
    };
    engine.onerror = (event) => {
      clearTimeout(timer);
      reject(new Error(event.message));
    };
    engine.postMessage(message);
  });
}
