// Texts: what the page says, in the language chosen. Everything that comes from data goes through textContent.
const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);
const state = { lang: document.documentElement.lang, at: null, chosen: null, hover: null };

function isOne(n) {
  return state.lang === "fr" ? n < 2 : n === 1;
}

function t(key, values = {}) {
  let entry = data.texts[state.lang][key] ?? key;
  if (typeof entry === "object") entry = isOne(values.n) ? entry.one : entry.other;
  return entry.replace(/\{(\w+)\}/g, (whole, name) => shown(values[name] ?? whole));
}

function shown(value) {
  return typeof value === "number" ? value.toLocaleString(state.lang) : value;
}

// Rows as objects: what all agree on, then a list a row, texts by their place in the pool.
function unpack({ all, fields, pooled, rows }) {
  const value = (name, cell) => (pooled.includes(name) ? data.pool[cell] : cell);
  return rows.map((row) => ({ ...all, ...Object.fromEntries(fields.map((name, place) => [name, value(name, row[place])])) }));
}

// A value of the data: one for all languages, or one for each.
function said(value) {
  return typeof value !== "object" || Array.isArray(value) ? value : value[state.lang] ?? value.fr ?? "";
}

function fold(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// An element with attributes and children; a string child is text, never markup.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

function announce(text) {
  byId("live").textContent = text;
}

function remember() {
  const query = new URLSearchParams(location.search);
  query.set("lang", state.lang);
  const node = state.chosen?.type === "node" ? nodes.get(state.chosen.id) : null;
  if (node) query.set("at", node.iri);
  else query.delete("at");
  try {
    history.replaceState(null, "", "?" + query);
  } catch {
    // Some browsers refuse to change the address of a file: the page works all the same.
  }
}

function speak(lang) {
  state.lang = lang;
  document.documentElement.lang = lang;
  document.title = data.titles[lang];
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll("[data-t-label]")) {
    element.setAttribute("aria-label", t(element.dataset.tLabel, { title: said(data.title) }));
  }
  for (const element of document.querySelectorAll("[data-t-placeholder]")) {
    element.setAttribute("placeholder", t(element.dataset.tPlaceholder));
  }
  for (const element of document.querySelectorAll("[data-lang]")) element.hidden = element.dataset.lang !== lang;
  for (const link of document.querySelectorAll("[data-speak]")) {
    if (link.dataset.speak === lang) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
