// The frame of the screen, drawn once: its parts are filled by workbench.js.
import {button, forEyes, html} from "./markup.js";
import {say} from "./text.js";

const banner = () => html`<p class="sb-banner"><b>${say("banner")}</b> <span>· ${say("banner_more")}</span></p>`;

const progress = total => html`<div class="sb-progress"><span data-part="progress"></span><div class="sb-bar" role="progressbar"
  aria-label="${say("progress_label")}" aria-valuemin="0" aria-valuemax="${total}"><i></i></div></div>`;

function top(file) {
  const whose = [
    file.mode === "practice" ? say("mode_practice") : say("mode_class", {lop: file.class_id}),
    file.trainee && say("trainee", {hv: file.trainee}),
  ].filter(Boolean).join(" · ");
  const tools = [
    button("list", say("list_button"), {look: "sb-list-button"}),
    button("keys", "?", {hint: say("menu_keys"), name: say("menu_keys")}),
    button("menu", say("menu")),
  ];
  return html`<header class="sb-top"><div class="sb-title"><h2>${file.title}</h2><p>${whose}</p></div>
    ${progress(file.records.length)}<p class="sb-kept" data-part="kept"></p><div class="sb-tools">${tools}</div></header>`;
}

const search = () => html`<label class="sb-input"><span>${say("search")}</span><input type="search" data-input="words"
  placeholder="${say("search_hint")}" autocomplete="off" spellcheck="false"></label>`;

const side = title => html`<nav class="sb-side" aria-label="${title}">
  <div class="sb-side-head"><b>${title}</b>${button("list", say("close"))}</div>
  <label class="sb-input"><span>${say("queue")}</span><select data-input="queue"></select></label>${search()}
  <p class="sb-quiet" data-part="found" role="status"></p><ul class="sb-list" data-part="list"></ul></nav>`;

const navigation = file => html`<div class="sb-nav">${[
  button("back", html`${forEyes("←")} ${say("back")}`),
  button("undo", say("undo")),
  file.key && button("hint", say("hint")),
  button("next", html`${say("next")} ${forEyes("→")}`),
]}</div>`;

/** On a phone the actions open and close; both words stand there, the style sheet shows one. */
const opener = () => html`<button type="button" class="sb-open-actions" data-do="actions" aria-expanded="false">
  <span class="sb-when-closed">${say("choose_action")}</span><span class="sb-when-open">${say("close")}</span></button>`;

const act = file => html`<div class="sb-act"><div class="sb-act-scroll" tabindex="-1">
  <h4 class="sb-question">${file.form.question}</h4><div data-part="target"></div>
  <div class="sb-actions" data-part="actions" role="group" aria-label="${file.form.question}"></div>
  <div data-part="sheet"></div><div data-part="feedback" aria-live="polite"></div>
  <div data-part="decisions"></div><div data-part="hints" aria-live="polite"></div></div>
  <div class="sb-foot"><p class="sb-message" data-part="message" role="status" aria-live="polite"></p>
  ${opener()}${navigation(file)}</div></div>`;

export const frame = (file, unit) => html`${banner()}${top(file)}
  <div class="sb-body">${side(say("list_title", {donvi: unit}))}
  <div class="sb-record" data-part="record" tabindex="-1"></div>${act(file)}</div>
  <dialog class="sb-dialog"><div data-part="dialog"></div><div class="sb-row">${button("close", say("close"))}</div></dialog>
  <input type="file" accept=".json,application/json" data-input="import" hidden>`;

/** A record to look at, without anything to press. */
export const showcase = () => html`<p class="sb-banner"><b>${say("banner")}</b></p><div class="sb-record" data-part="record"></div>`;

/** Where the work is kept, in one sentence, and whether that is a warning. */
export function keptSentence(store, host) {
  if (host.kind === "trial") return ["quiet", say("kept_trial")];
  if (store.refusal) return ["warn", say("refused_file", {vi_sao: store.refusal})];
  if (store.deliver) {
    const waiting = store.waiting.length;
    if (waiting && store.late) return ["warn", say(store.keeps ? "kept_waiting" : "kept_waiting_memory", {so: waiting})];
    if (waiting) return ["quiet", say("kept_writing")];
    return ["quiet", store.byId.size ? say("kept_file", {tep: host.file}) : say("kept_ready")];
  }
  if (!store.keeps) return ["warn", say("kept_not")];
  if (store.unkept.size) return ["warn", say("kept_full", {so: store.unkept.size})];
  const words = store.byId.size ? say("kept_here") : say("kept_ready");
  return ["quiet", store.otherTab ? `${words}. ${say("other_tab")}` : words];
}
