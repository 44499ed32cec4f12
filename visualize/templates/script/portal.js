// The search of the index of things: a combobox over every name, by the explorer's rule (seek.ts).
(() => {
"use strict";
const known = window.maillageNames;
if (!known) return;
const { Names, fold } = window.maillageSearch;
const MOST = 12;
const folded = ({ fr, en }) => [...new Set([fold(fr), fold(en)])].join(" | ");
const names = new Names(known.map((one) => ({ id: one.page, sought: one.sought ?? folded(one) })));

for (const box of document.querySelectorAll("[data-search]")) {
  const list = document.getElementById(box.getAttribute("aria-controls"));
  const none = list.parentElement.querySelector("[data-none]");
  const lang = box.closest("[data-lang]").dataset.lang;
  let at = -1;

  function show(found, words = "") {
    list.replaceChildren(...found.map((one, place) => {
      const item = document.createElement("li");
      item.id = list.id + "-" + place;
      item.setAttribute("role", "option");
      item.dataset.page = one.page;
      item.textContent = one[lang];
      return item;
    }));
    at = -1;
    mark();
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(found.length > 0));
    none.textContent = words;
  }

  function mark() {
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    if (at >= 0) box.setAttribute("aria-activedescendant", list.children[at].id);
    else box.removeAttribute("aria-activedescendant");
  }

  function open(item) {
    if (item) location.href = item.dataset.page + "?lang=" + lang;
  }

  box.addEventListener("input", () => {
    const { found, near } = names.seek(box.value, MOST);
    const words = found.length || !fold(box.value) ? "" : near.length ? none.dataset.near : none.dataset.none;
    show([...found, ...near].map((place) => known[place]), words);
  });
  box.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.key === "ArrowDown" && count) at = (at + 1) % count;
    else if (event.key === "ArrowUp" && count) at = (at + count - 1) % count;
    else if (event.key === "Enter") return open(list.children[Math.max(at, 0)]);
    else if (event.key === "Escape") return show([]);
    else return;
    event.preventDefault();
    mark();
  });
  list.addEventListener("click", (event) => open(event.target.closest("[data-page]")));
}
})();
