// The search box: a combobox over the points of the map, by the explorer's rule (seek.ts), the most linked first.
const box = byId("search"), list = byId("found");
let marked = -1;

const names = new window.maillageSearch.Names(ranked.map((id, order) => ({ id, order, sought: nodes.get(id).sought })));

function suggest() {
  const hits = names.seek(box.value, 8);
  const found = [...hits.found, ...hits.near].map((place) => ranked[place]);
  const none = hits.found.length ? "" : t(found.length ? "near" : "no_match");
  marked = -1;
  list.replaceChildren(...found.map(option));
  if (box.value.trim() && none) list.prepend(make("li", { class: "none" }, none));
  const open = list.childElementCount > 0;
  list.hidden = !open;
  box.setAttribute("aria-expanded", String(found.length > 0));
  box.removeAttribute("aria-activedescendant");
  if (box.value.trim()) announce([none, found.length ? t("matches", { n: found.length }) : ""].filter(Boolean).join(" "));
}

function option(id) {
  const node = nodes.get(id);
  const row = make("li", { role: "option", id: "option-" + id, "aria-selected": "false", "data-node": id }, glyph(node), make("span", {}, said(node.name)));
  row.addEventListener("pointerdown", (event) => event.preventDefault());
  row.addEventListener("click", () => take(id));
  return row;
}

function take(id) {
  box.value = said(nodes.get(id).name);
  shut();
  choose("node", id, true);
}

function shut() {
  list.hidden = true;
  list.replaceChildren();
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function mark(step) {
  const options = [...list.querySelectorAll("[role=option]")];
  if (!options.length) return;
  marked = (marked + step + options.length) % options.length;
  options.forEach((row, place) => row.setAttribute("aria-selected", String(place === marked)));
  options[marked].scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", options[marked].id);
}

box.addEventListener("input", suggest);
box.addEventListener("blur", shut);
box.addEventListener("keydown", (event) => {
  const options = [...list.querySelectorAll("[role=option]")];
  if (event.key === "ArrowDown") mark(1);
  else if (event.key === "ArrowUp") mark(-1);
  else if (event.key === "Enter" && options.length) take(options[Math.max(marked, 0)].dataset.node);
  else if (event.key === "Escape") shut();
  else return;
  event.preventDefault();
});
