// The keyboard on the network: arrows walk from neighbour to neighbour, Enter opens, Escape leaves.
const trail = [];

function walking() {
  return document.activeElement === frame && frame.matches(":focus-visible");
}

function around() {
  const anchor = trail[trail.length - 1];
  return anchor ? neighbours(anchor) : [];
}

function go(id) {
  state.at = id;
  show(id);
  picture.redraw();
  tell();
}

function tell() {
  const node = nodes.get(state.at), ring = around(), place = ring.indexOf(state.at);
  const where = place >= 0
    ? t("position", { i: place + 1, n: ring.length, name: said(nodes.get(trail[trail.length - 1]).name) })
    : t("position_all", { i: ranked.indexOf(state.at) + 1, n: ranked.length });
  announce([said(node.name), said(node.kindLabel), t("neighbours", { n: neighbours(state.at).length }), where].join(", "));
}

// Up and down: the neighbours of where we came from; with nowhere to come from, those of the point itself.
function along(step) {
  let ring = around();
  if (!ring.includes(state.at)) {
    trail.push(state.at);
    ring = around();
    if (!ring.length) {
      trail.pop();
      return announce(t("walk_none"));
    }
    return go(ring[step > 0 ? 0 : ring.length - 1]);
  }
  go(ring[(ring.indexOf(state.at) + step + ring.length) % ring.length]);
}

function into() {
  const ring = neighbours(state.at).filter((id) => id !== trail[trail.length - 1]);
  if (!ring.length) return announce(t("walk_none"));
  trail.push(state.at);
  go(ring[0]);
}

function back() {
  if (trail.length) go(trail.pop());
}

function jump(step) {
  trail.length = 0;
  const place = ranked.indexOf(state.at);
  go(ranked[(place + step + ranked.length) % ranked.length]);
}

function leave() {
  announce(t("left_network"));
  byId("table-title").focus();
}

const KEYS = {
  ArrowDown: () => along(1),
  ArrowUp: () => along(-1),
  ArrowRight: into,
  ArrowLeft: back,
  PageDown: () => jump(1),
  PageUp: () => jump(-1),
  Home: () => { trail.length = 0; go(ranked[0]); },
  End: () => { trail.length = 0; go(ranked[ranked.length - 1]); },
  Enter: () => choose("node", state.at, true),
  Escape: leave,
};

frame.addEventListener("keydown", (event) => {
  const act = KEYS[event.key];
  if (!act || event.ctrlKey || event.altKey || event.metaKey || !ranked.length) return;
  event.preventDefault();
  act();
});

frame.addEventListener("focus", () => {
  state.at ??= ranked[0] ?? null;
  picture.redraw();
  if (walking() && state.at) tell();
});
frame.addEventListener("blur", () => picture.redraw());
