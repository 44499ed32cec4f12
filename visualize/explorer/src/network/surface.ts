/** The canvas: paints a scene when something has changed, once a frame at most. */

import { make } from "../app/dom.ts";
import { place, SIZE, SMALL, type Box, type Label } from "./labels.ts";
import type { Scene } from "./looks.ts";
import { FONT, paint, type Look } from "./paint.ts";
import { Still } from "./still.ts";

const MANY = 400; // points above which a picture is moved rather than painted anew at each step
const SHARPEST = 2; // pixels of the screen in one of the page

export class Surface {
  readonly canvas = make("canvas", {});
  labels: Label[] = [];
  private scene: Scene = { points: [], lines: [], groups: [], aggregated: false };
  private readonly context = this.canvas.getContext("2d") as CanvasRenderingContext2D;
  private readonly still = new Still();
  private readonly widths = new Map<string, number>();
  private readonly look: () => Look;
  private readonly onPaint: () => void;
  private waiting = 0;
  private moving = false;

  constructor(look: () => Look, onPaint: () => void) {
    this.look = look;
    this.onPaint = onPaint;
  }

  show(scene: Scene): void {
    this.scene = scene;
    this.still.forget();
  }

  /** The font has come: what was measured was another. */
  measureAnew(): void {
    this.widths.clear();
  }

  private readonly width = (words: string, small = false): number => {
    const key = `${small} ${words}`;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    this.context.font = `700 ${small ? SMALL : SIZE}px ${FONT}`;
    const measured = this.context.measureText(words).width + 1;
    this.widths.set(key, measured);
    return measured;
  };

  /** `full`: points named whole; `kept`: where buttons stand; `wider`: how much wider words may turn out. */
  label(full: Set<string>, kept: Box[], wider = 1): void {
    const { scale, origin, width, height } = this.look();
    this.labels = place(this.scene, { scale, origin, view: [0, 0, width, height], kept, width: (words, small) => this.width(words, small) * wider }, full);
  }

  /** While it moves, labels keep their sides and a large network is a picture of itself. */
  repaint(moving = false): void {
    this.moving = moving;
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.draw();
      this.onPaint();
    });
  }

  private draw(): void {
    const look = this.look();
    const ratio = Math.min(devicePixelRatio || 1, SHARPEST);
    const [wide, high] = [Math.round(look.width * ratio), Math.round(look.height * ratio)];
    if (this.canvas.width !== wide || this.canvas.height !== high) [this.canvas.width, this.canvas.height] = [wide, high];
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (this.moving && this.scene.points.length > MANY) this.still.move(this.context, this.scene, this.labels, look, ratio);
    else paint(this.context, this.scene, this.labels, look);
  }
}
