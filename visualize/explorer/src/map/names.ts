/** Where the names of territories stand: under their disc or over their frame, never over another. */

export interface Named {
  words: string;
  middle: [number, number];
  bounds: [[number, number], [number, number]];
  overseas: boolean;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const [WIDTH, HEIGHT, DISC] = [5.9, 12, 12]; // pixels: of a letter, of a line, of a disc with its rim

/** The names that find room, the first given served first; `unit` is a pixel on the plane. */
export function spots(named: Named[], discs: { middle: [number, number] }[], unit: number): { words: string; x: number; y: number }[] {
  const taken: Box[] = discs.map(({ middle: [x, y] }) => ({ left: x - DISC * unit, right: x + DISC * unit, top: y - DISC * unit, bottom: y + DISC * unit }));
  const found: { words: string; x: number; y: number }[] = [];
  for (const one of named) {
    const half = (one.words.length * WIDTH * unit) / 2;
    const free = candidates(one, unit).find(([x, y]) => !taken.some((box) => meets(box, around(x, y, half, unit))));
    if (!free) continue;
    const [x, y] = free;
    taken.push(around(x, y, half, unit));
    found.push({ words: one.words, x, y });
  }
  return found;
}

/** Feet of letters: over or under a frame, under or over a disc. */
function candidates({ middle: [x, y], bounds: [[left, top], [right, bottom]], overseas }: Named, unit: number): [number, number][] {
  if (overseas) return [[(left + right) / 2, top - 7 - 5 * unit], [(left + right) / 2, bottom + 7 + 13 * unit]];
  return [[x, y + 22 * unit], [x, y - 15 * unit]];
}

const around = (x: number, y: number, half: number, unit: number): Box => ({ left: x - half, right: x + half, top: y - (HEIGHT - 2.5) * unit, bottom: y + 2.5 * unit });

const meets = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
