// The buttons of the form, and what a decision still asks for: a cell, a value, the other record, a reason.
import {actionOf, labelOf, targetOf, targetWords} from "./decisions.js";
import {button, forEyes, html, keyCap} from "./markup.js";
import {capital, columnOf, doseName, doseWords, sourcesOf, sourceValue, titleOf} from "./record.js";
import {say} from "./text.js";

export function actionsHtml(file, own, target) {
  const here = own.filter(event => targetOf(event).dose === target.dose && targetOf(event).field === target.field);
  return html`${file.form.actions.map((action, i) => {
    const on = here.some(event => actionOf(file, event) === action);
    const words = html`<b>${on && html`${forEyes("✓")} `}${action.label}</b>${action.note && html`<small>${action.note}</small>`}`;
    return button("act", html`${keyCap(i + 1)}<span>${words}</span>`, {data: {at: i}, look: "sb-action", on, key: i + 1});
  })}`;
}

export function targetHtml(file, record, target) {
  if (!target.dose && !target.field) return "";
  const clear = button("pick", say("target_clear"), {data: {dose: "", field: ""}, look: "sb-plain"});
  return html`<p class="sb-target">${say("target", {dich: targetWords(file, record, target)})} ${clear}</p>`;
}

/** When which action is right, and what the documents say. */
export function rulesHtml(file) {
  const ruled = file.form.actions.filter(action => action.rule);
  if (!ruled.length && !file.documents.size) return "";
  const title = action => action.document && html` <span class="sb-quiet">${file.documents.get(action.document).title}</span>`;
  const texts = [...file.documents.values()].filter(one => one.text).map(one => html`<p><b>${one.title}.</b> ${one.text}</p>`);
  return html`<details class="sb-block"><summary>${say("rules")}</summary><dl class="sb-rules">${
    ruled.map(action => html`<div><dt>${action.label}</dt><dd>${action.rule}${title(action)}</dd></div>`)}</dl>${texts}</details>`;
}

// --- the sheet ----------------------------------------------------------------------------

/** What an action still needs beyond what is chosen already. */
export function openNeeds(action, sheet) {
  const settled = {dose: sheet.fixedDose, field: sheet.fixedField, reason: !(action.reasons?.length > 1)};
  return (action.needs ?? []).filter(need => !settled[need]);
}

/** The records or doses among which `related` is chosen. */
function relatedChoices(file, record, action, sheet) {
  if (action.related?.length) return action.related;
  const others = (record.related ?? []).map(id => file.byId.get(id));
  if (!action.needs.includes("dose")) return others.map(one => ({code: one.id, label: `${titleOf(one)} · ${one.id}`}));
  return [record, ...others].flatMap(one => one.doses ?? []).filter(dose => dose.id !== sheet.dose)
    .map(dose => ({code: dose.id, label: doseWords(file, dose)}));
}

/** The name of the sentence about what is missing first, "" where all is there. */
export function missing(file, record, sheet) {
  const action = file.form.actions[sheet.at];
  const lacks = {
    dose: () => !sheet.dose && (record.doses?.length ? "need_dose" : "no_dose"),
    field: () => !sheet.field && "need_cell",
    value: () => !sheet.value.trim() && "need_value",
    related: () => !sheet.related && (relatedChoices(file, record, action, sheet).length ? "need_related" : "no_related"),
    reason: () => !sheet.reason && (ownWords(action) ? "need_related" : "need_reason"),
  };
  return openNeeds(action, sheet).map(need => lacks[need]()).find(Boolean) ?? "";
}

/** The question that an action has in place of the usual words. */
const ownWords = action => !action.needs.includes("related") && action.asks;

const answer = (name, code, label, on) => button("answer", label, {data: {name, code}, on});

function choices(name, title, list, chosen) {
  const digit = i => name === "reason" && i < 9 && keyCap(i + 1);
  return html`<fieldset class="sb-choices"><legend>${title}</legend>${list.map(({code, label}, i) =>
    answer(name, code, html`${digit(i)}<span>${label}</span>`, code === chosen))}</fieldset>`;
}

/** Every cell that can be decided on by itself, in groups: the record, each dose. */
function cellChoices(file, record, sheet) {
  const on = (dose, name) => sheet.dose === dose && sheet.field === name;
  const chip = (dose, name) => answer("cell", `${dose}|${name}`, columnOf(file, name).label, on(dose, name));
  const group = (title, dose, names) => names?.length > 0 && html`<fieldset class="sb-choices sb-chips">
    <legend>${capital(title)}</legend><div>${names.map(name => chip(dose, name))}</div></fieldset>`;
  return html`<p><b>${say("sheet_cell", {donvi: file.form.unit})}</b></p>${group(file.form.unit, "", file.form.fields)}${
    (record.doses ?? []).map(dose => group(say("of_dose", {mui: doseName(file, dose)}), dose.id, file.form.dose_fields))}`;
}

function valueInput(file, record, sheet, sourceAt) {
  const source = sourcesOf(file, record)[sourceAt], taken = sourceValue(source, sheet);
  const words = taken && say("sheet_take", {nguon: source.title, giatri: taken});
  const title = ownWords(file.form.actions[sheet.at]) || say("sheet_value");
  return html`<label class="sb-input"><span>${title}</span><input data-input="value" value="${sheet.value}"
    maxlength="500" autocomplete="off" spellcheck="false"></label>${taken && button("take", words, {data: {value: taken}, look: "sb-plain"})}`;
}

const PARTS = {
  dose: (file, record, sheet) => choices("dose", say("sheet_dose"),
    (record.doses ?? []).map(dose => ({code: dose.id, label: doseWords(file, dose)})), sheet.dose),
  field: cellChoices,
  value: valueInput,
  related: (file, record, sheet) => {
    const action = file.form.actions[sheet.at];
    const title = action.asks || say(action.needs.includes("dose") ? "sheet_related_dose" : "sheet_related");
    return choices("related", title, relatedChoices(file, record, action, sheet), sheet.related);
  },
  reason: (file, record, sheet) => {
    const action = file.form.actions[sheet.at];
    const list = action.reasons.map(code => ({code, label: labelOf(file.form.reasons, code)}));
    return choices("reason", ownWords(action) || say("sheet_reason"), list, sheet.reason);
  },
};

/** What the chosen action asks for; one question alone is answered by one press. */
export function sheetHtml(file, record, sheet, sourceAt) {
  const action = file.form.actions[sheet.at], needs = openNeeds(action, sheet);
  const simple = needs.length === 1 && needs[0] !== "value";
  return html`<div class="sb-sheet" role="group" aria-label="${action.label}"><h4>${action.label}</h4>${
    needs.map(need => PARTS[need](file, record, sheet, sourceAt))}<div class="sb-row">${
    !simple && button("store", say("sheet_ok"), {look: "sb-main"})}${button("cancel", say("sheet_cancel"))}</div></div>`;
}
