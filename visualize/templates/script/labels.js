// Labels keep one size on the screen. The most important are placed first, each on the first free side or corner of
// its point; one that finds no room waits for a closer view.
const FONT = getComputedStyle(document.body).fontFamily;
const LABEL = 12, LEADING = 14, GAP = 4;
const placed = { key: "", labels: new Map(), titles: [], view: null };

function radiusOf(node, scale) {
  return Math.min(Math.max(node.radius, 6.5 / scale), 30 / scale);
}

function wrapped(text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = last ? last + " " + word : word;
  }
  return lines.slice(0, 6);
}

// What a point may be called: its whole name when it is looked at, its label, the same narrower, its beginning.
function wordings(node) {
  const looked = node.id === state.hover || node.id === state.chosen?.id || (node.id === state.at && walking());
  const label = said(node.lines), found = looked ? [wrapped(said(node.name).slice(0, 160), 30), label] : [label];
  if (label.length < 2) return found;
  const narrow = wrapped(label.join(" "), 13), three = [...narrow.slice(0, 2), narrow[2] + "…"];
  return [...found, narrow.length > 3 ? three : narrow, [cut(label.join(" "))]];
}

function cut(text) {
  return text.slice(0, 22).replace(/[\s,;:«…'-]+$/, "") + "…";
}

function urgency(id, bright) {
  if (id === state.hover || id === state.chosen?.id || id === state.at) return 0;
  return bright?.nodes.has(id) ? 1 : 2;
}

function sides(node, r, width, height, gap) {
  const right = { x: node.x + r + gap, y: node.y - height / 2, align: "left" };
  const left = { x: node.x - r - gap - width, y: node.y - height / 2, align: "right" };
  const below = { x: node.x - width / 2, y: node.y + r + gap / 2, align: "center" };
  const above = { x: node.x - width / 2, y: node.y - r - gap / 2 - height, align: "center" };
  const [first, second] = node.side === "left" ? [left, right] : [right, left];
  const corners = [first, second].flatMap((spot) => [1, -1].map((way) => ({ ...spot, y: spot.y + way * (height / 2 + r * 0.6) })));
  return [first, second, below, above, ...corners];
}

function touch(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

function placeLabels(ctx, scale) {
  const low = picture.DOMtoCanvas({ x: 0, y: 0 });
  placed.view = { x: low.x, y: low.y, w: frame.clientWidth / scale, h: frame.clientHeight / scale };
  const key = [scale, low.x, low.y, state.lang, state.chosen?.id, state.hover, state.at, walking()].join();
  if (key === placed.key) return;
  placed.key = key;
  placed.labels.clear();
  const bright = lit();
  const taken = data.nodes.map((node) => {
    const r = radiusOf(node, scale) * reach(data.kinds[node.kind]);
    const rim = r + 1.5 / scale;
    return { id: node.id, x: node.x - rim, y: node.y - rim, w: 2 * rim, h: 2 * rim };
  });
  placed.titles = [];
  for (const group of bright ? [] : data.groups) {
    const box = titleBox(ctx, group, scale);
    if (taken.some((other) => touch(box, other))) continue;
    taken.push(box);
    placed.titles.push(group);
  }
  const order = ranked.filter((id) => !bright || bright.nodes.has(id) || urgency(id, bright) === 0);
  order.sort((one, other) => urgency(one, bright) - urgency(other, bright) || byRank(one, other));
  for (const id of order) placeLabel(ctx, nodes.get(id), scale, taken, urgency(id, bright) === 0);
  frame.dispatchEvent(new CustomEvent("labelled", { detail: [...placed.labels.values()] }));
}

// Tries each wording all around the point, from the fullest to the shortest.
function placeLabel(ctx, node, scale, taken, must) {
  const tried = wordings(node);
  let label = null;
  for (const lines of tried) label ??= roomFor(ctx, node, lines, scale, taken, false);
  if (must) label ??= roomFor(ctx, node, said(node.lines), scale, taken, true);
  if (!label) return;
  placed.labels.set(node.id, label);
  taken.push({ id: node.id, x: label.x, y: label.y, w: label.width, h: label.height });
}

// A label of a point in view must be in view whole.
function inside(box, node) {
  const { x, y, w, h } = placed.view;
  if (node.x < x || node.x > x + w || node.y < y || node.y > y + h) return true;
  return box.x >= x && box.x + box.w <= x + w && box.y >= y && box.y + box.h <= y + h;
}

function roomFor(ctx, node, lines, scale, taken, anyway) {
  ctx.font = labelFont(node, scale);
  const width = Math.max(...lines.map((line) => ctx.measureText(line).width));
  const height = (lines.length * LEADING) / scale;
  const spots = sides(node, radiusOf(node, scale) * reach(data.kinds[node.kind]), width, height, GAP / scale);
  const free = spots.find((spot) => {
    const box = { x: spot.x, y: spot.y, w: width, h: height };
    return inside(box, node) && !taken.some((other) => other.id !== node.id && touch(box, other));
  });
  const spot = free ?? (anyway ? spots[0] : null);
  return spot && { ...spot, lines, width, height };
}

function labelFont(node, scale) {
  return `${node.kind === "event" ? 400 : 600} ${LABEL / scale}px ${FONT}`;
}

function titleBox(ctx, group, scale) {
  ctx.font = `italic 600 ${LABEL / scale}px ${FONT}`;
  const width = ctx.measureText(said(group.title)).width;
  const height = (LABEL + 4) / scale;
  return { id: "", x: group.x - width / 2, y: group.y - height / 2, w: width, h: height };
}

function drawLabel(ctx, node, scale) {
  const label = placed.labels.get(node.id);
  if (!label) return;
  ctx.font = labelFont(node, scale);
  ctx.textBaseline = "middle";
  ctx.textAlign = label.align;
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.5 / scale;
  ctx.strokeStyle = data.tokens.card;
  ctx.fillStyle = data.tokens.ink;
  const x = label.x + { left: 0, center: label.width / 2, right: label.width }[label.align];
  label.lines.forEach((line, row) => {
    const y = label.y + ((row + 0.5) * LEADING) / scale;
    ctx.strokeText(line, x, y);
    ctx.fillText(line, x, y);
  });
}
