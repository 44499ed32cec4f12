/** The network view: positions made in Python, painted on a canvas, moved by d3-zoom, walked by the keyboard. */

import { quadtree, type Quadtree } from "d3-quadtree";
import { make } from "../app/dom.ts";
import { chains } from "../app/path.ts";
import type { Selection } from "../selection.ts";
import type { State } from "../state.ts";
import type { MakeView, Stage, View } from "../view.ts";
import type { World } from "../world.ts";
import { Camera } from "./camera.ts";
import { lineAt, pointAt } from "./hit.ts";
import { byImportance, kept, START, step, type Walk } from "./keys.ts";
import type { Box } from "./labels.ts";
import { entries, legend } from "./legend.ts";
import { scene, situation, type Dot, type Scene, type Stroke } from "./looks.ts";
import { model, type Model, type Point } from "./model.ts";
import type { Look } from "./paint.ts";
import { picture } from "./picture.ts";
import { sentences } from "./sentences.ts";
import { Surface } from "./surface.ts";
import { described, lineDescribed, position, showTip } from "./tip.ts";
import { gather, moved, tools, type Moves } from "./tools.ts";

const WIDER = 1.15; // letters of another font, where a picture is opened without ours
const SETTLED = 140; // milliseconds without a move after which labels are placed anew

export const network: MakeView = (stage) => new Network(stage);

class Network implements View {
  readonly element: HTMLElement;
  private readonly tip = make("p", { class: "tip", hidden: true });
  private readonly frame = make("div", { class: "frame", tabindex: "0", role: "application" });
  private readonly tools = make("div", { class: "tools" });
  private readonly foot = make("div", { class: "legend" });
  private readonly gathered = make("p", { class: "gathered", hidden: true });
  private readonly help = make("p", { class: "sr", id: "network-help" });
  private readonly surface: Surface;
  private readonly camera: Camera;
  private readonly moves: Moves;
  private readonly stage: Stage;
  private drawn: Model | null = null;
  private seen: Scene = { points: [], lines: [], groups: [], aggregated: false };
  private tree: Quadtree<Dot> = quadtree<Dot>();
  private walk: Walk = START;
  private focused = "";
  private settling = 0;
  private before: { at: string; around: string; zoom: string } | null = null;

  constructor(stage: Stage) {
    this.stage = stage;
    this.surface = new Surface(() => this.look, () => (this.element.dataset.frames = String(Number(this.element.dataset.frames ?? 0) + 1)));
    this.frame.append(this.surface.canvas, this.tip);
    this.frame.setAttribute("aria-describedby", this.help.id);
    this.element = make("div", { class: "network" }, make("div", { class: "stage" }, this.frame, this.tools), this.gathered, this.foot, this.help);
    this.camera = new Camera(this.frame, () => this.onMove());
    this.moves = {
      zoomBy: (factor) => this.camera.zoomBy(factor),
      panBy: (across, down) => this.camera.panBy(across, down),
      fit: () => {
        this.camera.fit(this.seen.points);
        this.label();
        stage.go({ zoom: "" });
      },
    };
    this.listen();
    new ResizeObserver(() => this.resized()).observe(this.frame);
    void document.fonts?.ready.then(() => {
      this.surface.measureAnew();
      this.label();
    });
  }

  show(selection: Selection, state: State): void {
    const { stage } = this;
    const path = way(stage);
    this.drawn = model(stage.world, selection, state, path);
    this.seen = scene(this.drawn, situation(this.drawn, state, path));
    this.surface.show(this.seen);
    this.tree = quadtree<Dot>().x((one) => one.x).y((one) => one.y).addAll(this.seen.points);
    this.frame.setAttribute("aria-label", stage.say("network.label", { bodies: selection.total.bodies, links: selection.total.links }));
    this.help.textContent = stage.say("network.help");
    tools(stage, this.tools, this.moves);
    gather(stage, this.gathered, this.drawn, selection);
    this.foot.replaceChildren(...legend(stage, this.drawn));
    this.follow(this.drawn, state);
    this.turnTo(state);
    this.label();
  }

  summary(selection: Selection): string[] {
    return sentences(this.stage, selection);
  }

  picture(selection: Selection): SVGSVGElement {
    if (!this.drawn) this.show(selection, this.stage.state);
    this.surface.label(this.named, [], WIDER);
    const { shapes = {} } = this.stage.world;
    const made = picture(this.seen, this.surface.labels, this.look, entries(this.stage, this.drawn as Model, shapes), shapes);
    this.label();
    return made;
  }

  private get look(): Look {
    const { x, y, k } = this.camera.transform;
    return { scale: k, origin: [x, y], width: this.frame.clientWidth, height: this.frame.clientHeight, colours: this.stage.world.colours, focused: this.focused };
  }

  /** The points that are named whole. */
  private get named(): Set<string> {
    return new Set([this.focused, ...this.seen.points.filter((one) => one.ring).map((one) => one.id)]);
  }

  /** Where the walker stands after a change: on what is chosen, or where it was; in a community that has opened. */
  private follow(drawn: Model, state: State): void {
    const was = this.walk.at;
    if (state.at !== this.before?.at && drawn.graph.hasNode(state.at)) this.walk = { at: state.at, trail: this.walk.at === state.at ? this.walk.trail : [] };
    this.walk = kept(drawn, this.walk);
    if (!this.walk.at && was.startsWith("community-")) this.enter(drawn, Number(was.split("-")[1]));
    this.focused = this.frame.matches(":focus-visible") ? this.walk.at : "";
    this.showTipAt(drawn);
  }

  private enter(drawn: Model, community: number): void {
    const members = drawn.points.filter((one) => one.community === community).map((one) => one.id);
    const [first] = byImportance(drawn, members);
    if (!first) return;
    this.walk = { at: first, trail: [] };
    if (document.activeElement === this.frame) this.tell();
  }

  /** Looks where the state says; at the whole when it says nothing, or when what is around one body has been cut out. */
  private turnTo(state: State): void {
    const around = state.ego ? `${state.ego} ${state.at}` : "";
    const recut = this.before !== null && around !== this.before.around && state.zoom === this.before.zoom;
    const chosen = state.at !== this.before?.at ? this.seen.points.find((one) => one.id === state.at) : undefined;
    this.before = { at: state.at, around, zoom: recut ? "" : state.zoom };
    if (recut || !this.camera.take(state.zoom)) this.camera.fit(this.seen.points);
    else if (chosen) this.camera.reach(chosen);
    if (recut && state.zoom) queueMicrotask(() => this.stage.go({ zoom: "" }));
  }

  private label(): void {
    if (!this.frame.clientWidth) return;
    const whole = this.camera.sees(this.seen.points);
    for (const one of this.tools.querySelectorAll<HTMLElement>(".pan")) one.hidden = whole && document.activeElement !== one;
    const { offsetLeft: left, offsetTop: top, offsetWidth: width, offsetHeight: height } = this.tools;
    const buttons: Box = [left, top, left + width, top + height];
    this.surface.label(this.named, [buttons]);
    this.surface.repaint();
  }

  private resized(): void {
    if (!this.frame.clientWidth || !this.drawn) return;
    if (!this.stage.state.zoom && !this.camera.moved) this.camera.fit(this.seen.points);
    this.label();
  }

  private onMove(): void {
    this.surface.repaint(true);
    if (this.camera.held) showTip(this.tip, "", [0, 0], this.frame);
    clearTimeout(this.settling);
    this.settling = window.setTimeout(() => {
      if (this.camera.held) return; // its end comes here again
      this.label();
      if (this.camera.moved && this.stage.state.view === "network") this.keepZoom();
    }, SETTLED);
  }

  private keepZoom(): void {
    const { said } = this.camera;
    if (said === this.stage.state.zoom) return;
    if (this.before) this.before.zoom = said;
    this.stage.go({ zoom: said });
  }

  /** A choice made before the picture has settled keeps what is looked at. */
  private go(change: Partial<State>): void {
    clearTimeout(this.settling);
    const zoom = this.camera.moved ? this.camera.said : this.stage.state.zoom;
    if (this.before && this.camera.moved) this.before.zoom = zoom;
    this.stage.go({ ...change, zoom });
  }

  private open(one: Point): void {
    if (one.body >= 0) this.go({ at: one.id });
    else this.go({ open: [...new Set([...this.stage.state.open, String(one.community)])] });
  }

  // ---------------------------------------------------------------- pointer and keys

  private listen(): void {
    const { frame } = this;
    frame.addEventListener("click", (event) => this.click(this.under(event)));
    frame.addEventListener("pointermove", (event) => {
      if (!event.buttons && event.pointerType !== "touch") this.hover(event);
    });
    frame.addEventListener("pointerleave", () => this.hover(null));
    frame.addEventListener("keydown", (event) => this.key(event));
    frame.addEventListener("focus", () => this.focusOn());
    frame.addEventListener("blur", () => {
      this.focused = "";
      showTip(this.tip, "", [0, 0], frame);
      this.surface.repaint();
    });
  }

  private under(event: MouseEvent): { one?: Dot; line?: Stroke; spot: [number, number] } {
    const box = this.surface.canvas.getBoundingClientRect();
    const spot: [number, number] = [event.clientX - box.left, event.clientY - box.top];
    const one = pointAt(this.tree, spot, this.camera.transform);
    return { one, line: one ? undefined : lineAt(this.seen.lines, spot, this.camera.transform), spot };
  }

  private click({ one, line }: { one?: Dot; line?: Stroke }): void {
    if (one) this.open(one);
    else if (line?.id) this.go({ at: line.id });
    else if (!line && this.stage.state.at) this.go({ at: "", ego: 0, path: "" });
  }

  private hover(event: PointerEvent | null): void {
    const { one, line, spot } = event ? this.under(event) : { spot: [0, 0] as [number, number] };
    this.frame.style.cursor = one || line?.id ? "pointer" : "";
    showTip(this.tip, one ? described(this.stage, one) : line ? lineDescribed(this.stage, line) : "", spot, this.frame);
    const now = one?.id ?? (this.frame.matches(":focus-visible") ? this.walk.at : "");
    if (now === this.focused) return;
    this.focused = now;
    this.surface.repaint();
  }

  private focusOn(): void {
    if (!this.drawn || !this.frame.matches(":focus-visible")) return;
    if (!this.walk.at) this.walk = { at: byImportance(this.drawn, this.drawn.graph.nodes())[0] ?? "", trail: [] };
    this.tell();
  }

  private key(event: KeyboardEvent): void {
    if (!this.drawn || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") return this.leave();
    if (event.key === "Enter") this.enterPoint(this.drawn);
    else if (!moved(event, this.moves)) {
      const next = step(this.drawn, this.walk, event.key);
      if (!next) return;
      if (next === this.walk) this.stage.announce(this.stage.say("network.walk_none"));
      else {
        this.walk = next;
        this.tell();
      }
    }
    event.preventDefault();
  }

  private enterPoint({ graph }: Model): void {
    if (graph.hasNode(this.walk.at)) this.open(graph.getNodeAttributes(this.walk.at));
  }

  /** A sheet that is open closes first: the page does it. */
  private leave(): void {
    if (this.stage.state.at) return;
    this.stage.announce(this.stage.say("network.out"));
    const next = document.querySelector<HTMLElement>("#below > summary");
    if (next?.checkVisibility()) next.focus();
    else this.frame.blur();
  }

  /** Shows and says the point on which the walker is. */
  private tell(): void {
    if (!this.drawn?.graph.hasNode(this.walk.at)) return;
    const one = this.drawn.graph.getNodeAttributes(this.walk.at);
    this.focused = one.id;
    this.camera.reach(one);
    this.label();
    this.showTipAt(this.drawn);
    this.stage.announce([described(this.stage, one), position(this.stage, this.drawn, this.walk)].join(", "));
  }

  private showTipAt({ graph }: Model): void {
    if (!this.focused || !graph.hasNode(this.focused)) return showTip(this.tip, "", [0, 0], this.frame);
    const one = graph.getNodeAttributes(this.focused);
    showTip(this.tip, described(this.stage, one), this.camera.transform.apply([one.x, one.y]), this.frame);
  }
}

/** The places of the links of the first chain from what is chosen to `path`. */
function way(stage: { world: World; state: State }): number[] {
  const { world, state } = stage;
  if (!state.path) return [];
  const [from, to] = [state.at, state.path].map((id) => world.bodies.findIndex((one) => one.id === id));
  return from < 0 || to < 0 ? [] : (chains(world, from, to)[0] ?? []);
}
