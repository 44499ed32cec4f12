// The language of the index page: both are in it, the address may ask for one, and links to maps carry it along.
(() => {
"use strict";
const titles = JSON.parse(document.getElementById("titles").textContent);
const OWN = 'a[data-map], [data-leaf] a[href*=".html"]:not([rel])';  // links to pages of ours: others say how they relate
const labels = JSON.parse(document.getElementById("labels").textContent);

function speak(lang) {
  document.documentElement.lang = lang;
  document.title = titles[lang];
  for (const element of document.querySelectorAll("[data-lang]")) element.hidden = element.dataset.lang !== lang;
  for (const element of document.querySelectorAll("[data-t-label]")) element.setAttribute("aria-label", labels[lang]);
  for (const link of document.querySelectorAll("[data-speak]")) {
    if (link.dataset.speak === lang) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const link of document.querySelectorAll(OWN)) {  // some are in a drawing, where links have no parts
    link.setAttribute("href", link.getAttribute("href").replace(/\?.*$/, "") + "?lang=" + lang);
  }
}

for (const link of document.querySelectorAll("[data-speak]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    speak(link.dataset.speak);
    try {
      history.replaceState(null, "", "?lang=" + link.dataset.speak);
    } catch {
      // Some browsers refuse to change the address of a file: the page works all the same.
    }
  });
}

const asked = new URLSearchParams(location.search).get("lang");
speak(titles[asked] ? asked : document.documentElement.lang);
})();
