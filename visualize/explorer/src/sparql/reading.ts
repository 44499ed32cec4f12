/** What a query does, read from its words outside strings, IRIs, comments, variables and prefixed names. */

const APART = /"""(?:\\.|[^\\])*?"""|'''(?:\\.|[^\\])*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*/gs;
const NAMES = /[?$][\p{L}\p{N}_]+|[\p{L}\p{N}_.-]*:[\p{L}\p{N}_.%-]*|@[\w-]+/gu;
const READS = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"];
const VERBS = /\b(SELECT|ASK|CONSTRUCT|DESCRIBE|INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b/;

const words = (query: string) => query.replace(APART, " ").replace(NAMES, " ").toUpperCase();
const verb = (said: string) => VERBS.exec(said)?.[1] ?? "";

/** The reason why a query may not be asked, as the key of a text; "" when it may. */
export function refusal(query: string): string {
  const said = words(query);
  if (/\bSERVICE\b/.test(said)) return "service";
  return verb(said) && !READS.includes(verb(said)) ? "update" : "";
}

/** Whether the answer is triples, not rows. */
export const givesTriples = (query: string) => ["CONSTRUCT", "DESCRIBE"].includes(verb(words(query)));
