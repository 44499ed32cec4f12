// Start: the language and the thing that the address asks for, then the pointer, the buttons and the size.
function translate(lang) {
  speak(lang);
  drawTable();
  drawSheet();
  picture.redraw();
  remember();
}

picture.on("click", ({ nodes: hitNodes, edges: hitEdges }) => {
  if (hitNodes.length) choose("node", hitNodes[0], false);
  else if (hitEdges.length) choose("edge", hitEdges[0], false);
  else if (state.chosen) choose(null);
});
picture.on("hoverNode", ({ node }) => hover(node));
picture.on("blurNode", () => hover(null));
picture.on("hoverEdge", () => frame.classList.add("over"));
picture.on("blurEdge", () => frame.classList.remove("over"));

function hover(id) {
  state.hover = id;
  frame.classList.toggle("over", id !== null);
  picture.redraw();
}

// The wheel scrolls the page until the network is entered; then it zooms.
function hold(on) {
  picture.setOptions({ interaction: { zoomView: on } });
}
frame.addEventListener("pointerdown", () => { frame.focus({ preventScroll: true }); hold(true); });
frame.addEventListener("focus", () => hold(true));
frame.addEventListener("blur", () => hold(false));

const BUTTONS = {
  "zoom-in": () => zoom(1.3),
  "zoom-out": () => zoom(1 / 1.3),
  fit,
  "pan-left": () => pan(-1, 0),
  "pan-right": () => pan(1, 0),
  "pan-up": () => pan(0, -1),
  "pan-down": () => pan(0, 1),
};
for (const [id, act] of Object.entries(BUTTONS)) byId(id).addEventListener("click", act);

function close() {
  const id = state.chosen?.type === "node" ? state.chosen.id : null;
  choose(null);
  if (id) state.at = id;
  frame.focus({ preventScroll: true });
}
byId("close").addEventListener("click", close);
byId("sheet").addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.chosen) close();
});

for (const link of document.querySelectorAll("[data-speak]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    translate(link.dataset.speak);
  });
}

new ResizeObserver(fit).observe(frame);
paintLines();
hold(false);
fit();
const asked = new URLSearchParams(location.search);
if (data.texts[asked.get("lang")]) speak(asked.get("lang"));
drawTable();
const at = data.nodes.find((node) => node.iri === asked.get("at"));
if (at) choose("node", at.id, false);
else drawSheet();
document.documentElement.classList.add("ready");
