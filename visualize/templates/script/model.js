// The network as data: points and lines, as pyvis places them and as we tell of them; who is next to whom.
const pyvis = JSON.parse(byId("pyvis").textContent);
pyvis.nodes = unpack(pyvis.nodes);
pyvis.edges = unpack(pyvis.edges);
data.proofs = unpack(data.proofs);
data.edges = unpack(data.edges).map((edge, place) => ({ ...pyvis.edges[place], ...edge }));
data.nodes = unpack(data.nodes).map((node, place) => {
  const { id, x, y, size } = pyvis.nodes[place];
  const names = typeof node.name === "string" ? [node.name] : Object.values(node.name);
  return { ...node, id, x, y, radius: size, sought: [...new Set([...names, node.short ?? ""].map(window.maillageSearch.fold))].filter(Boolean).join(" | ") };
});
const nodes = new Map(data.nodes.map((node) => [node.id, node]));
const edges = new Map(data.edges.map((edge) => [edge.id, edge]));
const touching = new Map(data.nodes.map((node) => [node.id, []]));
for (const edge of data.edges) {
  touching.get(edge.from).push(edge);
  touching.get(edge.to).push(edge);
}

const byRank = (one, other) => nodes.get(one).rank - nodes.get(other).rank;
const ranked = [...nodes.keys()].sort(byRank);

function otherEnd(edge, id) {
  return edge.from === id ? edge.to : edge.from;
}

function neighbours(id) {
  return touching.get(id).map((edge) => otherEnd(edge, id)).sort(byRank);
}

function linesOf(id) {
  return [...touching.get(id)].sort((a, b) => byRank(otherEnd(a, id), otherEnd(b, id)));
}

// What stays lit: the thing chosen and what touches it; nothing chosen lights everything.
function lit() {
  const chosen = state.chosen;
  if (!chosen) return null;
  if (chosen.type === "edge") {
    const edge = edges.get(chosen.id);
    return { nodes: new Set([edge.from, edge.to]), edges: new Set([edge.id]) };
  }
  const around = touching.get(chosen.id);
  return {
    nodes: new Set([chosen.id, ...around.map((edge) => otherEnd(edge, chosen.id))]),
    edges: new Set(around.map((edge) => edge.id)),
  };
}

function proofsOf(edge) {
  const inWords = (proof) => Object.fromEntries(Object.entries(proof).map(([name, value]) => [name, said(value)]));
  return edge.proofs.map((place) => inWords(data.proofs[place]));
}

// The two ends of a line in the order in which a proof reads them.
function endsOf(edge, proof) {
  const ends = [nodes.get(edge.from), nodes.get(edge.to)];
  return proof.reversed ? ends.reverse() : ends;
}

// How far a symbol reaches to its sides, for a radius of 1.
function reach(kind) {
  return kind.points.length ? Math.max(...kind.points.map(([x]) => Math.abs(x))) : kind.size;
}

const SVG = "http://www.w3.org/2000/svg";

// The symbol of a point, for the panel and the lists; decoration, since its kind is always written next to it.
function glyph(node) {
  const kind = data.kinds[node.kind];
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", "glyph glyph-" + node.kind);
  picture.setAttribute("viewBox", "-15 -15 30 30");
  picture.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", "#glyph-" + node.kind);
  const letter = document.createElementNS(SVG, "text");
  letter.setAttribute("text-anchor", "middle");
  letter.setAttribute("y", String(4.6 + kind.drop * 11));
  letter.textContent = node.glyph;
  picture.append(use, letter);
  return picture;
}
