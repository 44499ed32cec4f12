/** A picture to keep: the drawing, its title above, licence and publishers below, all the credits in its metadata. */

import { draw } from "../app/dom.ts";
import { told } from "./png.ts";
import { bare } from "./xml.ts";

const [LINE, HEAD, PAD] = [14, 30, 14];
const LETTER = 5; // pixels, of a letter of the notices

export interface Caption {
  title: string;
  foot: string[]; // under the picture
  notices: string[]; // in its metadata
}

/** A standalone SVG document. `font`: a TrueType face in base64, for a picture that is drawn where the font is not known. */
export function svgText(picture: SVGSVGElement, { title, foot, notices }: Caption, colours: Record<string, string>, font = ""): string {
  const { width: own, height: tall } = picture.viewBox.baseVal;
  const width = Number(picture.getAttribute("width")) || own;
  const height = tall * (width / own);
  const lines = foot.flatMap((line) => wrapped(line, Math.max(40, Math.floor((width - 2 * PAD) / LETTER))));
  const all = HEAD + height + PAD + lines.length * LINE + PAD;
  const family = font ? "Atkinson" : (picture.getAttribute("font-family") ?? "sans-serif");
  const whole = draw("svg", { xmlns: "http://www.w3.org/2000/svg", width, height: all, viewBox: `0 0 ${width} ${all}`, "font-family": family });
  const inner = picture.cloneNode(true) as SVGSVGElement;
  for (const [name, value] of Object.entries({ y: HEAD, width, height, "font-family": family })) inner.setAttribute(name, String(value));
  for (const one of inner.querySelectorAll("[role=button]")) ["tabindex", "role", "aria-pressed"].forEach((name) => one.removeAttribute(name));
  whole.append(
    draw("title", {}, title), draw("metadata", {}, notices.join("\n")),
    ...(font ? [draw("style", {}, `@font-face { font-family: Atkinson; src: url(data:font/ttf;base64,${font}); }`)] : []),
    draw("rect", { width, height: all, fill: colours.card }),
    draw("text", { x: PAD, y: 20, "font-size": 15, "font-weight": 700, fill: colours.ink }, title), inner,
    ...lines.map((line, place) => draw("text", { x: PAD, y: HEAD + height + PAD + (place + 0.7) * LINE, "font-size": 10, fill: colours.secondary }, line)),
  );
  return bare(new XMLSerializer().serializeToString(whole));
}

export function wrapped(words: string, most: number): string[] {
  const lines = [""];
  for (const word of words.split(" ")) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length + 1 > most) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}

/** The same at twice its size, in pixels. */
export async function pngOf(svg: string, { title, notices }: Caption): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * 2;
  canvas.height = image.naturalHeight * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!made) throw new Error("PNG");
  const bytes = new Uint8Array(await made.arrayBuffer());
  return new Blob(told(bytes, { Title: title, Software: "Maillage", Copyright: notices.join("\n") }), { type: "image/png" });
}
