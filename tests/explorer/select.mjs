/** Reads {world, states} from standard input; writes what selection.ts selects for each, things by their ids. */

import { read } from "../../visualize/explorer/src/state.ts";
import { select } from "../../visualize/explorer/src/selection.ts";

let text = "";
for await (const part of process.stdin) text += part;
const { world, states } = JSON.parse(text);
const said = states.map((search) => {
  const found = select(world, read(search));
  const id = (place) => world.bodies[place].id;
  return {
    bodies: found.bodies.map(id).sort(),
    links: found.links.map((place) => `${id(world.links[place].a)}~${id(world.links[place].b)}`).sort(),
    activities: found.activities.map((place) => world.activities[place].id).sort(),
    facets: found.facets,
    total: found.total,
  };
});
process.stdout.write(JSON.stringify(said));
