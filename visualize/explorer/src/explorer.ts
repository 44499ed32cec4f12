/** The explorer begins: from the world written beside the page, or from the server that gives it by selections. */

import { Page } from "./app/page";
import type { World } from "./world";

const NOTHING: World = {
  release: "", certainties: [], date: "", base: "", concepts: [], territories: [], sources: [], licences: [], bodies: [], activities: [],
  participations: [], links: [], communities: [], colours: {}, chunk: 1,
};

async function begin(): Promise<void> {
  const world = window.maillageWorld;
  if (!world && !window.maillageApi) return;
  const page = new Page(world ?? NOTHING);
  for (const link of document.querySelectorAll<HTMLElement>("[data-speak]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      page.go({ lang: link.dataset.speak === "en" ? "en" : "fr" });
    });
  }
  if (window.maillageApi) await page.ask();
  else page.show();
  requestAnimationFrame(() => {
    document.documentElement.classList.add("ready");
    performance.mark("maillage:ready");
  });
}

void begin();
