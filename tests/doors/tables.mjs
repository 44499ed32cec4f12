/** Reads {world, proofs} from standard input; writes the rows that the explorer's CSV and book hold, in French. */

import { evidenceRows, linkRows, proven } from "../../visualize/explorer/src/export/rows.ts";

let text = "";
for await (const part of process.stdin) text += part;
const { world, proofs } = JSON.parse(text);
const held = { bodies: [], activities: [], links: world.links.map((_, place) => place) };
const places = proven(world, held);
const found = new Map(places.map((place) => [place, proofs[String(place)] ?? []]));
process.stdout.write(JSON.stringify({ links: linkRows(world, held, "fr"), evidence: evidenceRows(world, places, found, "fr") }));
