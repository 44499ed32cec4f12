// The search of the portal's first page: a combobox over every name, accents and case ignored.
(() => {
"use strict";
const known = window.maillageNames;
if (!known) return;
const MOST = 12;

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

for (const box of document.querySelectorAll("[data-search]")) {
  const list = document.getElementById(box.getAttribute("aria-controls"));
  const none = list.parentElement.querySelector("[data-none]");
  const lang = box.closest("[data-lang]").dataset.lang;
  const names = known.map((one) => ({ text: one[lang], page: one.page, key: folded(one[lang]) }));
  let at = -1;

  function show(found) {
    list.replaceChildren(...found.map((one, place) => {
      const item = document.createElement("li");
      item.id = list.id + "-" + place;
      item.setAttribute("role", "option");
      item.dataset.page = one.page;
      item.textContent = one.text;
      return item;
    }));
    at = -1;
    mark();
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(found.length > 0));
    none.textContent = box.value && !found.length ? "–" : "";
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
    const wanted = folded(box.value).split(" ").filter(Boolean);
    const found = wanted.length ? names.filter((one) => wanted.every((word) => one.key.includes(word))) : [];
    found.sort((a, b) => a.key.indexOf(wanted[0]) - b.key.indexOf(wanted[0]) || a.key.length - b.key.length);
    show(found.slice(0, MOST));
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
