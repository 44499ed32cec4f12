/** The texts of the interface: locales/explorer.<lang>.yml, written into the page as `maillageTexts`. */

import type { Lang } from "./world.ts";

export type Say = (key: string, values?: Record<string, string | number>) => string;

/** 1 234 in French, 1,234 in English. */
export function number(value: number, lang: Lang): string {
  return value.toLocaleString(lang === "fr" ? "fr-FR" : "en-GB");
}

/** The texts of a language by dotted key; a text with two forms is chosen by `n` (in French 0 and 1 are singular). */
export function speaker(texts: Record<string, unknown>, lang: Lang): Say {
  return (key, values = {}) => {
    const found = key.split(".").reduce<unknown>((part, name) => (part as Record<string, unknown>)?.[name], texts);
    const n = Number(values.n);
    const form = (lang === "fr" ? n < 2 : n === 1) ? "one" : "other";
    const words = typeof found === "object" && found !== null ? (found as Record<string, unknown>)[form] : found;
    if (typeof words !== "string") throw new Error(`no text ${key}`);
    return words.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      return typeof value === "number" ? number(value, lang) : String(value ?? "");
    });
  };
}

/** A date or a period in words; each end is a year, a month or a day, or nothing. */
export function when(start: string | undefined, end: string | undefined, lang: Lang): string {
  const [one, other] = [start ?? end ?? "", end ?? start ?? ""];
  if (!one) return "";
  const [first, last] = [day(one, lang), day(other, lang)];
  return first === last ? first : `${first} – ${last}`;
}

function day(written: string, lang: Lang): string {
  const parts = written.split("-").map(Number);
  if (parts.length === 1) return written;
  const date = new Date(Date.UTC(parts[0], parts[1] - 1, parts[2] ?? 1));
  const shape: Intl.DateTimeFormatOptions = { year: "numeric", month: "long", timeZone: "UTC" };
  if (parts.length === 3) shape.day = "numeric";
  const said = date.toLocaleDateString(lang === "fr" ? "fr-FR" : "en-GB", shape);
  return lang === "fr" ? said.replace(/^1 /, "1er ") : said;
}
