/** The page as its parts see it: one state, kept in the address, and everything drawn from it. */

import { map } from "../map/index";
import { network } from "../network/index";
import { timeline } from "../timeline/index";
import { events } from "../views/events";
import { synergies } from "../views/synergies";
import { table } from "../views/table";
import { select, type Selection } from "../selection";
import { read, START, VIEWS, write, type State, type ViewName } from "../state";
import type { MakeView, Stage, View } from "../view";
import { speaker, type Say } from "../words";
import { text, type World } from "../world";
import { make } from "./dom";
import { Drawer } from "./drawer";
import { chips, facets } from "./facets";
import { Focus } from "./focus";
import { header } from "./header";
import { combobox, type Found } from "./search";
import { at, drawSheet } from "./sheet";
import { tabs } from "./tabs";

/** A view more is a name in VIEWS, a text `app.views.…` and its maker here. */
const MAKERS: Record<ViewName, MakeView> = { network, map, timeline, table, events, synergies };
const PICTURES: ViewName[] = ["network", "map", "timeline"];
const NARROW = 700;
/** What is shown differently without asking the server again. */
const LOCAL = new Set<string>(["view", "lang", "sort", "level", "zoom", "embed"]);
const REPLACED = new Set<string>(["sort", "zoom", "lang"]); // not worth a step back

const place = (id: string) => document.getElementById(id) as HTMLElement;

/** What the page begins with when its address says nothing: on a small screen, the table. */
function beginning(): State {
  const lang = document.documentElement.lang === "en" ? "en" : "fr";
  return { ...START, lang, view: innerWidth < NARROW ? "table" : "network" };
}

export class Page implements Stage {
  world: World;
  state: State;
  private readonly start = beginning();
  private readonly views = new Map<ViewName, View>();
  private readonly filters;
  private readonly drawer: Drawer;
  private readonly below: View;
  private readonly focus = new Focus();
  private selection!: Selection;
  private words!: Say;
  private asked = 0; // how many selections a server was asked for

  constructor(world: World) {
    this.world = world;
    this.state = read(location.search, this.start);
    this.filters = facets(this);
    this.below = table(this);
    place("filters").append(this.filters.element);
    this.drawer = new Drawer(place("filters"), place("open-filters"));
    document.body.classList.toggle("embed", this.state.embed);
    addEventListener("popstate", () => this.turn(read(location.search, this.start)));
    addEventListener("keydown", (event) => this.leave(event));
    place("below").addEventListener("toggle", () => this.showBelow());
    this.speak();
  }

  get lang() {
    return this.state.lang;
  }

  say(key: string, values: Record<string, string | number> = {}): string {
    return this.words(key, values);
  }

  announce(sentence: string): void {
    place("announce").textContent = sentence;
  }

  go(change: Partial<State>): void {
    const next = { ...this.state, ...change };
    const quiet = Object.keys(change).every((name) => REPLACED.has(name));
    const address = write(next, this.start);
    if (address !== write(this.state, this.start)) remember(address, quiet);
    const moved = Object.keys(change);
    if (moved.length === 1 && moved[0] === "zoom") this.state = next; // the network has moved by itself
    else this.turn(next);
  }

  /** Shows another state; a server is asked for what it selects. */
  private turn(next: State): void {
    const before = this.state;
    this.state = next;
    if (before.lang !== next.lang) this.speak();
    const names = Object.keys(next) as (keyof State)[];
    const local = names.every((name) => LOCAL.has(name) || String(next[name]) === String(before[name]));
    if (!window.maillageApi || local) this.show(before);
    else void this.ask(before);
  }

  /** Draws what the server selects; when it does not answer, what was shown stays, with a sentence. */
  async ask(before?: State): Promise<void> {
    const turn = ++this.asked;
    document.body.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${window.maillageApi}world${write(this.state)}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const world = (await answer.json()) as World;
      if (turn !== this.asked) return; // a later choice is on its way
      this.world = world;
      place("failure").replaceChildren();
      this.show(before);
    } catch {
      if (turn === this.asked) this.failed();
    } finally {
      if (turn === this.asked) document.body.removeAttribute("aria-busy");
    }
  }

  private failed(): void {
    const retry = make("button", { type: "button", onclick: () => void this.ask() }, this.say("app.retry"));
    place("failure").replaceChildren(this.say("app.unreachable"), " ", retry);
  }

  /** Everything again, from the state; what had the focus keeps it. */
  show(before?: State): void {
    const { state } = this;
    this.focus.before();
    this.selection = select(this.world, state);
    const view = this.view(state.view);
    for (const name of VIEWS) place(`panel-${name}`).hidden = name !== state.view;
    view.show(this.selection, state);
    this.filters.show(this.selection);
    this.drawer.show(this, this.selection.total.bodies);
    tabs(this, place("tabs"));
    place("chips").replaceChildren(...chips(this));
    place("counts").textContent = this.counts();
    drawSheet(this, place("sheet-body"), this.selection, () => view.summary(this.selection));
    place("below").hidden = !PICTURES.includes(state.view);
    this.showBelow();
    this.entitle();
    this.focus.after(before?.at ?? state.at, state.at, innerWidth < NARROW);
  }

  private counts(): string {
    const { bodies, links, activities } = this.selection.total;
    return [this.say("app.bodies", { n: bodies }), this.say("app.links", { n: links }), this.say("app.activities", { n: activities })].join(", ");
  }

  /** The title says what is open; the link of an embed leads to the same state. */
  private entitle(): void {
    const found = at(this.world, this.state.at);
    const thing = found && "body" in found ? this.world.bodies[found.body] : found && "activity" in found ? this.world.activities[found.activity] : null;
    document.title = thing ? `${text(thing.name, this.lang)} – Maillage` : this.say("app.title");
    const whole = document.querySelector<HTMLAnchorElement>(".whole");
    if (whole) whole.href = `index.html${write({ ...this.state, embed: false })}`;
  }

  private view(name: ViewName): View {
    const known = this.views.get(name);
    if (known) return known;
    const made = MAKERS[name](this);
    place(`panel-${name}`).append(made.element);
    this.views.set(name, made);
    return made;
  }

  /** The words of the page itself, and what is made once a language. */
  private speak(): void {
    const { lang } = this;
    this.words = speaker(window.maillageTexts?.[lang] ?? {}, lang);
    document.documentElement.lang = lang;
    for (const element of document.querySelectorAll<HTMLElement>("[data-t]")) element.textContent = this.say(element.dataset.t ?? "");
    for (const element of document.querySelectorAll<HTMLElement>("[data-t-label]")) element.setAttribute("aria-label", this.say(element.dataset.tLabel ?? ""));
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-page]")) link.href = `${link.dataset.page}?lang=${lang}`;
    for (const link of document.querySelectorAll<HTMLElement>("[data-speak]")) {
      if (link.dataset.speak === lang) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    place("search").replaceChildren(combobox(this, "seek", this.say("app.search"), (found) => this.found(found)));
    place("actions").replaceChildren(...header(this, () => ({ view: this.view(this.state.view), selection: this.selection })));
  }

  private found(found: Found): void {
    const { world } = this;
    if (found.kind === "body") this.go({ at: world.bodies[found.place].id });
    else if (found.kind === "activity") this.go({ at: world.activities[found.place].id });
    else if (found.kind === "territory") this.go({ territory: [world.territories[found.place].id.replace("territory/", "")] });
    else this.go({ [found.kind]: [world.concepts[found.place].slug] });
  }

  private showBelow(): void {
    const details = place("below") as HTMLDetailsElement;
    if (!details.open || details.hidden) return;
    if (!this.below.element.isConnected) details.append(this.below.element);
    this.below.show(this.selection, this.state);
  }

  private leave(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (this.drawer.open) this.drawer.turn(false);
    else if (this.state.at) this.go({ at: "", ego: 0, path: "" });
  }
}

/** Some browsers refuse to change the address of a file: the page works all the same. */
function remember(address: string, quiet: boolean): void {
  try {
    history[quiet ? "replaceState" : "pushState"](null, "", address);
  } catch {
    // Nothing to do: only sharing by the address is lost.
  }
}
