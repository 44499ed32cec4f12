/** Formats whose libraries are large, loaded when they are asked for: PDF, XLSX, GEXF. */

import Graph from "graphology";
import { write } from "graphology-gexf/browser";
import { jsPDF } from "jspdf";
import { svg2pdf } from "svg2pdf.js";
import writeExcel from "write-excel-file/browser";
import font from "atkinson.ttf";
import type { Row } from "./rows.ts";

const MARGIN = 24; // points

/** The picture as vectors, its notices under it; a character that the font lacks is left out of the drawing. */
async function pdf(picture: SVGSVGElement, title: string, notices: string[]): Promise<Blob> {
  const { width, height } = picture.viewBox.baseVal;
  const foot = notices.length * 11 + 12;
  const document = new jsPDF({ orientation: width > height ? "l" : "p", unit: "pt", format: [width + 2 * MARGIN, height + 2 * MARGIN + 24 + foot] });
  document.addFileToVFS("atkinson.ttf", font);
  for (const weight of ["normal", "bold", "italic"]) document.addFont("atkinson.ttf", "Atkinson", weight);
  document.setFont("Atkinson", "normal");
  document.setProperties({ title, subject: notices.join(" ; "), creator: "Maillage" });
  document.setFontSize(14).text(title, MARGIN, MARGIN + 6);
  const copy = picture.cloneNode(true) as SVGSVGElement;
  for (const one of [copy, ...copy.querySelectorAll("[font-family]")]) one.setAttribute("font-family", "Atkinson");
  window.document.body.append(copy); // it measures what it draws
  try {
    await svg2pdf(copy, document, { x: MARGIN, y: MARGIN + 20, width, height });
  } finally {
    copy.remove();
  }
  document.setFont("Atkinson", "normal").setFontSize(8);
  notices.forEach((line, place) => document.text(line, MARGIN, height + MARGIN + 36 + place * 11, { maxWidth: width }));
  return document.output("blob");
}

/** A sheet a list of rows, texts as texts: a cell is never a formula. */
async function xlsx(sheets: [name: string, rows: Row[]][]): Promise<Blob> {
  const made = sheets.map(([sheet, rows]) => {
    const heads = Object.keys(rows[0] ?? { empty: "" });
    const cells = rows.map((row) => heads.map((head) => (typeof row[head] === "number" ? { value: row[head], type: Number } : { value: String(row[head]).slice(0, 32767), type: String })));
    return { sheet, data: [heads.map((value) => ({ value, type: String, fontWeight: "bold" as const })), ...cells] };
  });
  return (await writeExcel(made as never)).toBlob();
}

function gexf(nodes: Row[], edges: Row[], about: Row, colours: Record<string, string>): string {
  const graph = new Graph({ type: "undirected" });
  for (const [name, value] of Object.entries(about)) graph.setAttribute(name, value);
  for (const { id, ...attributes } of nodes) graph.addNode(id, { ...attributes, y: -Number(attributes.y), color: colours[String(attributes.kind)] ?? colours.unknown });
  for (const { source, target, ...attributes } of edges) graph.addEdge(source, target, attributes);
  return write(graph, { version: "1.2" });
}

const heavy = { pdf, xlsx, gexf };
export type Heavy = typeof heavy;
window.maillageExport = heavy;

declare global {
  interface Window {
    maillageExport?: Heavy;
  }
}
