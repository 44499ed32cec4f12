/** What each view of the explorer is given and gives back. */

import type { Selection } from "./selection";
import type { State } from "./state";
import type { Lang, World } from "./world";

/** The page as its parts see it. `go` changes the state (and so the address) and draws all again. */
export interface Stage {
  readonly world: World;
  readonly state: State;
  readonly lang: Lang;
  go(change: Partial<State>): void;
  /** A text of locales/<lang>.yml, section `explorer`, by dotted key; {name} filled in, {one, other} chosen by n. */
  say(key: string, values?: Record<string, string | number>): string;
  /** Said aloud by the live region. */
  announce(sentence: string): void;
}

/** A view draws into its own element. It is kept when hidden; `show` is called at each change while it is visible. */
export interface View {
  readonly element: HTMLElement;
  show(selection: Selection, state: State): void;
  /** What stands out, in sentences. */
  summary(selection: Selection): string[];
  /** The picture as a standalone SVG without external references, for export and print; none for a table. */
  picture?(selection: Selection): SVGSVGElement;
}

export type MakeView = (stage: Stage) => View;
