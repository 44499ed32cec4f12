/** Search for the pages that are no application: maps and the index of things. */

import { Names } from "./seek.ts";
import { fold } from "./world.ts";

Object.assign(window, { maillageSearch: { Names, fold } });
