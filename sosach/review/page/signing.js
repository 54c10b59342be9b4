// What may be signed and why the rest may not; signing batch by batch, which a pulled-out token stops.
import {button, forEyes, html} from "./markup.js";
import {say} from "./text.js";
import * as pad from "./token.js";

const PAUSE = 250;   // milliseconds between two batches, in which the token can be pulled out

const doseWords = dose => html`<b>${dose.ho_ten}</b> <span class="sb-quiet">${dose.mui} · ${dose.ten_vac_xin} · ${dose.ngay_tiem}</span>`;

const readyLine = dose => html`<li class="${dose.lo ? "sp-signed" : ""}"><span class="sp-mark">${forEyes(dose.lo ? "✓" : "○")}</span>
  <span>${doseWords(dose)}<small>${dose.lo ? say("signed_in", {lo: dose.lo}) : say("not_signed")}</small></span></li>`;

const waitingLine = dose => html`<li><span class="sp-mark">${forEyes("–")}</span><span>${doseWords(dose)}${
  dose.vi_sao.map(why => html`<span class="sp-why">${why.cau}<small>${say("basis", {vb: why.can_cu})}</small></span>`)}</span></li>`;

const list = (title, doses, line) => html`<section class="sp-card"><h4>${title} <small>(${doses.length})</small></h4><ul class="sp-list">${
  doses.map(line)}</ul></section>`;

function tokenHtml(panel) {
  const {token} = panel.state;
  const turn = token.cam ? button("rut", say("pull_out")) : button("cam", say("plug_in"), {look: "sb-main"});
  const asks = token.cam && !token.mo && token.con_lai > 0;
  const pin = asks && html`${pad.triesHtml(token.con_lai, token.toi_da, "pin_word")}<div class="sp-pin">${pad.field(panel, "pin", "login")}${
    button("login", say("enter"), {look: "sb-main"})}</div>${pad.keyboardHtml(panel)}`;
  return html`<section class="sp-card sp-strip">${pad.deviceHtml(token)}<p class="sp-state">${pad.stateWords(token)}</p><p class="sb-quiet">${
    token.chu_the}</p>${pin}<div class="sb-row">${turn}</div></section>`;
}

function batchesHtml({duoc}) {
  const names = [...new Set(duoc.map(dose => dose.lo).filter(Boolean))].sort();
  const count = name => duoc.filter(dose => dose.lo === name).length;
  return html`<ul class="sp-batches">${names.map(name => html`<li>${forEyes("✓")} ${say("batch", {lo: name, so: count(name)})}</li>`)}</ul>`;
}

function progressHtml(panel) {
  const {state, local} = panel, done = state.da_ky === state.tong;
  const words = state.da_ky ? say("sign_on", {so: state.tong - state.da_ky}) : say("sign_all", {so: state.tong, co: state.co});
  const press = local.running ? button("stop", say("sign_stop")) : button("sign", words, {look: "sb-main"});
  return html`<section class="sp-card sp-progress"><h4>${say("signed_count", {xong: state.da_ky, tong: state.tong})}</h4>
    <div class="sb-bar" role="progressbar" aria-label="${say("signing_label")}" aria-valuemin="0" aria-valuemax="${state.tong}"
    aria-valuenow="${state.da_ky}"><i style="width:${100 * state.da_ky / state.tong}%"></i></div><p class="sb-quiet">${
    say(local.running ? "signing_now" : "sign_note")}</p>${batchesHtml(state)}<div class="sb-row">${
    done ? html`<p class="sp-done">${forEyes("✓")} ${say("all_signed")}</p>` : press}${
    button("lam_lai", say("sign_anew"), {look: "sb-plain"})}</div></section>`;
}

export const body = panel => html`<div class="sp-desk">${tokenHtml(panel)}${progressHtml(panel)}</div>
  <div class="sp-lists">${list(say("may_sign"), panel.state.duoc, readyLine)}${list(say("may_not_sign"), panel.state.chua, waitingLine)}</div>`;

export const acts = {
  ...pad.acts,
  sign: panel => { panel.local.running = true; panel.send("ky"); },
  stop: panel => { panel.local.running = false; panel.paint(); },
};

/** One batch was signed: the next, until all is signed, the token refuses, or somebody stops it. */
export function answered(panel) {
  const {state, local} = panel;
  if (!panel.said.duoc || state.da_ky === state.tong || !state.token.mo) local.running = false;
  panel.paint();
  if (local.running) setTimeout(() => { if (local.running) panel.send("ky"); }, PAUSE);
}
