// A vaccination passport: its QR code, the eleven fields of the decision, what a verifier says of it.
import {html} from "./markup.js";
import {say} from "./text.js";
import {verdictHtml} from "./verdict.js";

export const acts = {};

const fieldHtml = (field, i) => html`<tr><td class="sp-number">${i + 1}</td><th scope="row">${field.ten}</th><td><b>${
  field.gia_tri || html`<span class="sb-empty">${say("empty")}</span>`}</b>${field.ma && html` <small class="sp-code">${field.ma}</small>`}${
  field.ghi_chu && html` <small class="sp-unsigned">${field.ghi_chu}</small>`}</td></tr>`;

const qrHtml = state => state.hinh
  ? html`<img class="sb-picture" src="${state.hinh}" alt="${say("qr_alt")}">` : html`<p class="sb-empty">${say("qr_none")}</p>`;

export function body({state}) {
  const fields = state.truong.length > 0 && html`<table class="sp-fields"><caption>${say("eleven")}</caption><tbody>${
    state.truong.map(fieldHtml)}</tbody></table>`;
  const warning = !state.tin_duoc && html`<p class="sp-note"><b>${say("unverified")}</b> ${say("unverified_more")}</p>`;
  return html`<article class="sp-card sp-passport"><header><h3>${say("passport")}</h3><span class="sb-quiet">${
    say("checked_on", {ngay: state.ngay})}</span></header><div class="sp-passport-body"><div class="sp-qr">${qrHtml(state)}<p class="sb-quiet">${
    say("qr_note")}</p></div><div>${warning}${fields}</div></div>${verdictHtml(state)}</article>`;
}
