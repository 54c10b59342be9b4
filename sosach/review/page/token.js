// A token and its PIN pad. The page knows no PIN: it hands on what is typed, the token answers.
import {button, facts, forEyes, html} from "./markup.js";
import {say} from "./text.js";

const DIGITS = "123456789";

/** The stick beside the computer; words say the same. */
export function deviceHtml(token) {
  const look = [token.cam && "sp-plugged", token.mo && "sp-open", token.con_lai === 0 && "sp-locked"].filter(Boolean);
  return html`<div class="sp-device ${look.join(" ")}" aria-hidden="true"><span class="sp-computer"></span>
    <span class="sp-stick"><i></i><b>${token.nhan}</b></span></div>`;
}

export function stateWords(token) {
  if (token.hong) return say("token_broken");
  if (!token.cam) return say("token_out");
  if (token.con_lai === 0) return say("token_locked");
  return say(token.mo ? "token_open" : "token_closed");
}

/** How many wrong tries are left, as dots and in words. */
export function triesHtml(left, all, name) {
  const dots = Array.from({length: all}, (_, i) => html`<i class="${i < left ? "" : "sp-gone"}"></i>`);
  return html`<p class="sp-tries ${left === 1 ? "sp-last" : ""}">${forEyes(html`<span class="sp-dots">${dots}</span>`)}
    <span>${say(left === 1 ? "tries_last" : "tries", {con: left, tong: all, ma: say(name)})}</span></p>`;
}

export const field = (panel, name, act, words = say(`field_${name}`)) => html`<label class="sb-input"><span>${words}</span>
  <input type="${panel.local.shown ? "text" : "password"}" data-input="${name}" data-do="${act}" maxlength="32"
  autocomplete="off" autocapitalize="off" spellcheck="false"></label>`;

/** Switches of the keyboard: what you type may not be what arrives. */
export const keyboardHtml = panel => html`<div class="sp-switches">${
  button("telex", say(panel.local.telex ? "telex_on" : "telex_off"), {on: panel.local.telex})}${
  button("show", say(panel.local.shown ? "pin_hide" : "pin_show"), {on: Boolean(panel.local.shown)})}</div>`;

const padHtml = () => html`<div class="sp-pad" role="group" aria-label="${say("pad")}">${
  [...DIGITS].map(digit => button("digit", digit, {data: {key: digit}}))}${
  button("digit", forEyes("⌫"), {data: {key: ""}, name: say("pad_back")})}${
  button("digit", "0", {data: {key: "0"}})}${button("clear", say("pad_clear"))}</div>`;

const enter = (panel, act, words) => html`<div class="sb-row">${
  button(act, panel.local.busy ? say("waiting") : words, {look: "sb-main"})}</div>`;

const PARTS = {
  pin: panel => html`${triesHtml(panel.state.con_lai, panel.state.toi_da, "pin_word")}${
    field(panel, "pin", "login")}${keyboardHtml(panel)}${padHtml()}${enter(panel, "login", say("enter"))}`,
  change: panel => html`${panel.state.phai_doi && html`<h4>${say("change_pin")}</h4><p class="sp-note">${say("must_change")}</p>`}${
    triesHtml(panel.state.con_lai, panel.state.toi_da, "pin_word")}${field(panel, "pin", "change", say("pin_now"))}${field(panel, "new", "change")}${
    field(panel, "again", "change")}<p class="sb-quiet">${say("pin_rule")}</p>${keyboardHtml(panel)}${enter(panel, "change", say("change_pin"))}`,
  locked: panel => html`<h4>${say("token_locked")}</h4><p>${say("locked_more")}</p>${
    triesHtml(panel.state.puk_con_lai, panel.state.toi_da, "puk_word")}${field(panel, "puk", "unlock")}${field(panel, "new", "unlock")}${
    field(panel, "again", "unlock")}${keyboardHtml(panel)}${enter(panel, "unlock", say("unlock"))}<p class="sb-quiet">${say("no_puk")}</p>`,
  dead: () => html`<h4>${say("puk_locked")}</h4><p>${say("puk_locked_more")}</p>`,
  out: () => html`<h4>${say("token_out")}</h4><p>${say("out_more")}</p>`,
  open: panel => html`<h4>${forEyes("✓")} ${say("token_open")}</h4><p>${say("open_more")}</p><div class="sb-row">${
    button("mode", say("change_pin"), {data: {name: "change"}})}</div>`,
};

/** Which part stands on the right: what the token allows now. */
function partOf({state, local}) {
  if (!state.cam) return "out";
  if (state.con_lai === 0) return state.puk_con_lai > 0 ? "locked" : "dead";
  if (local.mode === "change" || (state.mo && state.phai_doi)) return "change";
  return state.mo ? "open" : "pin";
}

function tabs(panel, part) {
  if (!["pin", "change"].includes(part) || (panel.state.mo && panel.state.phai_doi)) return "";
  return html`<div class="sp-tabs" role="group">${[["pin", say(panel.state.mo ? "close" : "enter_pin")], ["change", say("change_pin")]]
    .map(([name, words]) => button("mode", words, {data: {name}, on: name === part}))}</div>`;
}

const paperHtml = token => html`<details class="sp-paper" data-name="paper"><summary>${say("paper")}</summary>${
  facts([[say("paper_pin"), html`<span class="sb-v-number">${token.giay_giao.pin}</span>`],
    [say("paper_puk"), html`<span class="sb-v-number">${token.giay_giao.puk}</span>`]], "sb-facts")}<p class="sb-quiet">${say("paper_note")}</p></details>`;

export function body(panel) {
  const token = panel.state, part = partOf(panel);
  const about = [[say("token_of"), token.chu_the], [say("token_kind"), token.loai], [say("token_valid"), say("from_to", token)]];
  return html`<div class="sp-two"><div class="sp-side">${deviceHtml(token)}<p class="sp-state">${stateWords(token)}</p>${
    facts(about, "sb-facts")}<div class="sb-row">${token.cam
    ? button("rut", say("pull_out")) : button("cam", say("plug_in"), {look: "sb-main"})}</div>${paperHtml(token)}${
    button("lam_lai", say("token_anew"), {look: "sb-plain"})}</div>
    <div class="sp-card">${tabs(panel, part)}${PARTS[part](panel)}</div></div>`;
}

/** A new PIN is typed twice; only the page sees whether both are alike. */
function withNew(panel, viec, first) {
  const {fields} = panel.local;
  if (!fields[first] || !fields.new) return panel.tell({cau: say("field_missing"), duoc: false});
  if (fields.new !== fields.again) return panel.tell({cau: say("not_alike"), duoc: false});
  return panel.send(viec, {[first]: fields[first], moi: fields.new});
}

export function login(panel) {
  const {pin} = panel.local.fields;
  if (pin) panel.send("nhap_pin", {pin});
  else panel.tell({cau: say("pin_missing"), duoc: false});
}

export const acts = {
  login,
  change: panel => withNew(panel, "doi_pin", "pin"),
  unlock: panel => withNew(panel, "mo_khoa", "puk"),
  mode: (panel, {name}) => { panel.local.mode = name; panel.local.fields = {}; panel.paint(); },
  telex: panel => { panel.local.telex = !panel.local.telex; panel.paint(); },
  show: panel => { panel.local.shown = !panel.local.shown; panel.paint(); },
  digit: (panel, {key}) => panel.key(key),
  clear: panel => { panel.local.fields = {}; panel.paint(); },
};

/** After a change of PIN the pad stands there again; a field waits for the next try. */
export function answered(panel) {
  if (panel.said.duoc) panel.local.mode = "pin";
  panel.paint();
  if (panel.root.contains(document.activeElement)) panel.root.querySelector(".sp-card input")?.focus({preventScroll: true});
}
