// The table of the same links, in one language at a time: a row a proof, or a line where there are too many. A title
// sorts its column, a second press turns the order round.
const table = document.querySelector("table.links");
const sorting = { column: -1, way: 1 };

const CELLS = {
  from: ({ start }) => end(start),
  to: ({ goal, proof }) => make("span", { class: "goal" }, data.joined ? way(proof) : null, end(goal)),
  kind: ({ proof }) => make("span", {}, proof.kind, data.joined ? null : make("span", { class: "small" }, " " + proof.reads)),
  what: ({ proof }) => proof.what,
  role: ({ proof }) => (data.tied ? make("span", {}, proof.role + " ", badge(proof.certainty, proof.certainty_label, "role_sure")) : proof.role),
  when: ({ proof }) => make("span", {}, [proof.when || t("no_date_short"), proof.dating, proof.planned].filter(Boolean).join(" · ")),
  certainty: ({ proof }) => make("span", {}, data.tied ? badge(proof.tie_certainty, proof.tie_certainty_label) : badge(proof.certainty, proof.certainty_label)),
  proof: evidence,
};
const SORTED_BY = { from: ({ start }) => fold(said(start.name)), to: ({ goal }) => fold(said(goal.name)), when: ({ proof }) => proof.start };

function end(node) {
  const name = make("button", { type: "button", class: "name", "data-node-button": node.id, on: { click: () => choose("node", node.id, true) } }, said(node.name));
  return make("span", { class: "end" }, glyph(node), " ", name);
}

// What stands between the two ends of a tie: an arrow where it is directed.
function way(proof) {
  const arrow = [make("span", { "aria-hidden": "true" }, "→"), make("span", { class: "sr" }, t("toward"))];
  return make("span", { class: "way" }, ...(proof.directed ? arrow : [t("beside")]));
}

function evidence({ edge, proof, start, goal, count }) {
  const ends = t("labelled", { name: "", value: [said(start.name), said(goal.name)].join(", ") });
  const press = { type: "button", class: "open", "data-edge": edge.id, on: { click: () => choose("edge", edge.id, true) } };
  const open = make("button", press, t("open_proof", { n: count }), make("span", { class: "sr" }, ends));
  const where = data.source ? proof.place : [proof.source || t("no_source"), proof.place].filter(Boolean).join(", ");
  return make("span", {}, where, make("span", { class: "acts" }, ...passage(proof, ""), open));
}

function listed(edge) {
  const proofs = proofsOf(edge), count = data.brief ? proofs.length : 1;
  return (data.brief ? proofs.slice(0, 1) : proofs).map((proof) => {
    const [start, goal] = endsOf(edge, proof);
    return { edge, proof, start, goal, count };
  });
}

function cell(name, row) {
  const about = { "data-title": t("col_" + name), "data-key": SORTED_BY[name]?.(row) ?? null };
  if (name === "from") return make("th", { scope: "row", role: "rowheader", ...about }, CELLS.from(row));
  return make("td", { role: "cell", class: "col-" + name, ...about }, CELLS[name](row));
}

function drawTable() {
  const rows = data.edges.flatMap(listed).map((row) => make("tr", { role: "row" }, ...data.columns.map((name) => cell(name, row))));
  table.tBodies[0].replaceChildren(...rows);
  if (sorting.column >= 0) return sortRows(sorting.column, sorting.way);
  for (const name of ["when", "from"]) sortRows(data.columns.indexOf(name), 1);
}

function keyOf(row, column) {
  return row.cells[column].dataset.key ?? fold(row.cells[column].textContent);
}

function sortRows(column, way) {
  if (column < 0) return;
  const compare = new Intl.Collator(state.lang, { numeric: true }).compare, body = table.tBodies[0];
  const keyed = [...body.rows].map((row) => [keyOf(row, column), row]);
  keyed.sort(([a], [b]) => (a && b ? way * compare(a, b) : Number(!a) - Number(!b)));
  body.append(...keyed.map(([, row]) => row));
}

function sortBy(column) {
  sorting.way = sorting.column === column ? -sorting.way : 1;
  sorting.column = column;
  sortRows(column, sorting.way);
  [...table.tHead.rows[0].cells].forEach((cell, place) => {
    if (place === column) cell.setAttribute("aria-sort", sorting.way > 0 ? "ascending" : "descending");
    else cell.removeAttribute("aria-sort");
  });
  const name = table.tHead.rows[0].cells[column].textContent.trim();
  announce(t(sorting.way > 0 ? "sorted_up" : "sorted_down", { column: name }));
}

for (const button of document.querySelectorAll("[data-sort]")) {
  button.addEventListener("click", () => sortBy(Number(button.dataset.sort)));
}
