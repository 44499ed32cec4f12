/** A large network while it moves: painted once, somewhat wider than the screen, then that picture is moved and scaled. */

import type { Model } from "./model.ts";
import { paint, type Look } from "./paint.ts";

const WIDER = 0.4; // of the larger side, on each side
const [SMALLER, LARGER] = [0.6, 1.7]; // how far the picture may be scaled before it is painted anew

export function stillness(): { move(context: CanvasRenderingContext2D, model: Model, look: Look): void; forget(): void } {
  const canvas = document.createElement("canvas");
  let held: { scale: number; origin: [number, number]; margin: number } | null = null;

  const take = (model: Model, look: Look) => {
    const margin = Math.round(Math.max(look.width, look.height) * WIDER);
    const [width, height] = [look.width + 2 * margin, look.height + 2 * margin];
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext("2d") as CanvasRenderingContext2D;
    paint(context, model, [], { ...look, width, height, origin: [look.origin[0] + margin, look.origin[1] + margin] });
    held = { scale: look.scale, origin: [...look.origin], margin };
  };

  /** Where the picture lies on the screen, if it still covers it at a scale that is not too far off. */
  const placed = (look: Look): [number, number, number, number] | null => {
    if (!held) return null;
    const by = look.scale / held.scale;
    const [x, y] = [look.origin[0] - held.origin[0] * by - held.margin * by, look.origin[1] - held.origin[1] * by - held.margin * by];
    const [width, height] = [canvas.width * by, canvas.height * by];
    const covers = x <= 0 && y <= 0 && x + width >= look.width && y + height >= look.height;
    return covers && by > SMALLER && by < LARGER ? [x, y, width, height] : null;
  };

  return {
    move(context, model, look) {
      if (!placed(look)) take(model, look);
      context.clearRect(0, 0, look.width, look.height);
      const found = placed(look);
      if (found) context.drawImage(canvas, ...found);
    },
    forget: () => (held = null),
  };
}
