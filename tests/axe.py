"""What axe finds wrong for people in a page that a browser shows."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Without `resultTypes` axe describes every element that is right as well, which takes most of its time; without
# `preload` it does not ask for the style sheet again, which a page on a disk may not.
ASKED = {"resultTypes": ["violations"], "preload": False}
CONTRAST = "color-contrast"
# The first element with a text of its own for each chain of names, classes and states from the root.
FIRST_OF_EACH = """() => {
  const seen = new Set();
  const step = (e) => [e.tagName, ...e.classList, e.getAttribute("scope"), e.getAttribute("aria-current"),
    e.matches(":target"), e.parentElement?.open].join(".");
  for (const element of document.body.querySelectorAll("*")) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    if (!element.checkVisibility()) continue;
    const chain = [];
    for (let e = element; e; e = e.parentElement) chain.push(step(e));
    const told = chain.join(" ");
    if (!seen.has(told)) element.setAttribute("data-first", "");
    seen.add(told);
  }
  return seen.size;
}"""


def axe_findings(page: Page, context: list[list[str]] | None = None, **options: Any) -> list[str]:
    """Each thing found: the rule and the element. `context`: the selectors of what to look at, else the page."""
    looked_at = {"include": context} if context else None
    found = Axe().run(page, context=looked_at, options={**ASKED, **options}).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def axe_findings_of_a_long_page(page: Page) -> list[str]:
    """The same, for a page of thousands of elements whose colours come from its style sheet alone.

    The contrast of a text, which axe is slow to tell, is told once for all the texts that the style sheet cannot
    tell apart: those with the same names, classes and states on the way from the root.
    """
    assert page.locator("[style]").count() == 0
    assert page.evaluate(FIRST_OF_EACH) > 0
    told = axe_findings(page, rules={CONTRAST: {"enabled": False}})
    return told + axe_findings(page, [["[data-first]"]], runOnly={"type": "rule", "values": [CONTRAST]})
