/** Where one looks from: pan and zoom by d3-zoom, by buttons and by keys, kept as "x,y,k". */

import { select as pick } from "d3-selection";
import { zoom as zooming, zoomIdentity, type ZoomTransform } from "d3-zoom";

const [NEAREST, FARTHEST] = [8, 0.02];
const [MARGIN, LARGEST] = [48, 1.4]; // pixels around the whole; the scale at which a small network is shown
const TREMBLE = 4; // pixels that a click may move

export class Camera {
  transform: ZoomTransform = zoomIdentity;
  held = false; // by a hand that drags or pinches
  moved = false; // by the reader, since it last showed the whole
  private readonly zoomed;
  private readonly behaviour;
  private readonly frame: HTMLElement;

  constructor(frame: HTMLElement, onMove: () => void) {
    this.frame = frame;
    this.behaviour = zooming<HTMLElement, unknown>()
      .scaleExtent([FARTHEST, NEAREST])
      .clickDistance(TREMBLE)
      .on("start", (event: { sourceEvent: Event | null }) => (this.held = isHeld(event.sourceEvent)))
      .on("end", () => {
        this.held = false;
        onMove();
      })
      .on("zoom", (event: { transform: ZoomTransform; sourceEvent: Event | null }) => {
        this.transform = event.transform;
        if (event.sourceEvent) this.moved = true;
        onMove();
      });
    this.zoomed = pick<HTMLElement, unknown>(frame);
    this.zoomed.call(this.behaviour).on("dblclick.zoom", null);
  }

  get said(): string {
    const { x, y, k } = this.transform;
    return `${Math.round(x)},${Math.round(y)},${Number(k.toPrecision(3))}`;
  }

  zoomBy(factor: number): void {
    this.moved = true;
    this.zoomed.call(this.behaviour.scaleBy, factor);
  }

  /** `across` and `down`: shares of the frame. */
  panBy(across: number, down: number): void {
    this.moved = true;
    const { k } = this.transform;
    this.zoomed.call(this.behaviour.translateBy, (-across * this.frame.clientWidth) / k, (-down * this.frame.clientHeight) / k);
  }

  /** Brings a place to the middle when it is not well inside. */
  reach(one: { x: number; y: number }): void {
    const [x, y] = this.transform.apply([one.x, one.y]);
    const inside = x > MARGIN && y > MARGIN && x < this.frame.clientWidth - MARGIN && y < this.frame.clientHeight - MARGIN;
    if (!inside) this.zoomed.call(this.behaviour.translateTo, one.x, one.y);
  }

  fit(points: { x: number; y: number; radius: number }[]): void {
    this.moved = false;
    this.zoomed.call(this.behaviour.transform, whole(points, this.frame.clientWidth, this.frame.clientHeight));
  }

  /** Whether everything is seen. */
  sees(points: { x: number; y: number; radius: number }[]): boolean {
    const [left, top, right, bottom] = around(points);
    const [[x, y], [over, under]] = [this.transform.apply([left, top]), this.transform.apply([right, bottom])];
    return !points.length || (x >= 0 && y >= 0 && over <= this.frame.clientWidth && under <= this.frame.clientHeight);
  }

  /** Takes up what `said` gave; false when it says nothing. */
  take(said: string): boolean {
    const [x, y, k] = said.split(",").map(Number);
    if (!said || ![x, y, k].every(Number.isFinite) || k <= 0) return false;
    const scale = Math.min(NEAREST, Math.max(FARTHEST, k));
    if (said !== this.said) this.zoomed.call(this.behaviour.transform, zoomIdentity.translate(x, y).scale(scale));
    return true;
  }
}

const isHeld = (event: Event | null) => event?.type === "mousedown" || event?.type === "touchstart";

type Box = [left: number, top: number, right: number, bottom: number];

function around(points: { x: number; y: number; radius: number }[]): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, radius } of points) {
    box[0] = Math.min(box[0], x - radius);
    box[1] = Math.min(box[1], y - radius);
    box[2] = Math.max(box[2], x + radius);
    box[3] = Math.max(box[3], y + radius);
  }
  return box;
}

/** The transform that shows everything, with room for labels. */
export function whole(points: { x: number; y: number; radius: number }[], width: number, height: number): ZoomTransform {
  if (!points.length || !width || !height) return zoomIdentity;
  const [left, top, right, bottom] = around(points);
  const side = Math.min(MARGIN, width / 12);
  const scale = Math.min((width - 2 * side) / (right - left || 1), (height - MARGIN) / (bottom - top || 1), LARGEST);
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return zoomIdentity.translate(width / 2 - x * scale, height / 2 - y * scale).scale(scale);
}
