/** Reads {things, typed, most} from standard input; writes the ids that seek.ts finds for each text, and those near. */

import { Names } from "../../visualize/explorer/src/seek.ts";

let text = "";
for await (const part of process.stdin) text += part;
const { things, typed, most } = JSON.parse(text);
const names = new Names(things);
const ids = (places) => places.map((place) => things[place].id);
const said = typed.map((one) => {
  const { found, near } = names.seek(one, most);
  return { found: ids(found), near: ids(near) };
});
process.stdout.write(JSON.stringify(said));
