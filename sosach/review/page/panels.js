// What stands around a record: the list, the buttons, what a decision asks for, what practice says.
import {live, ordered, undoneIds} from "./journal.js";
import {answerOf, judge, mastery} from "./practice.js";
import {capital, cellOf, sourceValue, sourcesOf, titleOf} from "./record.js";
import {html, say} from "./text.js";

/** The action of the form that an event chose: code and, where codes repeat, the reason. */
export function actionOf(file, event) {
  const same = file.form.actions.filter(action => action.code === event.hanh_dong);
  return same.find(action => action.reasons?.includes(event.ly_do)) ?? same[0] ?? {code: event.hanh_dong, label: event.hanh_dong};
}

const labelOf = (list, code) => (list ?? []).find(one => one.code === code)?.label ?? code;

const columnOf = (file, name) => [...file.columns, ...file.dose_columns].find(column => column.name === name);

const doseLabel = (file, record, id) => {
  const dose = [record, ...(record.related ?? []).map(other => file.byId.get(other))]
    .flatMap(one => one.doses ?? []).find(one => one.id === id);
  return dose ? cellOf(file.dose_columns, dose.cells, "mui") || id : id;
};

/** A target in words: the record, a dose, a cell. */
export function targetWords(file, record, {dose, field}) {
  const cell = field && say("cell", {ten: columnOf(file, field)?.label ?? field});
  const shot = dose && say("of_dose", {mui: doseLabel(file, record, dose)});
  return [cell, shot].filter(Boolean).join(", ") || say("target_record", {donvi: file.form.unit});
}

// --- the list -----------------------------------------------------------------------------

/** The queues to choose from: [{id, title, ids, group}]. */
export function queuesOf(file, decisions, mistakes) {
  const ids = file.records.map(record => record.id);
  const has = id => decisions.get(id)?.length > 0;
  const chosen = file.form.actions.map((action, i) => ({
    id: `chosen-${i}`, title: action.label, group: "group_chosen",
    ids: ids.filter(id => decisions.get(id)?.some(event => actionOf(file, event) === action)),
  }));
  return [
    {id: "all", title: say("queue_all"), ids, group: "group_status"},
    {id: "open", title: say("queue_open"), ids: ids.filter(id => !has(id)), group: "group_status"},
    {id: "done", title: say("queue_done"), ids: ids.filter(has), group: "group_status"},
    ...file.queues.map((queue, i) => ({id: `seen-${i}`, title: queue.title, ids: queue.ids, group: "group_seen"})),
    ...chosen.filter(queue => queue.ids.length),
    ...file.key ? [
      {id: "wrong", title: say("queue_wrong"), ids: mistakes.wrong, group: "group_again"},
      {id: "ten", title: say("queue_ten"), ids: mistakes.ten, group: "group_again"},
    ] : [],
  ];
}

/** The select of queues; its options count anew after every decision. */
export function queueOptions(queues, decisions, current) {
  const groups = [...new Set(queues.map(queue => queue.group))];
  const open = queue => queue.ids.filter(id => !decisions.get(id)?.length).length;
  const count = queue => queue.group === "group_seen" ? `${open(queue)}/${queue.ids.length}` : queue.ids.length;
  return html`${groups.map(group => html`<optgroup label="${say(group)}">${queues.filter(queue => queue.group === group)
    .map(queue => html`<option value="${queue.id}"${queue.id === current && html` selected`}>${queue.title} (${count(queue)})</option>`)}</optgroup>`)}`;
}

/** What a line of the list says about a record's decisions. */
export function lineState(file, own) {
  return own?.length ? own.map(event => actionOf(file, event).label).join("; ") : say("open_mark");
}

export function listHtml(file, ids, decisions, at) {
  return html`${ids.map(id => {
    const record = file.byId.get(id), own = decisions.get(id);
    return html`<li><button type="button" data-do="open" data-id="${id}"${id === at && html` aria-current="true"`} class="sb-line ${own?.length ? "sb-done" : ""}">
      <span class="sb-line-name"><i aria-hidden="true"></i>${file.place.get(id) + 1}. ${titleOf(record)}</span><span class="sb-line-state">${lineState(file, own)}</span></button></li>`;
  })}`;
}

// --- the buttons --------------------------------------------------------------------------

export function actionsHtml(file, own, target) {
  const here = own.filter(event => (event.ma_mui ?? "") === target.dose && (event.truong ?? "") === target.field);
  return html`${file.form.actions.map((action, i) => {
    const on = here.some(event => actionOf(file, event) === action);
    return html`<button type="button" class="sb-action" data-do="act" data-at="${i}" aria-pressed="${on}" aria-keyshortcuts="${i + 1}">
      <kbd aria-hidden="true">${i + 1}</kbd><span><b>${on && html`<span aria-hidden="true">✓ </span>`}${action.label}</b>${action.note && html`<small>${action.note}</small>`}</span></button>`;
  })}`;
}

export function targetHtml(file, record, target) {
  if (!target.dose && !target.field) return "";
  return html`<p class="sb-target">${say("target", {dich: targetWords(file, record, target)})}
    <button type="button" class="sb-plain" data-do="pick" data-dose="" data-field="">${say("target_clear")}</button></p>`;
}

function decisionLine(file, record, event) {
  const action = actionOf(file, event), target = {dose: event.ma_mui ?? "", field: event.truong ?? ""};
  const other = event.ma_lien_quan && (labelOf(action.related, event.ma_lien_quan) === event.ma_lien_quan
    ? doseLabel(file, record, event.ma_lien_quan) : labelOf(action.related, event.ma_lien_quan));
  const reason = event.ly_do && action.reasons?.length !== 1 && labelOf(file.form.reasons, event.ly_do);
  return html`${(target.dose || target.field) && html`<b>${capital(targetWords(file, record, target))}:</b> `}${action.label}${
    event.gia_tri_moi && html` → <b>${event.gia_tri_moi}</b>`}${other && html` → <b>${other}</b>`}${reason && html` <span class="sb-quiet">(${reason})</span>`}`;
}

export function decisionsHtml(file, record, own, oneMore) {
  if (!own.some(event => file.form.several || event.gia_tri_moi || event.ly_do)) return "";
  const lines = own.map(event => html`<li><span>${decisionLine(file, record, event)}</span><button type="button" class="sb-plain" data-do="remove" data-id="${event.id}"
    aria-label="${say("remove")}: ${actionOf(file, event).label}" title="${say("remove")}">✕</button></li>`);
  return html`<div class="sb-decisions"><h4>${say("decisions")}</h4><ul>${lines}</ul>${
    file.form.several && html`<button type="button" class="sb-plain" data-do="more" aria-pressed="${oneMore}"><kbd aria-hidden="true">+</kbd> ${say("one_more")}</button>`}${
    oneMore && html`<p class="sb-quiet">${say("one_more_on")}</p>`}</div>`;
}

// --- what a decision asks for -------------------------------------------------------------

/** What an action still needs beyond what is chosen already. */
export function openNeeds(action, sheet) {
  const needs = action.needs ?? [];
  return needs.filter(need => need === "reason" ? action.reasons?.length > 1
    : need === "dose" ? !sheet.fixedDose : need === "field" ? !sheet.fixedField : true);
}

/** A dose in a list: its first facts, and its code, for two may be alike. */
const doseChoice = (file, dose) => ({code: dose.id, label: [...file.dose_columns
  .map((column, i) => column.compared && dose.cells[i]).filter(Boolean).slice(0, 3), say("code", {ma: dose.id})].join(" · ")});

/** The records or doses among which `related` is chosen. */
export function relatedChoices(file, record, action, sheet) {
  if (action.related?.length) return action.related;
  const name = one => `${titleOf(one)} · ${one.id}`;
  const others = (record.related ?? []).map(id => file.byId.get(id));
  if (!action.needs.includes("dose")) return others.map(one => ({code: one.id, label: name(one)}));
  return [record, ...others].flatMap(one => one.doses ?? []).filter(dose => dose.id !== sheet.dose).map(dose => doseChoice(file, dose));
}

const choices = (name, title, list, chosen, digits) => html`<fieldset class="sb-choices"><legend>${title}</legend>${list.map(({code, label}, i) =>
  html`<button type="button" data-do="answer" data-name="${name}" data-code="${code}" aria-pressed="${code === chosen}">${
    digits && i < 9 && html`<kbd aria-hidden="true">${i + 1}</kbd>`}<span>${label}</span></button>`)}</fieldset>`;

/** Every cell that can be decided on by itself, in groups: the record, each dose. */
function cellChoices(file, record, sheet) {
  const chip = (dose, name) => html`<button type="button" data-do="answer" data-name="cell" data-code="${dose}|${name}" aria-pressed="${
    sheet.dose === dose && sheet.field === name}">${columnOf(file, name).label}</button>`;
  const group = (title, dose, names) => names?.length > 0 && html`<fieldset class="sb-choices sb-chips"><legend>${title}</legend><div>${names.map(name => chip(dose, name))}</div></fieldset>`;
  return html`<p><b>${say("sheet_cell")}</b></p>${group(capital(file.form.unit), "", file.form.fields)}${
    (record.doses ?? []).map(dose => group(capital(say("of_dose", {mui: doseLabel(file, record, dose.id)})), dose.id, file.form.dose_fields))}`;
}

function valueInput(file, record, sheet, sourceAt) {
  const source = sourcesOf(file, record)[sourceAt], taken = sourceValue(source, sheet);
  return html`<label class="sb-input"><span>${say("sheet_value")}</span><input data-input="value" value="${sheet.value}" maxlength="500" autocomplete="off" spellcheck="false"></label>${
    taken && html`<button type="button" class="sb-plain" data-do="take" data-value="${taken}">${say("sheet_take", {nguon: source.title, giatri: taken})}</button>`}`;
}

export function sheetHtml(file, record, sheet, sourceAt) {
  const action = file.form.actions[sheet.at], needs = openNeeds(action, sheet);
  const asked = {
    dose: () => choices("dose", say("sheet_dose"), (record.doses ?? []).map(dose => doseChoice(file, dose)), sheet.dose),
    field: () => cellChoices(file, record, sheet),
    value: () => valueInput(file, record, sheet, sourceAt),
    related: () => choices("related", action.asks || say(action.needs.includes("dose") ? "sheet_related_dose" : "sheet_related"),
      relatedChoices(file, record, action, sheet), sheet.related),
    reason: () => choices("reason", say("sheet_reason"), action.reasons.map(code => ({code, label: labelOf(file.form.reasons, code)})), sheet.reason, true),
  };
  const simple = needs.length === 1 && needs[0] !== "value";
  return html`<div class="sb-sheet" role="group" aria-label="${action.label}"><h4>${action.label}</h4>${needs.map(need => asked[need]())}
    <div class="sb-row">${!simple && html`<button type="button" class="sb-main" data-do="store">${say("sheet_ok")}</button>`}<button type="button" data-do="cancel">${say("sheet_cancel")}</button></div></div>`;
}

/** The name of the first sentence about what is missing, "" where all is there. */
export function missing(file, record, sheet) {
  const action = file.form.actions[sheet.at], needs = openNeeds(action, sheet);
  const empty = {dose: !sheet.dose, field: !sheet.field, value: !sheet.value.trim(), related: !sheet.related, reason: !sheet.reason};
  const first = needs.find(need => empty[need]);
  if (first === "related" && !relatedChoices(file, record, action, sheet).length) return action.needs.includes("dose") ? "no_dose" : "no_related";
  if (first === "dose" && !record.doses?.length) return "no_dose";
  return first ? {dose: "need_dose", field: "need_cell", value: "need_value", related: "need_related", reason: "need_reason"}[first] : "";
}

// --- practice -----------------------------------------------------------------------------

export function feedbackHtml(file, record, own) {
  const answer = answerOf(file.key, record.id);
  if (!answer || !own.length) return "";
  const verdict = judge(own, answer), document = file.documents.get(answer.document);
  return html`<div class="sb-feedback sb-${verdict}"><p><b><span aria-hidden="true">${verdict === "wrong" ? "✗" : "✓"}</span> ${say(verdict)}.</b> ${
    verdict === "part" ? say("part_more") : answer.why}</p>${verdict !== "part" && document && html`<p class="sb-quiet">${say("basis", {vb: document.title})}</p>`}
    <div class="sb-row">${verdict === "wrong" && html`<button type="button" data-do="retry">${say("again")}</button>`}<button type="button" class="sb-main" data-do="next">${say("next_record", {donvi: file.form.unit})}</button></div></div>`;
}

export function hintsHtml(file, record, shown) {
  const hints = answerOf(file.key, record.id)?.hints ?? [];
  if (!shown) return "";
  return html`<div class="sb-hints">${hints.length ? hints.slice(0, shown).map((text, i) => html`<p><b>${say(`hint_${i + 1}`)}.</b> ${text}</p>`) : html`<p>${say("no_hint")}</p>`}${
    shown < hints.length && html`<button type="button" class="sb-plain" data-do="hint">${say(`hint_${shown + 1}`)}</button>`}</div>`;
}

const bar = (part, all) => html`<span class="sb-bar" aria-hidden="true"><i style="width:${Math.round(100 * part / all)}%"></i></span>`;

function masteryHtml(file, events) {
  const kinds = mastery(events, file.key);
  return html`<h4>${say("mastery")} <small>${say("mastery_note")}</small></h4>${kinds.length
    ? html`<ul class="sb-mastery">${kinds.map(({kind, right, all}) => html`<li>${say("mastery_line", {ten: kind, dung: right, tong: all})}${bar(right, all)}</li>`)}</ul>`
    : html`<p class="sb-quiet">${say("mastery_none")}</p>`}`;
}

function againHtml(mistakes) {
  if (!mistakes.ten.length) return html`<p>${say("no_mistakes")}</p>`;
  return html`<div class="sb-column">${mistakes.wrong.length > 0 && html`<button type="button" class="sb-main" data-do="round" data-id="wrong">${say("redo_wrong", {so: mistakes.wrong.length})}</button>`}
    <button type="button" data-do="round" data-id="ten">${say("nightly", {so: mistakes.ten.length})}</button>
    <button type="button" data-do="guide">${say("guide")}</button></div><p class="sb-quiet">${say("nightly_note")}</p>`;
}

export function summaryHtml(file, events, decisions, mistakes) {
  const done = [...decisions.values()].filter(own => own.length);
  const counts = file.form.actions.map(action => [action.label, done.flat().filter(event => actionOf(file, event) === action).length]);
  const right = file.key && [...decisions].filter(([id, own]) => answerOf(file.key, id) && judge(own, answerOf(file.key, id)) === "right").length;
  return html`<h3>${say("summary")}</h3><p>${say("progress", {xong: done.length, tong: file.records.length})}. ${
    file.key ? say("summary_right", {dung: right, tong: done.length, donvi: file.form.unit}) : say("summary_class")}</p>
    ${file.key ? html`${againHtml(mistakes)}${masteryHtml(file, events)}` : ""}
    <h4>${say("chosen_counts")}</h4><ul class="sb-mastery">${counts.map(([title, count]) => html`<li>${title}: ${count}${bar(count, Math.max(1, done.length))}</li>`)}</ul>`;
}

/** One page to take along: the rules of the kinds that went wrong, and an example of each. */
export function guideHtml(file, mistakes) {
  const kinds = new Map(mistakes.ever.map(id => [answerOf(file.key, id).kind, answerOf(file.key, id)]));
  return html`<h3>${say("guide_title")}</h3><p>${file.title}. ${say("made_by", {goi: file.pack.slice(0, 8)})}</p>${[...kinds.values()].map(answer => html`
    <section><h4>${answer.kind}</h4>${(answer.hints ?? [answer.why]).map(text => html`<p>${text}</p>`)}${
      file.documents.get(answer.document) && html`<p class="sb-quiet">${say("basis", {vb: file.documents.get(answer.document).title})}</p>`}</section>`)}`;
}

// --- the rest -----------------------------------------------------------------------------

export function trailHtml(file, record, events) {
  const own = ordered(events).filter(event => event.ma_ho_so === record.id && event.viec !== "hoan_tac");
  if (!own.length) return "";
  const undone = undoneIds(events);
  const line = event => html`<li class="${undone.has(event.id) ? "sb-undone" : ""}"><time datetime="${event.luc}">${new Date(event.luc).toLocaleString("vi-VN")}</time>
    ${event.viec === "bo" ? say("trail_removed", {viec: event.hanh_dong ? actionOf(file, event).label : ""}) : decisionLine(file, record, event)}${
    undone.has(event.id) && html` <b>(${say("trail_undone")})</b>`}</li>`;
  return html`<details class="sb-block"><summary>${say("trail", {donvi: file.form.unit})} (${own.length})</summary><ol>${own.map(line)}</ol>
    <button type="button" data-do="undo-here">${say("undo_here", {donvi: file.form.unit})}</button></details>`;
}

export function rulesHtml(file) {
  const rules = file.form.actions.filter(action => action.rule);
  if (!rules.length && !file.documents.size) return "";
  return html`<details class="sb-block"><summary>${say("rules")}</summary><dl class="sb-rules">${rules.map(action => html`<div><dt>${action.label}</dt><dd>${action.rule}${
    action.document && html` <span class="sb-quiet">${file.documents.get(action.document).title}</span>`}</dd></div>`)}</dl>${
    [...file.documents.values()].filter(one => one.text).map(one => html`<p><b>${one.title}.</b> ${one.text}</p>`)}</details>`;
}

export function keysHtml(file) {
  const keys = [["1–9", "key_digits"], ["← →", "key_arrows"], ["Z", "key_z"], ["R", "key_r"], ["F", "key_f"], ["/", "key_search"],
    ...file.form.several ? [["+", "key_more"]] : [], ...file.key ? [["H", "key_hint"]] : [], ["?", "key_help"], ["Esc", "key_escape"]];
  return html`<h3>${say("keys_title")}</h3><dl class="sb-keys">${keys.map(([key, name]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${say(name)}</dd></div>`)}</dl><p class="sb-quiet">${say("keys_note")}</p>`;
}

/** Decisions by record. */
export function byRecord(file, events) {
  const found = new Map(file.records.map(record => [record.id, []]));
  live(events).forEach(event => found.get(event.ma_ho_so)?.push(event));
  return found;
}
