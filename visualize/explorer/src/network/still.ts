/** A large network while it moves: painted once, somewhat wider than the screen, then that picture is moved and scaled. */

import type { Label } from "./labels.ts";
import type { Scene } from "./looks.ts";
import { paint, words, type Look } from "./paint.ts";

const WIDER = 0.4; // of the larger side, on each side
const [SMALLER, LARGER] = [0.6, 1.7]; // how far the picture may be scaled before it is painted anew

export class Still {
  private readonly canvas = document.createElement("canvas");
  private held: { scale: number; origin: [number, number]; margin: number; ratio: number } | null = null;

  forget(): void {
    this.held = null;
  }

  /** Shows the picture where the look puts it, and the labels over it; paints it anew where it would not cover the screen or be too coarse. */
  move(context: CanvasRenderingContext2D, scene: Scene, labels: Label[], look: Look, ratio: number): void {
    if (!this.placed(look)) this.take(scene, look, ratio);
    context.clearRect(0, 0, look.width, look.height);
    const found = this.placed(look);
    if (found) context.drawImage(this.canvas, ...found);
    words(context, labels, look);
  }

  private take(scene: Scene, look: Look, ratio: number): void {
    const margin = Math.round(Math.max(look.width, look.height) * WIDER);
    const [width, height] = [look.width + 2 * margin, look.height + 2 * margin];
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    const context = this.canvas.getContext("2d") as CanvasRenderingContext2D;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(context, scene, [], { ...look, focused: "", width, height, origin: [look.origin[0] + margin, look.origin[1] + margin] });
    this.held = { scale: look.scale, origin: [...look.origin], margin, ratio };
  }

  private placed(look: Look): [number, number, number, number] | null {
    if (!this.held) return null;
    const { scale, origin, margin, ratio } = this.held;
    const by = look.scale / scale;
    const [x, y] = [look.origin[0] - (origin[0] + margin) * by, look.origin[1] - (origin[1] + margin) * by];
    const [width, height] = [(this.canvas.width / ratio) * by, (this.canvas.height / ratio) * by];
    const covers = x <= 0 && y <= 0 && x + width >= look.width && y + height >= look.height;
    return covers && by > SMALLER && by < LARGER ? [x, y, width, height] : null;
  }
}
