/** The SPARQL page: YASGUI's editor, the named questions as examples, answers as a table; reading only. */

import Yasqe from "@zazuko/yasqe";
import { button, make } from "./app/dom.ts";
import { ask, MOST, Refused, SECONDS, type Answer } from "./sparql/engine.ts";
import { refusal } from "./sparql/reading.ts";
import { csv, results } from "./sparql/results.ts";
import { speaker } from "./words.ts";
import type { Lang } from "./world.ts";

interface Question {
  name: string;
  summary: { fr: string; en: string };
  theme: string;
}

declare global {
  interface Window {
    maillageQuestions?: Question[];
    maillageThemes?: Record<string, Record<Lang, string>>;
    maillageBase?: string;
  }
}

const place = (id: string) => document.getElementById(id) as HTMLElement;
const lang: Lang = (new URLSearchParams(location.search).get("lang") ?? document.documentElement.lang) === "en" ? "en" : "fr";
const say = speaker(window.maillageTexts?.[lang] ?? {}, lang);
const FIRST = "labs-by-territory";
let editor: Yasqe;

function words(): void {
  document.documentElement.lang = lang;
  document.title = say("sparql.title");
  for (const element of document.querySelectorAll<HTMLElement>("[data-t]")) element.textContent = say(element.dataset.t ?? "", { seconds: SECONDS, most: MOST });
  for (const element of document.querySelectorAll<HTMLElement>("[data-t-label]")) element.setAttribute("aria-label", say(element.dataset.tLabel ?? ""));
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-page]")) link.href = `${link.dataset.page}?lang=${lang}`;
  for (const link of document.querySelectorAll<HTMLElement>("[data-speak]")) if (link.dataset.speak === lang) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
}

function examples(): void {
  const select = place("examples") as HTMLSelectElement;
  select.append(make("option", { value: "" }, say("sparql.choose")));
  for (const [theme, name] of Object.entries(window.maillageThemes ?? {})) {
    const some = (window.maillageQuestions ?? []).filter((one) => one.theme === theme);
    if (some.length) select.append(make("optgroup", { label: name[lang] }, ...some.map((one) => make("option", { value: one.name }, one.summary[lang]))));
  }
  select.addEventListener("change", () => {
    if (select.value) editor.setValue(example(select.value));
  });
}

/** A question of the catalogue in the language of the page, without its header, which is for other readers. */
function example(name: string): string {
  const text = (window.maillageQueries?.[name] ?? "").replace(/^#\+.*\n/gm, "");
  return text.replace(/^(\s*VALUES \?lang \{ )"\w+"/m, `$1"${lang}"`);
}

/** The editor: Tab leaves it, as it leaves any field; its lines are in the field itself, so that all can read them. */
function edit(query: string): void {
  Yasqe.defaults.autocompleters = []; // they ask the web, and keep what it says in the browser
  editor = new Yasqe(place("editor"), {
    value: query, persistenceId: null, prefixCcApi: null, showQueryButton: false, resizeable: false,
    createShareableLink: undefined, editorHeight: "340px", consumeShareLink: null, pluginButtons: undefined, inputStyle: "contenteditable",
  } as never);
  const options = editor as unknown as { getOption(name: string): object; setOption(name: string, value: object): void };
  const keys = { Tab: false, "Shift-Tab": false, "Ctrl-Enter": () => void run(), "Cmd-Enter": () => void run() };
  options.setOption("extraKeys", { ...options.getOption("extraKeys"), ...keys });
  const field = { role: "textbox", "aria-multiline": "true", "aria-label": say("sparql.editor") };
  for (const [name, value] of Object.entries(field)) editor.getInputField().setAttribute(name, value);
  for (const one of place("editor").querySelectorAll(".yasqe_buttons, .resizeWrapper")) one.remove();
}

async function run(): Promise<void> {
  if ((place("run") as HTMLButtonElement).disabled) return; // by keyboard, while another is asked
  const out = place("answer");
  const query = editor.getValue();
  const no = refusal(query);
  if (no) return failed(say(`sparql.refused.${no}`));
  out.replaceChildren(make("p", { role: "status" }, say("sparql.asking")));
  (place("run") as HTMLButtonElement).disabled = true;
  const begun = performance.now();
  try {
    const found = await ask(query);
    const seconds = ((performance.now() - begun) / 1000).toLocaleString(lang, { maximumFractionDigits: 2 });
    out.replaceChildren(...results(found, window.maillageBase ?? "", say, lang), make("p", { class: "small" }, say("sparql.took", { seconds })), ...part(), keep(found));
  } catch (error) {
    failed(error instanceof Refused ? known(error.message) : fault(error instanceof Error ? error.message : String(error)));
  } finally {
    (place("run") as HTMLButtonElement).disabled = false;
  }
}

/** What is said of an answer from a graph whose evidence a page cannot hold. */
function part(): HTMLElement[] {
  const { statements = 0, missing = 0 } = window.maillageGraph ?? {};
  return missing ? [make("p", { class: "part" }, say("sparql.part", { n: missing, held: statements.toLocaleString(lang) }))] : [];
}

/** A refusal of this page by its key; one of the server is a sentence already. */
function known(said: string): string {
  if (["stopped", "large", "unreachable"].includes(said)) return say(`sparql.refused.${said}`, { seconds: SECONDS, most: MOST });
  return /error at \d+:\d+/.test(said) ? fault(said) : said;
}

/** Where the engine stopped reading; what it would have read there is a list that helps nobody. */
function fault(reason: string): string {
  const [, line, column] = /error at (\d+):(\d+)/.exec(reason) ?? [];
  return line ? say("sparql.fault_at", { line, column }) : say("sparql.fault", { reason });
}

function failed(sentence: string): void {
  place("answer").replaceChildren(make("p", { role: "alert", class: "failed" }, sentence));
}

function keep(found: Answer): HTMLElement {
  const save = (body: string, name: string) => {
    const address = URL.createObjectURL(new Blob([body]));
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };
  if (!found.type.includes("json")) return button("N-Triples", () => save(found.body, "maillage-sparql.nt"), { class: "small-button" });
  return make("p", { class: "keep" }, button("CSV", () => save(csv(found), "maillage-sparql.csv"), { class: "small-button" }), " ", button("JSON", () => save(found.body, "maillage-sparql.json"), { class: "small-button" }));
}

words();
examples();
const first = new URLSearchParams(location.search).get("question") ?? FIRST;
if (window.maillageQueries?.[first]) (place("examples") as HTMLSelectElement).value = first;
edit(example(first));
place("run").addEventListener("click", () => void run());
document.documentElement.classList.add("ready");
