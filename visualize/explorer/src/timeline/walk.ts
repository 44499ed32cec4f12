/** By keyboard through what can be pressed in a chart: one stop for the years, one for the links, arrows inside. */

type Item = SVGGElement;

const rowOf = (item: Item) => Number(item.dataset.row);

const middle = (item: Item) => {
  const { left, width } = item.getBoundingClientRect();
  return left + width / 2;
};

export function walk(svg: SVGSVGElement, first: string | null): void {
  const items = [...svg.querySelectorAll<Item>("[data-row]")];
  const years = items.filter((item) => rowOf(item) === 0);
  const links = items.filter((item) => rowOf(item) > 0);
  for (const group of [years, links]) (group.find((item) => item.dataset.at === first) ?? group[0])?.setAttribute("tabindex", "0");
  svg.addEventListener("keydown", (event) => {
    const from = (event.target as Element).closest<Item>("[data-row]");
    const to = from && next(event.key, from, items);
    if (!to) return;
    event.preventDefault();
    const group = rowOf(to) === 0 ? years : links;
    for (const item of group) item.setAttribute("tabindex", "-1");
    to.setAttribute("tabindex", "0");
    to.focus();
    to.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

function next(key: string, from: Item, items: Item[]): Item | undefined {
  const row = items.filter((item) => rowOf(item) === rowOf(from));
  const at = row.indexOf(from);
  switch (key) {
    case "ArrowRight":
      return row[at + 1];
    case "ArrowLeft":
      return row[at - 1];
    case "Home":
      return row[0];
    case "End":
      return row[row.length - 1];
    case "ArrowDown":
    case "ArrowUp":
      return nearest(from, items.filter((item) => rowOf(item) === rowOf(from) + (key === "ArrowDown" ? 1 : -1)));
    default:
      return undefined;
  }
}

function nearest(from: Item, row: Item[]): Item | undefined {
  const x = middle(from);
  return [...row].sort((a, b) => Math.abs(middle(a) - x) - Math.abs(middle(b) - x))[0];
}
