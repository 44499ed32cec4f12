/** Where the keyboard is, when what it was on is drawn anew or when a sheet opens and closes. */

interface Held {
  element: HTMLElement;
  key: string; // data-keep: the same thing, drawn again
}

function held(): Held | null {
  const element = document.activeElement;
  return element instanceof HTMLElement && element !== document.body ? { element, key: element.dataset.keep ?? "" } : null;
}

/** Gives the focus back; false where neither the element nor its likeness is in the page. */
function back(to: Held | null): boolean {
  if (!to) return false;
  const visible = (one: HTMLElement) => one.isConnected && one.checkVisibility();
  const likeness = to.key ? document.querySelectorAll<HTMLElement>(`[data-keep="${CSS.escape(to.key)}"]`) : [];
  const found = [to.element, ...likeness].find(visible);
  found?.focus({ preventScroll: true });
  return found !== undefined;
}

/** One for the page: `before` drawing, then `after`. */
export class Focus {
  private now: Held | null = null;
  private opener: Held | null = null;

  before(): void {
    this.now = held();
  }

  /** A sheet that opens takes the focus; one that closes gives it back to what opened it. */
  after(was: string, is: string, scroll: boolean): void {
    if (was !== is && is) {
      if (!was) this.opener = this.now;
      document.getElementById("sheet-title")?.focus({ preventScroll: !scroll });
    } else if (was !== is && !is) {
      if (!back(this.opener)) document.querySelector<HTMLElement>("#tabs [aria-selected=true]")?.focus({ preventScroll: true });
    } else if (this.now && document.activeElement !== this.now.element) back(this.now);
  }
}
