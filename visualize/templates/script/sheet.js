// The sheet: what is known of the point or the line that is chosen, with the evidence of each link.
const sheet = byId("sheet-body");

function choose(type, id, focus) {
  state.chosen = type ? { type, id } : null;
  if (type === "node") state.at = id;
  paintLines();
  if (type === "node") show(id);
  picture.redraw();
  drawSheet();
  remember();
  if (type) opened(focus);
}

function opened(focus) {
  const title = sheet.querySelector("h2");
  const chosen = state.chosen.type === "edge" ? edges.get(state.chosen.id) : null;
  const ends = chosen ? t("open_link", { start: said(nodes.get(chosen.from).name), goal: said(nodes.get(chosen.to).name) }) : "";
  announce(labelled("sheet", ends || title.textContent));
  const below = matchMedia("(max-width: 900px)").matches;
  if (focus || below) title.focus({ preventScroll: false });
  byId("sheet").scrollTop = 0;
}

function drawSheet() {
  const chosen = state.chosen;
  byId("close").hidden = !chosen;
  if (!chosen) return sheet.replaceChildren(...overview());
  sheet.replaceChildren(...(chosen.type === "node" ? nodeSheet(nodes.get(chosen.id)) : edgeSheet(edges.get(chosen.id))));
}

function title(text) {
  return make("h2", { tabindex: "-1" }, text);
}

function toNode(node) {
  return make("button", { type: "button", class: "name", on: { click: () => choose("node", node.id, true) } }, said(node.name));
}

function overview() {
  const linked = ranked.filter((id) => touching.get(id).length && nodes.get(id).kind !== "event").slice(0, 6);
  const alone = ranked.filter((id) => !touching.get(id).length);
  const parts = [title(t("overview")), make("p", { class: "hint" }, t("overview_hint"))];
  if (linked.length) parts.push(make("h3", {}, t("most_linked")), make("ul", { class: "cards" }, ...linked.map(card)));
  if (alone.length) parts.push(make("h3", {}, t("least_linked")), make("ul", { class: "cards" }, ...alone.map(card)));
  return parts;
}

function card(id) {
  const node = nodes.get(id), count = touching.get(id).length;
  const about = [said(node.territory), count ? t("neighbours", { n: count }) : said(node.when)];
  return make("li", { class: "card" }, glyph(node), make("div", {}, toNode(node), small(about)));
}

function labelled(key, value) {
  return t("labelled", { name: t(key), value });
}

function small(parts) {
  return make("p", { class: "small" }, parts.filter(Boolean).join(" · "));
}

function nodeSheet(node) {
  const around = linesOf(node.id);
  const chips = [said(node.territory), said(node.when)].filter(Boolean).map((text) => make("li", {}, text));
  const parts = [make("p", { class: "kind" }, glyph(node), said(node.kindLabel)), title(said(node.name))];
  if (chips.length) parts.push(make("ul", { class: "chips" }, ...chips));
  if (!around.length) return [...parts, make("p", { class: "hint" }, t("no_link"))];
  parts.push(make("h3", {}, t("links", { n: around.length })));
  return [...parts, make("ul", { class: "cards" }, ...around.map((edge) => linkCard(node, edge)))];
}

function linkCard(node, edge) {
  const other = nodes.get(otherEnd(edge, node.id));
  const about = small([said(other.kindLabel), said(other.territory)]);
  return make("li", { class: "card link" }, make("div", { class: "head" }, glyph(other), make("div", {}, toNode(other), about)), proofList(edge, said(other.name)), rule());
}

function edgeSheet(edge) {
  const ends = [nodes.get(edge.from), nodes.get(edge.to)];
  const names = ends.map((node) => make("li", { class: "card" }, glyph(node), make("div", {}, toNode(node), small([said(node.kindLabel), said(node.territory)]))));
  const count = [data.counted ? t("activities", { n: edge.weight }) : "", t("proofs", { n: edge.proofs.length })];
  return [title(t("link_title")), make("ul", { class: "cards ends" }, ...names), make("h3", {}, count.filter(Boolean).join(" · ")), proofList(edge), rule() ?? ""];
}

// `known` is what the reader has just read above the list: it is not said again.
function proofList(edge, known = "") {
  return make("ul", { class: "proofs" }, ...proofsOf(edge).map((proof) => proofItem(edge, proof, known)));
}

// What the line follows from, on a map whose lines no source states as such.
function rule() {
  return data.derived ? make("p", { class: "small rule" }, labelled("rule", said(data.derived))) : null;
}

function proofItem(edge, proof, known) {
  return make("li", { class: "proof" },
    proof.what && proof.what !== known ? make("p", { class: "what" }, proof.what) : null,
    data.columns.includes("when") ? small([proof.when || t("no_date"), proof.dating, proof.planned]) : null,
    ...(data.tied ? tied(edge, proof) : [proof.role ? small([proof.role]) : null, make("p", {}, badge(proof.certainty, proof.certainty_label))]),
    proof.note ? make("p", { class: "note" }, labelled("note", proof.note)) : null,
    make("p", { class: "small source" }, [proof.source || t("no_source"), proof.place].filter(Boolean).join(", "), ...passage(proof)),
    proof.licence ? make("p", { class: "small" }, labelled("licence", proof.licence)) : null,
  );
}

// The tie that a proof is of, from whom to whom and how sure; then the role, which has a certainty of its own.
function tied(edge, proof) {
  return [
    make("p", { class: "small" }, t("labelled", { name: proof.kind, value: reads(edge, proof) })),
    make("p", {}, badge(proof.tie_certainty, proof.tie_certainty_label, "tie_sure")),
    make("p", { class: "small" }, proof.role + " ", badge(proof.certainty, proof.certainty_label, "role_sure")),
  ];
}

// A tie between the very ends of its line reads from one to the other; else its own ends are said.
function reads(edge, proof) {
  const [start, goal] = endsOf(edge, proof).map((node) => said(node.name));
  return data.joined ? t(proof.directed ? "reads" : "joins", { start, goal }) : proof.reads;
}

function badge(certainty, label, words = "") {
  const name = label || t("line_" + certainty);
  return make("span", { class: "badge " + certainty }, words ? t(words, { name }) : name);
}

function passage(proof, first = make("br")) {
  const followed = proof.links.filter((link) => /^https?:\/\//.test(link));
  return followed.flatMap((link, place) => [
    place ? " " : first,
    make("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, place ? t("read_other", { n: place + 1 }) : t("read"), make("span", { class: "away", "aria-hidden": "true" }, " ↗"), make("span", { class: "sr" }, " " + t("new_tab"))),
  ]);
}
