/** What the header offers: share this view, take it away. */

import { exportMenu, shareMenu, type Current } from "../export/index";
import type { Stage } from "../view";

export function header(stage: Stage, current: () => Current): HTMLElement[] {
  return [shareMenu(stage), exportMenu(stage, current)];
}
