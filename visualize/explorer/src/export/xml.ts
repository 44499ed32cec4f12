/** Texts fit for XML 1.0: a name may hold anything, a document may not. */

/** Without the characters that XML cannot hold, lone halves of a pair among them. */
export function bare(words: string): string {
  return words.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
}

export function xml(words: string): string {
  return bare(words).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
