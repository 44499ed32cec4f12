/** Reads {world, proofs} from standard input; writes what the explorer's CSV, book and network files hold, in French. */

import { evidenceRows, bodyRows, linkRows, proven } from "../../visualize/explorer/src/export/rows.ts";
import { graphml } from "../../visualize/explorer/src/export/written.ts";

Object.assign(globalThis, { DOMParser: class {}, Document: class {} }); // of a browser: asked for by what reads GEXF, not by what writes it
const { gexf } = await import("../../visualize/explorer/src/export/gexf.ts");

let text = "";
for await (const part of process.stdin) text += part;
const { world, proofs } = JSON.parse(text);
const every = (things) => things.map((_, place) => place);
const held = { bodies: every(world.bodies), activities: [], links: every(world.links) };
const places = proven(world, held);
const found = new Map(places.map((place) => [place, proofs[String(place)] ?? []]));
const links = linkRows(world, held, "fr");
process.stdout.write(JSON.stringify({
  links, evidence: evidenceRows(world, places, found, "fr"), gexf: gexf(bodyRows(world, held, "fr"), links, {}, world.colours),
  graphml: graphml(world, held, { licence: world.licences[0], lines: [], publishers: [], sources: [] }, "fr"),
}));
