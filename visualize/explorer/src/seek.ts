/** Search by name. The rule is that of maillage/store/search.py, where it is told in words: both read
 * visualize/search.json and pass the table of cases of tests/search.
 */

import rule from "../../search.json" with { type: "json" };
import { fold } from "./world.ts";

/** What is searched. `sought`: its names, folded, " | " between them; `order`: what comes first among equals. */
export interface Named {
  id: string;
  sought: string;
  order?: number;
}

/** A name, or all of them for what their words answer together; that one has no form. */
interface Line {
  place: number;
  text: string;
  words: string[];
  stems: string[];
  form?: string;
  initials?: string;
}

const SMALL = new Set(rule.small);
const NUMBER = Object.entries(rule.number);

/** A word without the marks of number. */
export function singular(word: string): string {
  if (word.length < rule.letters) return word;
  return NUMBER.reduce((found, [ending, other]) => (found.endsWith(ending) ? found.slice(0, found.length - ending.length) + other : found), word);
}

/** The words that count: all of them where they are small. */
function content(text: string): string[] {
  const words = text.split(" ");
  const found = words.filter((word) => !SMALL.has(word));
  return found.length ? found : words;
}

/** Whether one letter parts two words: one more, one less, another, or two exchanged; a figure is no letter. */
export function isSlip(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let from = 0;
  while (from < one.length && one[from] === other[from]) from++;
  let last = 0;
  while (last < Math.min(one.length, other.length) - from && one.at(-1 - last) === other.at(-1 - last)) last++;
  const [a, b] = [one.slice(from, one.length - last), other.slice(from, other.length - last)];
  if (/\p{Nd}/u.test(a + b)) return false;
  return Math.max(a.length, b.length) === 1 || (a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0]);
}

function line(place: number, text: string): Line {
  const words = text.split(" ");
  const found = { place, text, words, stems: words.map(singular) };
  if (text.includes("|")) return found;
  const kept = content(text);
  const initials = kept.length > 1 ? kept.map((word) => [...word][0]).join("") : undefined;
  return { ...found, form: kept.map(singular).join(""), initials };
}

const begun = (line: Line, word: string) => line.stems.includes(singular(word)) || line.words.some((one) => one.startsWith(word));

export class Names {
  private readonly lines: Line[];

  constructor(things: Named[]) {
    const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
    const order = ({ place }: Line) => things[place].order ?? 0;
    this.lines = things.flatMap((one, place) => {
      const names = one.sought.split(" | ").filter(Boolean);
      return (names.length > 1 ? [...names, one.sought] : names).map((text) => line(place, text));
    });
    this.lines.sort((a, b) => order(a) - order(b) || a.text.length - b.text.length || compare(a.text, b.text) || compare(things[a.place].id, things[b.place].id));
  }

  /** The places of what answers to what is typed, each once; `near`, where nothing does: what is spelled most like it. */
  seek(typed: string, most: number): { found: number[]; near: number[] } {
    const asked = fold(typed);
    if (!asked) return { found: [], near: [] };
    const words = content(asked);
    let found = this.first((one) => answer(one, asked, words), most);
    if (!found.length) found = this.first(slip(words), most);
    return { found, near: found.length ? [] : this.first(likeness(words), rule.suggestions) };
  }

  /** The best by their rank, from 0 on; a lower one is none. */
  private first(rank: (one: Line) => number, most: number): number[] {
    const ranked = this.lines.map((one) => [rank(one), one.place]).filter(([at]) => at >= 0);
    ranked.sort((a, b) => a[0] - b[0]);
    return [...new Set(ranked.map(([, place]) => place))].slice(0, most);
  }
}

function answer(one: Line, asked: string, words: string[]): number {
  const whole = !SMALL.has(words[0]);
  if (one.text === asked) return 0;
  if (one.form === words.map(singular).join("")) return 1;
  if (`${one.text} `.startsWith(`${asked} `)) return 2;
  if (whole && words.every((word) => one.stems.includes(singular(word)))) return 3;
  if (one.initials === asked) return 4;
  if (one.text.startsWith(asked)) return 5;
  return whole && words.every((word) => begun(one, word)) ? 6 : -1;
}

function slip(words: string[]): (one: Line) => number {
  const known = words.map(() => new Map<string, boolean>());
  const meant = (place: number, other: string) => {
    const said = known[place].get(other) ?? (isSlip(words[place], other) && (words.length > 1 || Math.max(words[place].length, other.length) >= rule.letters));
    known[place].set(other, said);
    return said;
  };
  return (one) => {
    const others = words.map((word) => begun(one, word));
    const lacking = others.filter((said) => !said).length;
    return lacking < 2 && words.some((_, place) => lacking === Number(!others[place]) && one.words.some((other) => meant(place, other))) ? 0 : -1;
  };
}

function likeness(words: string[]): (one: Line) => number {
  const sought = [...new Set(words.flatMap((word) => [...word].map((_, at) => ` ${word} `.slice(at, at + 3))))];
  return (one) => {
    if (one.text.includes("|")) return -1;
    const shared = sought.filter((part) => ` ${one.text} `.includes(part)).length;
    return 2 * shared > sought.length ? sought.length - shared : -1;
  };
}
