// The filter of an answer: only the rows that hold every word typed stay, whatever their accents and capitals.
(() => {
"use strict";
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

for (const box of document.querySelectorAll("[data-filter]")) {
  const panel = box.closest("section");
  const rows = [...panel.querySelectorAll("tbody tr")].map((row) => ({ row, text: folded(row.textContent.replace(/\s+/g, " ")) }));
  const said = panel.querySelector("[data-kept]");
  box.addEventListener("input", () => {
    const words = folded(box.value).split(/\s+/).filter(Boolean);
    let kept = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      kept += row.hidden ? 0 : 1;
    }
    said.textContent = words.length ? said.dataset.kept.replace("{n}", kept).replace("{all}", rows.length) : "";
  });
}
})();
