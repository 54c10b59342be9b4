// A verdict: the plain word, answers to plain questions, and every check folded behind its question.
import {facts, forEyes, html} from "./markup.js";
import {say} from "./text.js";

export const acts = {};

const SIGNS = {dat: "✓", sai: "✗", chua: "–", ok: "✓", failed: "✗", not_checked: "–"};

const stepHtml = step => html`<li><span class="sp-mark sp-${step.ket_qua}">${forEyes(SIGNS[step.ket_qua])}</span><span>${step.ten}: ${
  say(`state_${step.ket_qua}`)}${step.thay.map(words => html`<small>${words}</small>`)}</span></li>`;

const questionHtml = asked => html`<li class="sp-${asked.tra_loi}"><details data-name="${asked.ten}"><summary><span class="sp-mark">${
  forEyes(SIGNS[asked.tra_loi])}</span><span>${say(`ask_${asked.ten}`)}</span> <b>${say(`answer_${asked.tra_loi}`)}</b></summary><ul class="sp-steps">${
  asked.buoc.map(stepHtml)}</ul></details></li>`;

/** The word and its reasons, then the questions. */
export function verdictHtml(shown) {
  const look = shown.tu === "tot" ? "sp-yes" : shown.tu === "chua_ket_luan" ? "sp-open-end" : "sp-no";
  return html`<div class="sp-verdict ${look}"><p><b>${forEyes(shown.tu === "tot" ? "✓" : shown.tu === "chua_ket_luan" ? "?" : "✗")} ${
    shown.ket_luan}</b></p>${shown.vi_sao.map(words => html`<p>${words}</p>`)}</div>
    <ol class="sp-questions">${shown.hoi.map(questionHtml)}</ol><p class="sb-quiet">${say("fold_note")}</p>`;
}

export const body = ({state}) => html`<article class="sp-card">${state.tieu_de && html`<h3>${state.tieu_de}</h3>`}${
  state.o.length > 0 && facts(state.o, "sb-facts")}${verdictHtml(state)}</article>`;
