// A certificate in plain words: whose it is, from when to when, and whether a unit may sign with it.
import {facts, forEyes, html} from "./markup.js";
import {say} from "./text.js";

export const acts = {};

/** From the first to the last day, with today on the line. */
function lifeHtml(shown) {
  const at = Math.min(100, Math.max(0, shown.da_qua));
  return html`<div class="sp-life"><div class="sp-life-line" aria-hidden="true"><i style="width:${at}%"></i><b style="left:${at}%"></b></div>
    <p class="sp-life-ends"><span>${shown.tu}</span><span>${shown.den}</span></p><p>${
    say("today", {ngay: shown.hom_nay})} <b>${leftWords(shown)}</b></p></div>`;
}

function leftWords({con: left, da_bat_dau: begun}) {
  if (!begun) return say("life_early");
  const days = Math.abs(left).toLocaleString("vi-VN");
  if (left < 0) return say("life_over", {ngay: days});
  return say(left < 30 ? "life_soon" : "life_left", {ngay: days});
}

export function verdictLine(good, yes, no, reasons) {
  return html`<div class="sp-verdict ${good ? "sp-yes" : "sp-no"}"><p><b>${forEyes(good ? "✓" : "✗")} ${good ? yes : no}</b></p>${
    reasons.map(words => html`<p>${words}</p>`)}</div>`;
}

export function body({state}) {
  const rows = [
    [say("cert_to"), html`<b>${state.chu_the}</b>`], [say("cert_unit"), state.don_vi || say("cert_no_unit")],
    [say("cert_by"), state.noi_cap], [say("cert_serial"), html`<span class="sb-v-number">${state.so_seri}</span>`],
    [say("cert_revoked"), say(state.thu_hoi ? "yes_revoked" : "not_revoked")],
  ];
  const technical = state.ky_thuat.map(([name, value]) => [name, html`<span class="sp-code">${value}</span>`]);
  return html`<article class="sp-card sp-certificate"><header><h3>${say("certificate")}</h3><span class="sb-chip">${state.loai}</span></header>${
    facts(rows, "sb-facts")}${lifeHtml(state)}${
    verdictLine(state.dung_duoc, say("cert_yes", {ten: state.chu_the}), say("cert_no"), state.vi_sao)}
    <details class="sp-paper" data-name="technical"><summary>${say("technical")}</summary>${facts(technical, "sp-technical")}</details></article>`;
}
