// The picture: vis-network holds positions, view and pointer; points, labels and communities are drawn here.
const frame = byId("network");
const lines = new vis.DataSet(pyvis.edges);
const points = new vis.DataSet(pyvis.nodes.map((node) => ({ ...node, shape: "custom", ctxRenderer: drawPoint })));
const picture = new vis.Network(frame, { nodes: points, edges: lines }, pyvis.options);

function trace(ctx, kind, x, y, r) {
  ctx.beginPath();
  if (!kind.points.length) ctx.arc(x, y, r * kind.size, 0, 2 * Math.PI);
  kind.points.forEach(([dx, dy], corner) => ctx[corner ? "lineTo" : "moveTo"](x + dx * r, y + dy * r));
  ctx.closePath();
}

function ring(ctx, kind, x, y, r, width, colour) {
  trace(ctx, kind, x, y, r);
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke();
}

function drawPoint({ ctx, id, x, y }) {
  const node = nodes.get(id), kind = data.kinds[node.kind], scale = picture.getScale();
  const r = radiusOf(node, scale), bright = lit();
  return {
    drawNode() {
      ctx.lineJoin = "round";
      ctx.globalAlpha = !bright || bright.nodes.has(id) ? 1 : 0.16;
      marks(ctx, node, kind, r, scale);
      ring(ctx, kind, x, y, r, 3 / scale, data.tokens.card);
      trace(ctx, kind, x, y, r);
      ctx.fillStyle = kind.colour;
      ctx.fill();
      if (node.kind === "event") ring(ctx, kind, x, y, r, 1.6 / scale, data.tokens.secondary);
      ctx.fillStyle = kind.text;
      ctx.font = `700 ${r * (node.glyph.length > 1 ? 0.95 : 1.12)}px ${FONT}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(node.glyph, x, y + r * (0.06 + kind.drop));
      ctx.globalAlpha = 1;
    },
    drawExternalLabel: () => drawLabel(ctx, node, scale),
    nodeDimensions: { width: Math.max(2 * r, 24 / scale), height: Math.max(2 * r, 24 / scale) },
  };
}

// A dark ring around what is chosen, a yellow one with a dark edge around where the keyboard is.
function marks(ctx, node, kind, r, scale) {
  if (state.chosen?.id === node.id) ring(ctx, kind, node.x, node.y, r + 4 / scale, 3 / scale, data.tokens.ink);
  if (state.at !== node.id || !walking()) return;
  ring(ctx, kind, node.x, node.y, r + 6 / scale, 7 / scale, data.tokens.ink);
  ring(ctx, kind, node.x, node.y, r + 6 / scale, 4 / scale, data.tokens.focus);
}

function drawGroup(ctx, group) {
  ctx.beginPath();
  group.hull.forEach(([x, y], corner) => ctx[corner ? "lineTo" : "moveTo"](x, y));
  ctx.closePath();
  ctx.lineJoin = "round";
  ctx.lineWidth = 52;
  ctx.strokeStyle = ctx.fillStyle = data.tokens.group;
  ctx.stroke();
  ctx.fill();
}

function drawTitle(ctx, group, scale) {
  ctx.font = `italic 600 ${LABEL / scale}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4 / scale;
  ctx.strokeStyle = data.tokens.card;
  ctx.strokeText(said(group.title), group.x, group.y);
  ctx.fillStyle = data.tokens.secondary;
  ctx.fillText(said(group.title), group.x, group.y);
}

picture.on("beforeDrawing", (ctx) => {
  for (const group of data.groups) drawGroup(ctx, group);
  placeLabels(ctx, picture.getScale());
});
picture.on("afterDrawing", (ctx) => {
  for (const group of placed.titles) drawTitle(ctx, group, picture.getScale());
});

function paintLines() {
  const bright = lit();
  const changed = data.edges.map((edge) => {
    const on = bright?.edges.has(edge.id);
    const color = on ? data.tokens.accent : bright ? data.tokens["link-faint"] : data.tokens.link;
    return { id: edge.id, color: { color, hover: data.tokens.accent, highlight: color }, width: edge.width + (on ? 1 : 0) };
  });
  lines.update(changed);
}

// Labels keep their size while the points come closer, so the view that shows everything is searched for.
function extent(scale, labelled) {
  const span = { left: 0, right: 0, top: 0, bottom: 0 };
  for (const node of data.nodes) {
    const r = node.radius * reach(data.kinds[node.kind]) * scale, wide = labelled ? r + GAP + node.wide : r + 24;
    span.left = Math.min(span.left, node.x * scale - (node.side === "left" ? wide : r));
    span.right = Math.max(span.right, node.x * scale + (node.side === "left" ? r : wide));
    span.top = Math.min(span.top, node.y * scale - r);
    span.bottom = Math.max(span.bottom, node.y * scale + r);
  }
  for (const group of data.groups) span.top = Math.min(span.top, group.y * scale - LABEL);
  return span;
}

function measure() {
  const ctx = document.createElement("canvas").getContext("2d");
  for (const node of data.nodes) {
    ctx.font = labelFont(node, 1);
    node.wide = Math.max(...said(node.lines).map((line) => ctx.measureText(line).width));
  }
}

function fit() {
  const room = { width: frame.clientWidth - 70, height: frame.clientHeight - 40 };
  if (room.width <= 0 || room.height <= 0) return;
  measure();
  const whole = fitting(room, true), best = whole.scale < 0.5 ? fitting(room, false) : whole;
  const x = (best.left + best.right + 46) / 2 / best.scale, y = (best.top + best.bottom) / 2 / best.scale;
  picture.moveTo({ position: { x, y }, scale: best.scale, animation: false });
  frame.dataset.view = [best.scale, x, y].join(" "); // what embeds the page may ask where things are
}

// The closest view that holds everything; on a narrow screen, the points without their labels.
function fitting(room, labelled) {
  let low = 0.05, high = 1.15 + Math.max(0, 24 - data.nodes.length) / 40;
  for (let turn = 0; turn < 24; turn++) {
    const middle = (low + high) / 2, tried = extent(middle, labelled);
    if (tried.right - tried.left <= room.width && tried.bottom - tried.top <= room.height) low = middle;
    else high = middle;
  }
  return { scale: low, ...extent(low, labelled) };
}

function zoom(factor) {
  picture.moveTo({ scale: Math.min(Math.max(picture.getScale() * factor, 0.1), 6), animation: false });
}

function pan(dx, dy) {
  const { x, y } = picture.getViewPosition(), step = 120 / picture.getScale();
  picture.moveTo({ position: { x: x + dx * step, y: y + dy * step }, animation: false });
}

// Brings a point into view only when it is out of it: the picture never jumps without need.
function show(id) {
  const node = nodes.get(id), spot = picture.canvasToDOM({ x: node.x, y: node.y });
  const inside = spot.x > 40 && spot.y > 30 && spot.x < frame.clientWidth - 60 && spot.y < frame.clientHeight - 30;
  if (!inside) picture.moveTo({ position: { x: node.x, y: node.y }, animation: false });
}
