// The table of the same links: a title sorts its column, a second press turns the order round.
const sorting = { column: -1, way: 1 };

function keyOf(row, column) {
  return row.cells[column].dataset.key ?? fold(row.cells[column].textContent);
}

function sortBy(column) {
  sorting.way = sorting.column === column ? -sorting.way : 1;
  sorting.column = column;
  for (const table of document.querySelectorAll("table.links")) sortTable(table);
  const name = document.querySelector(`[data-lang=${state.lang}] table.links`).tHead.rows[0].cells[column].textContent.trim();
  announce(t(sorting.way > 0 ? "sorted_up" : "sorted_down", { column: name }));
}

function sortTable(table) {
  const body = table.tBodies[0], { column, way } = sorting;
  const compare = new Intl.Collator(state.lang, { numeric: true }).compare;
  const rows = [...body.rows].sort((one, other) => {
    const a = keyOf(one, column), b = keyOf(other, column);
    return a && b ? way * compare(a, b) : Number(!a) - Number(!b);
  });
  body.append(...rows);
  [...table.tHead.rows[0].cells].forEach((cell, place) => {
    if (place === column) cell.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
    else cell.removeAttribute("aria-sort");
  });
}

for (const button of document.querySelectorAll("[data-sort]")) {
  button.addEventListener("click", () => sortBy(Number(button.dataset.sort)));
}
for (const button of document.querySelectorAll("[data-edge]")) {
  button.addEventListener("click", () => choose("edge", button.dataset.edge, true));
}
for (const button of document.querySelectorAll("[data-node-button]")) {
  button.addEventListener("click", () => choose("node", button.dataset.nodeButton, true));
}
