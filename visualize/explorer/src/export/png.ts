/** What a PNG says of itself, in chunks of text after its header (PNG, third edition, 11.3.3.3). */

const SIGNATURE = 8;
const HEADER = 25; // length, name, thirteen bytes, checksum
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest >>> 0;
});

export function checksum(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = (rest >>> 8) ^ TABLE[(rest ^ byte) & 0xff];
  return (rest ^ 0xffffffff) >>> 0;
}

/** The same picture with its texts, each under a keyword such as Title or Copyright. */
export function told(png: Uint8Array<ArrayBuffer>, texts: Record<string, string>): Uint8Array<ArrayBuffer>[] {
  const start = SIGNATURE + HEADER;
  return [png.slice(0, start), ...Object.entries(texts).map(([keyword, words]) => chunk(keyword, words)), png.slice(start)];
}

/** International text: keyword, not compressed, no language, no translated keyword, UTF-8. */
function chunk(keyword: string, words: string): Uint8Array<ArrayBuffer> {
  const encode = (value: string) => new TextEncoder().encode(value);
  const body = [...encode(`iTXt${keyword}`), 0, 0, 0, 0, 0, ...encode(words)];
  const found = new Uint8Array(body.length + 8);
  const view = new DataView(found.buffer);
  view.setUint32(0, body.length - 4);
  found.set(body, 4);
  view.setUint32(body.length + 4, checksum(found.subarray(4, body.length + 4)));
  return found;
}
