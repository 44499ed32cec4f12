/** A picture to keep: the drawing, its title above, licence and credits below and in its metadata. */

import { draw } from "../app/dom.ts";

const [LINE, HEAD, PAD] = [14, 30, 14];

/** A standalone SVG document. */
export function svgText(picture: SVGSVGElement, title: string, notices: string[], colours: Record<string, string>): string {
  const { width, height } = picture.viewBox.baseVal;
  const lines = notices.flatMap((notice) => wrapped(notice, Math.max(40, Math.floor(width / 5.6))));
  const tall = HEAD + height + PAD + lines.length * LINE + PAD;
  const whole = draw("svg", { xmlns: "http://www.w3.org/2000/svg", width, height: tall, viewBox: `0 0 ${width} ${tall}`, "font-family": picture.getAttribute("font-family") ?? "sans-serif" });
  const inner = picture.cloneNode(true) as SVGSVGElement;
  inner.setAttribute("y", String(HEAD));
  for (const one of inner.querySelectorAll("[tabindex]")) one.removeAttribute("tabindex");
  whole.append(
    draw("title", {}, title), draw("metadata", {}, notices.join("\n")), draw("rect", { width, height: tall, fill: colours.card }),
    draw("text", { x: PAD, y: 20, "font-size": 15, "font-weight": 700, fill: colours.ink }, title), inner,
    ...lines.map((line, place) => draw("text", { x: PAD, y: HEAD + height + PAD + (place + 0.7) * LINE, "font-size": 10, fill: colours.secondary }, line)),
  );
  return new XMLSerializer().serializeToString(whole);
}

function wrapped(words: string, most: number): string[] {
  const lines = [""];
  for (const word of words.split(" ")) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length + 1 > most) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}

/** The same at twice its size, in pixels. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * 2;
  canvas.height = image.naturalHeight * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("PNG"))), "image/png"));
}
