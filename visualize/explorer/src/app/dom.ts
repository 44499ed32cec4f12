/** Elements made without markup: a text can never be more than text. */

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | ((event: Event) => void) | undefined>;

/** `on…` takes a listener; true gives an empty attribute, false and undefined none. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  dress(element, attributes, children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function draw<K extends keyof SVGElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  dress(element, attributes, children);
  return element;
}

function dress(element: Element, attributes: Attributes, children: Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  for (const child of children) if (child) element.append(child);
}

/** A link to the web, or the words alone where the address is anything else. */
export function away(address: string | undefined, words: string, aloud = ""): HTMLElement {
  if (!address || !/^https?:\/\//.test(address)) return make("span", {}, words);
  return make("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, words, hidden(aloud));
}

/** Words for those who do not see. */
export function hidden(words: string): HTMLElement | "" {
  return words ? make("span", { class: "sr" }, ` ${words}`) : "";
}

export function button(words: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return make("button", { type: "button", onclick: press, ...attributes }, words);
}
