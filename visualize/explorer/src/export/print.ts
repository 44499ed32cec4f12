/** What is printed besides what is seen: the table under a picture, the address, licence and credits. */

import { make } from "../app/dom.ts";
import type { Stage } from "../view.ts";
import { credit, notices, type Held } from "./licence.ts";
import { addressOf } from "./share.ts";

let latest: (() => void) | null = null;

/** Before each printing, by the button or by the browser's own command. */
export function prepare(stage: Stage, held: () => Held): void {
  if (!latest) addEventListener("beforeprint", () => latest?.());
  latest = () => {
    const below = document.getElementById("below");
    if (below instanceof HTMLDetailsElement && !below.hidden && !below.open) {
      below.open = true;
      below.dispatchEvent(new Event("toggle")); // its own comes too late to be printed
    }
    const found = credit(stage.world, held());
    const lines = "between" in found ? [stage.say("export.refused", { list: found.between.join(", ") })] : notices(stage.world, found, stage.lang);
    document.getElementById("printed")?.remove();
    const items = [addressOf(stage), ...lines].map((line) => make("p", {}, line));
    document.querySelector("main")?.append(make("div", { id: "printed" }, ...items));
  };
}
