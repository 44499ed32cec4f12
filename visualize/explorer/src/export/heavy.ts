/** Formats whose libraries are large, loaded when they are asked for: PDF, XLSX, GEXF; and the font of pictures. */

import { jsPDF } from "jspdf";
import { svg2pdf } from "svg2pdf.js";
import writeExcel from "write-excel-file/browser";
import font from "atkinson.ttf";
import { gexf } from "./gexf.ts";
import type { Caption } from "./picture.ts";
import type { Row } from "./rows.ts";
import { bare } from "./xml.ts";

const [MARGIN, HEAD, LINE] = [24, 26, 11]; // points
const PAGE = 760; // of the credits, from top to bottom
const CELL = 32_767; // characters that Excel takes in a cell

/** The picture as vectors with its caption; the credits follow on pages of their own. */
async function pdf(picture: SVGSVGElement, caption: Caption): Promise<Blob> {
  const { width: own, height: tall } = picture.viewBox.baseVal;
  const width = Number(picture.getAttribute("width")) || own;
  const height = tall * (width / own);
  const made = new jsPDF({ unit: "pt", format: [width + 2 * MARGIN, height], compress: true });
  made.deletePage(1);
  made.addFileToVFS("atkinson.ttf", font);
  for (const weight of ["normal", "bold", "italic"]) made.addFont("atkinson.ttf", "Atkinson", weight);
  made.setFont("Atkinson", "normal").setFontSize(8);
  const foot = split(made, caption.foot, width);
  const size: [number, number] = [width + 2 * MARGIN, height + 2 * MARGIN + HEAD + foot.length * LINE + LINE];
  made.addPage(size, size[0] > size[1] ? "l" : "p");
  const [subject, ...keywords] = caption.notices.map(spaced);
  made.setProperties({ title: spaced(caption.title), subject, keywords: keywords.join("; "), author: "Maillage", creator: "Maillage" });
  made.setFontSize(14).text(plain(caption.title), MARGIN, MARGIN + 6);
  await drawn(made, picture, width, height);
  made.setFont("Atkinson", "normal").setFontSize(8);
  foot.forEach((line, place) => made.text(line, MARGIN, height + MARGIN + HEAD + (place + 1) * LINE));
  credits(made, split(made, caption.notices, 540));
  return made.output("blob");
}

async function drawn(made: jsPDF, picture: SVGSVGElement, width: number, height: number): Promise<void> {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  for (const one of [copy, ...copy.querySelectorAll("[font-family]")]) one.setAttribute("font-family", "Atkinson");
  for (const one of copy.querySelectorAll("[font-weight]")) one.setAttribute("font-weight", Number(one.getAttribute("font-weight")) < 600 ? "normal" : "bold");
  for (const one of copy.querySelectorAll("text")) one.textContent = plain(one.textContent ?? "");
  document.body.append(copy); // it measures what it draws
  try {
    await svg2pdf(copy, made, { x: MARGIN, y: MARGIN + HEAD - 6, width, height });
  } finally {
    copy.remove();
  }
}

function credits(made: jsPDF, lines: string[]): void {
  const each = Math.floor(PAGE / LINE);
  for (let at = 0; at < lines.length; at += each) {
    made.addPage("a4", "p");
    lines.slice(at, at + each).forEach((line, place) => made.text(line, 28, 40 + place * LINE));
  }
}

const split = (made: jsPDF, lines: string[], width: number) => lines.flatMap((line) => made.splitTextToSize(plain(line), width) as string[]);

/** Without unbreakable spaces, which the properties of a PDF turn into another character. */
const spaced = (words: string) => words.replaceAll("\u00a0", " ");

/** The font has Latin letters only: anything else is drawn as a mark that says that a character stood there. */
function plain(words: string): string {
  return bare(words).normalize("NFC").replace(/[\u{10000}-\u{10ffff}]/gu, "?").replace(/[^\n\u0020-\u024f\u2010-\u203a\u20ac\u2122\u2212]/g, "?");
}

/** A sheet a list of rows, texts as texts: a cell is never a formula. */
async function xlsx(sheets: [name: string, rows: Row[]][]): Promise<Blob> {
  const made = sheets.map(([sheet, rows]) => {
    const heads = Object.keys(rows[0] ?? { empty: "" });
    const value = (one: string | number) => (typeof one === "number" ? { value: one, type: Number } : { value: bare(one).slice(0, CELL), type: String });
    return { sheet, data: [heads.map((head) => ({ value: head, type: String, fontWeight: "bold" as const })), ...rows.map((row) => heads.map((head) => value(row[head])))] };
  });
  return (await writeExcel(made as never)).toBlob();
}

const heavy = { pdf, xlsx, gexf, font };
export type Heavy = typeof heavy;
window.maillageExport = heavy;

declare global {
  interface Window {
    maillageExport?: Heavy;
  }
}
