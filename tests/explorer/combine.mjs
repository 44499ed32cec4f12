/** Reads {world, parts} from standard input; writes the IRI of the licence of each whole, null where it is refused. */

import { combine } from "../../visualize/explorer/src/export/licence.ts";

let text = "";
for await (const part of process.stdin) text += part;
const { world, parts } = JSON.parse(text);
const said = parts.map((sources) => combine(world, sources).iri ?? null);
process.stdout.write(JSON.stringify(said));
