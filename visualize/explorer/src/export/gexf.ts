/** A network for Gephi, with the places and the colours of the map. */

import Graph from "graphology";
import { write } from "graphology-gexf/browser/index.js";
import type { Row } from "./rows.ts";
import { bare } from "./xml.ts";

export function gexf(nodes: Row[], edges: Row[], about: Row, colours: Record<string, string>): string {
  const graph = new Graph({ type: "undirected", multi: true });
  const clean = (row: Row): Row => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === "string" ? bare(value) : value]));
  for (const [name, value] of Object.entries(clean(about))) graph.setAttribute(name, value);
  for (const { id, ...rest } of nodes.map(clean)) graph.addNode(id, { ...rest, y: -Number(rest.y), color: colours[String(rest.kind)] ?? colours.unknown });
  for (const { source, target, ...rest } of edges.map(clean)) graph.addEdge(source, target, rest);
  return write(graph, { version: "1.2" });
}
