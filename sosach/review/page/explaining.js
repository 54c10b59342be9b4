// What practice says: right or wrong and why, hints, mastery, what to repeat; and the keys.
import {actionOf} from "./decisions.js";
import {button, forEyes, html} from "./markup.js";
import {answerOf, judge, mastery} from "./practice.js";
import {say} from "./text.js";

const basis = (file, answer) => {
  const document = file.documents.get(answer.document);
  return document && html`<p class="sb-quiet">${say("basis", {vb: document.title})}</p>`;
};

export function feedbackHtml(file, record, own) {
  const answer = answerOf(file.key, record.id);
  if (!answer || !own.length) return "";
  const verdict = judge(own, answer), half = verdict === "part";
  const said = html`<b>${forEyes(verdict === "wrong" ? "✗" : "✓")} ${say(verdict)}.</b> ${half ? say("part_more", {donvi: file.form.unit}) : answer.why}`;
  const onward = button("next", say("next_record", {donvi: file.form.unit}), {look: "sb-main"});
  return html`<div class="sb-feedback sb-${verdict}"><p>${said}</p>${!half && basis(file, answer)}<div class="sb-row">${
    verdict === "wrong" && button("retry", say("again"))}${onward}</div></div>`;
}

export function hintsHtml(file, record, shown) {
  if (!shown) return "";
  const hints = answerOf(file.key, record.id)?.hints ?? [];
  const lines = hints.slice(0, shown).map((text, i) => html`<p><b>${say(`hint_${i + 1}`)}.</b> ${text}</p>`);
  return html`<div class="sb-hints">${lines.length ? lines : html`<p>${say("no_hint", {donvi: file.form.unit})}</p>`}${
    shown < hints.length && button("hint", say(`hint_${shown + 1}`), {look: "sb-plain"})}</div>`;
}

// --- the summary --------------------------------------------------------------------------

const bar = (part, all) => html`<span class="sb-bar" aria-hidden="true"><i style="width:${Math.round(100 * part / all)}%"></i></span>`;

const bars = lines => html`<ul class="sb-mastery">${lines.map(([words, part, all]) => html`<li>${words}${bar(part, all)}</li>`)}</ul>`;

function masteryHtml(file, events) {
  const lines = mastery(events, file.key)
    .map(({kind, right, all}) => [say("mastery_line", {ten: kind, dung: right, tong: all}), right, all]);
  return html`<h4>${say("mastery")} <small>${say("mastery_note")}</small></h4>${
    lines.length ? bars(lines) : html`<p class="sb-quiet">${say("mastery_none")}</p>`}`;
}

function againHtml(mistakes, donvi) {
  if (!mistakes.ten.length) return html`<p>${say("no_mistakes", {donvi})}</p>`;
  const wrong = mistakes.wrong.length;
  return html`<div class="sb-column">${
    wrong > 0 && button("round", say("redo_wrong", {so: wrong, donvi}), {data: {id: "wrong"}, look: "sb-main"})}${
    button("round", say("nightly", {so: mistakes.ten.length, donvi}), {data: {id: "ten"}})}${
    button("guide", say("guide"))}</div><p class="sb-quiet">${say("nightly_note", {donvi})}</p>`;
}

export function summaryHtml(file, events, decisions, mistakes) {
  const done = [...decisions].filter(([, own]) => own.length), chosen = done.flatMap(([, own]) => own);
  const right = mistakes && done.filter(([id, own]) => judge(own, answerOf(file.key, id)) === "right").length;
  const counts = file.form.actions.map(action => [action.label, chosen.filter(event => actionOf(file, event) === action).length]);
  return html`<h3>${say("summary")}</h3><p>${say("progress", {xong: done.length, tong: file.records.length})}. ${
    mistakes ? say("summary_right", {dung: right, tong: done.length, donvi: file.form.unit}) : say("summary_class")}</p>${
    mistakes && html`${againHtml(mistakes, file.form.unit)}${masteryHtml(file, events)}`}<h4>${say("chosen_counts")}</h4>${
    bars(counts.map(([title, count]) => [`${title}: ${count}`, count, Math.max(1, done.length)]))}`;
}

/** One page to take along: the rules of the kinds that went wrong, and an example of each. */
export function guideHtml(file, mistakes) {
  const answers = new Map(mistakes.ever.map(id => answerOf(file.key, id)).map(answer => [answer.kind, answer]));
  const section = answer => html`<section><h4>${answer.kind}</h4>${
    (answer.hints ?? [answer.why]).map(text => html`<p>${text}</p>`)}${basis(file, answer)}</section>`;
  return html`<h3>${say("guide_title")}</h3><p>${file.title}. ${say("made_by", {goi: file.pack.slice(0, 8)})}</p>${
    [...answers.values()].map(section)}`;
}

// --- the keys -----------------------------------------------------------------------------

export function keysHtml(file) {
  const keys = [
    ["1–9", "key_digits"], ["← →", "key_arrows"], ["Z", "key_z"], ["R", "key_r"], ["F", "key_f"], ["/", "key_search"],
    file.form.several && ["+", "key_more"], file.key && ["H", "key_hint"], ["?", "key_help"], ["Esc", "key_escape"],
  ].filter(Boolean);
  const line = ([key, name]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${say(name, {donvi: file.form.unit})}</dd></div>`;
  return html`<h3>${say("keys_title")}</h3><dl class="sb-keys">${keys.map(line)}</dl><p class="sb-quiet">${say("keys_note")}</p>`;
}
