/** The network view: a canvas that draws positions made in Python, moved by d3-zoom, walked by the keyboard. */

import { quadtree, type Quadtree } from "d3-quadtree";
import { select as pick } from "d3-selection";
import { zoom as zooming, zoomIdentity, type ZoomTransform } from "d3-zoom";
import { button, make } from "../app/dom.ts";
import { chains } from "../app/path.ts";
import type { Selection } from "../selection.ts";
import type { State } from "../state.ts";
import type { MakeView, Stage } from "../view.ts";
import { looked, START, step } from "./keys.ts";
import { place, size, SIZE, type Label } from "./labels.ts";
import { legend } from "./legend.ts";
import { model, type Line, type Model, type Point } from "./model.ts";
import { FONT, paint, type Look } from "./paint.ts";
import { picture } from "./picture.ts";
import { sentences } from "./sentences.ts";
import { stillness } from "./still.ts";

const [NEAREST, FARTHEST, MARGIN] = [8, 0.05, 48];
const REACH = 7; // pixels from a line that a click takes
const MANY = 1500; // points above which a picture is moved rather than painted anew at each step
const SETTLED = 140; // milliseconds without a move after which labels are placed anew

export const network: MakeView = (stage) => {
  const canvas = make("canvas", {});
  const tip = make("p", { class: "tip", hidden: true });
  const frame = make("div", { class: "frame", tabindex: "0", role: "application" }, canvas, tip);
  const tools = make("div", { class: "tools" });
  const foot = make("div", { class: "legend" });
  const gathered = make("p", { class: "gathered", hidden: true });
  const help = make("p", { class: "sr", id: "network-help" });
  const element = make("div", { class: "network" }, make("div", { class: "stage" }, frame, tools), gathered, foot, help);
  frame.setAttribute("aria-describedby", help.id);
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;

  let drawn: Model = { points: [], lines: [], groups: [], aggregated: false };
  let labels: Label[] = [];
  let tree: Quadtree<Point> = quadtree<Point>();
  let transform: ZoomTransform = zoomIdentity;
  let walk = START;
  let focused = "";
  let waiting = 0;
  let settling = 0;
  let kept: { selection: Selection; state: State } | null = null;
  let framed = "";

  const look = (): Look => ({
    scale: transform.k, origin: [transform.x, transform.y], width: frame.clientWidth, height: frame.clientHeight,
    colours: stage.world.colours, focused,
  });

  const widths = new Map<string, number>();
  const width = (words: string) => {
    const known = widths.get(words);
    if (known !== undefined) return known;
    context.font = `700 ${SIZE}px ${FONT}`;
    const measured = context.measureText(words).width;
    widths.set(words, measured);
    return measured;
  };

  const layLabels = () => {
    const full = new Set([focused, ...drawn.points.filter((one) => one.ring).map((one) => one.id)]);
    labels = place(drawn.points.slice(), transform.k, [transform.x, transform.y], [0, 0, frame.clientWidth, frame.clientHeight], width, full);
  };

  const repaint = (moving = false) => {
    if (waiting) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      const ratio = Math.min(devicePixelRatio || 1, 2);
      const [wide, high] = [frame.clientWidth, frame.clientHeight];
      if (canvas.width !== wide * ratio || canvas.height !== high * ratio) {
        canvas.width = wide * ratio;
        canvas.height = high * ratio;
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      if (moving && drawn.points.length > MANY) still.move(context, drawn, look());
      else paint(context, drawn, moving ? [] : labels, look());
      element.dataset.frames = String(Number(element.dataset.frames ?? 0) + 1);
    });
  };

  const settle = () => {
    clearTimeout(settling);
    settling = window.setTimeout(() => {
      layLabels();
      repaint();
      const said = `${Math.round(transform.x)},${Math.round(transform.y)},${transform.k.toFixed(2)}`;
      if (moved && said !== stage.state.zoom) stage.go({ zoom: said });
    }, SETTLED);
  };

  let moved = false;
  const still = stillness();
  const behaviour = zooming<HTMLElement, unknown>()
    .scaleExtent([FARTHEST, NEAREST])
    .filter((event: Event) => !(event instanceof MouseEvent && event.button) && !(event.type === "wheel" && !(event as WheelEvent).ctrlKey && document.activeElement !== frame && !matches(frame, ":hover")))
    .on("zoom", (event: { transform: ZoomTransform; sourceEvent: Event | null }) => {
      transform = event.transform;
      if (event.sourceEvent) moved = true;
      repaint(true);
      settle();
    });
  const held = pick<HTMLElement, unknown>(frame);
  held.call(behaviour).on("dblclick.zoom", null);

  const fit = () => {
    moved = false;
    held.call(behaviour.transform, whole(drawn, frame.clientWidth, frame.clientHeight));
  };

  const at = (event: MouseEvent): [number, number] => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  const pointAt = ([x, y]: [number, number]): Point | undefined => {
    const [wx, wy] = transform.invert([x, y]);
    const near = tree.find(wx, wy, 40 / transform.k);
    return near && Math.hypot(near.x - wx, near.y - wy) * transform.k <= Math.max(size(near, transform.k) + 3, 12) ? near : undefined;
  };

  const open = (one: Point) => {
    if (one.body >= 0) stage.go({ at: one.id });
    else stage.go({ open: [...new Set([...stage.state.open, String(one.community)])] });
  };

  frame.addEventListener("click", (event) => {
    const spot = at(event);
    const one = pointAt(spot);
    if (one) return open(one);
    const line = lineAt(drawn.lines, spot, transform);
    if (line?.id) stage.go({ at: line.id });
    else if (stage.state.at) stage.go({ at: "", ego: 0, path: "" });
  });
  frame.addEventListener("pointermove", (event) => {
    if (event.buttons || event.pointerType === "touch") return;
    const spot = at(event);
    const one = pointAt(spot);
    const line = one ? undefined : lineAt(drawn.lines, spot, transform);
    frame.style.cursor = one || line?.id ? "pointer" : "";
    const told = one ? described(stage, one) : line?.id ? `${line.a.name} – ${line.b.name}` : "";
    showTip(tip, told, spot, frame.clientWidth);
    if ((one?.id ?? "") !== focused) {
      focused = one?.id ?? "";
      repaint();
    }
  });
  frame.addEventListener("pointerleave", () => showTip(tip, "", [0, 0], 0));
  frame.addEventListener("keydown", (event) => {
    const one = looked(drawn, walk);
    if (event.key === "Enter" && one) return void (event.preventDefault(), open(one));
    if (event.key === "Escape" && !stage.state.at) return void frame.blur();
    const next = event.ctrlKey || event.altKey ? null : step(drawn, walk, event.key);
    if (!next) return;
    event.preventDefault();
    walk = next;
    lookAt(looked(drawn, walk));
  });

  const lookAt = (one: Point | null) => {
    if (!one) return;
    focused = one.id;
    const [x, y] = transform.apply([one.x, one.y]);
    const inside = x > MARGIN && y > MARGIN && x < frame.clientWidth - MARGIN && y < frame.clientHeight - MARGIN;
    if (!inside) held.call(behaviour.translateTo, one.x, one.y);
    layLabels();
    repaint();
    showTip(tip, described(stage, one), transform.apply([one.x, one.y]), frame.clientWidth);
    stage.announce(described(stage, one));
  };

  new ResizeObserver(() => {
    if (!frame.clientWidth || !kept) return;
    if (!stage.state.zoom) fit();
    layLabels();
    repaint();
  }).observe(frame);

  const show = (selection: Selection, state: State) => {
    kept = { selection, state };
    drawn = model(stage.world, selection, state, way(stage));
    still.forget();
    tree = quadtree<Point>().x((one) => one.x).y((one) => one.y).addAll(drawn.points);
    walk = { ...START, at: drawn.points.find((one) => one.id === (walk.at?.id ?? state.at)) ?? null };
    frame.setAttribute("aria-label", stage.say("network.label", { bodies: selection.total.bodies, links: selection.total.links }));
    help.textContent = stage.say("network.help");
    controls(stage, tools, (by) => (by ? void held.call(behaviour.scaleBy, by) : (fit(), stage.go({ zoom: "" }))));
    gather(stage, gathered, drawn, selection);
    foot.replaceChildren(...legend(stage, drawn));
    const now = `${selection.bodies.length} ${selection.bodies[0]} ${state.ego} ${state.open.join()} ${state.all}`;
    const [x, y, k] = state.zoom.split(",").map(Number);
    if (state.zoom && Number.isFinite(k)) {
      if (Math.abs(transform.k - k) > 0.006 || Math.abs(transform.x - x) > 1 || Math.abs(transform.y - y) > 1) held.call(behaviour.transform, zoomIdentity.translate(x, y).scale(k));
    } else if (now !== framed || !state.zoom) fit();
    framed = now;
    layLabels();
    repaint();
  };

  return {
    element, show,
    summary: (selection) => sentences(stage, selection),
    picture: () => {
      layLabels();
      return picture(drawn, labels, look());
    },
  };
};

const matches = (element: Element, selector: string) => element.matches(selector);

/** The transform that shows everything, with room for labels. */
function whole(drawn: Model, width: number, height: number): ZoomTransform {
  if (!drawn.points.length || !width) return zoomIdentity;
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, radius } of drawn.points) {
    box[0] = Math.min(box[0], x - radius);
    box[1] = Math.min(box[1], y - radius);
    box[2] = Math.max(box[2], x + radius);
    box[3] = Math.max(box[3], y + radius);
  }
  const side = Math.min(MARGIN, width / 12);
  const scale = Math.min((width - 2 * side) / (box[2] - box[0] || 1), (height - MARGIN) / (box[3] - box[1] || 1), 1.4);
  const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  return zoomIdentity.translate(width / 2 - x * scale, height / 2 - y * scale).scale(scale);
}

/** The line nearest to a place on the screen, if it is near enough. */
export function lineAt(lines: Line[], [x, y]: [number, number], transform: ZoomTransform): Line | undefined {
  let best: Line | undefined;
  let nearest = REACH;
  for (const line of lines) {
    const [[ax, ay], [bx, by]] = [transform.apply([line.a.x, line.a.y]), transform.apply([line.b.x, line.b.y])];
    const long = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
    const share = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / long));
    const away = Math.hypot(ax + share * (bx - ax) - x, ay + share * (by - ay) - y) - (line.strength === "strong" ? 1 : 0);
    if (away < nearest) [best, nearest] = [line, away];
  }
  return best;
}

function described(stage: Stage, one: Point): string {
  if (one.body < 0) return stage.say("network.community", { name: one.name, n: one.degree });
  return [one.name, one.kind, stage.say("sheet.with", { n: one.degree })].filter(Boolean).join(", ");
}

function showTip(tip: HTMLElement, words: string, [x, y]: [number, number], width: number): void {
  tip.hidden = !words;
  tip.textContent = words;
  tip.style.left = `${Math.min(Math.max(x, 90), Math.max(90, width - 90))}px`;
  tip.style.top = `${y + 18}px`;
}

function controls(stage: Stage, tools: HTMLElement, zoom: (by: number) => void): void {
  const tool = (sign: string, key: string, by: number) => button(sign, () => zoom(by), { "aria-label": stage.say(`network.${key}`), title: stage.say(`network.${key}`) });
  if (tools.lang === stage.lang) return;
  tools.lang = stage.lang;
  tools.replaceChildren(tool("+", "zoom_in", 1.5), tool("−", "zoom_out", 1 / 1.5), tool("⤢", "fit", 0));
}

function gather(stage: Stage, element: HTMLElement, drawn: Model, selection: Selection): void {
  const many = drawn.aggregated || stage.state.all;
  element.hidden = !many;
  if (!many) return;
  const words = stage.say(drawn.aggregated ? "network.gathered" : "network.spread", { n: selection.total.bodies });
  const turn = drawn.aggregated ? button(stage.say("network.spread_all"), () => stage.go({ all: true })) : button(stage.say("network.gather"), () => stage.go({ all: false, open: [] }));
  const close = drawn.aggregated && stage.state.open.length ? button(stage.say("network.close_all"), () => stage.go({ open: [] })) : "";
  element.replaceChildren(`${words} `, turn, " ", close);
}

/** The places of the links of the first chain from what is chosen to `path`. */
function way(stage: Stage): number[] {
  const { world, state } = stage;
  if (!state.path) return [];
  const [from, to] = [state.at, state.path].map((id) => world.bodies.findIndex((one) => one.id === id));
  return from < 0 || to < 0 ? [] : (chains(world, from, to)[0] ?? []);
}

