// Decisions in words: which action, on what, why; by record, in queues and in the trail.
import {live, ordered, undoneIds} from "./journal.js";
import {button, html, keyCap} from "./markup.js";
import {capital, columnOf, doseName, titleOf} from "./record.js";
import {say} from "./text.js";

/** Decisions by record. */
export function byRecord(file, events) {
  const found = new Map(file.records.map(record => [record.id, []]));
  live(events).forEach(event => found.get(event.ma_ho_so)?.push(event));
  return found;
}

/** The action of the form that an event chose: code and, where codes repeat, the reason. */
export function actionOf(file, event) {
  const same = file.form.actions.filter(action => action.code === event.hanh_dong);
  return same.find(action => action.reasons?.includes(event.ly_do)) ?? same[0]
    ?? {code: event.hanh_dong, label: event.hanh_dong};
}

export const targetOf = event => ({dose: event.ma_mui ?? "", field: event.truong ?? ""});

export const labelOf = (list, code) => (list ?? []).find(one => one.code === code)?.label ?? code;

/** What a dose of the record, or of one that may be the same, is called. */
function nameOfDose(file, record, id) {
  const together = [record, ...(record.related ?? []).map(other => file.byId.get(other))];
  const dose = together.flatMap(one => one.doses ?? []).find(one => one.id === id);
  return dose ? doseName(file, dose) : id;
}

/** A target in words: the record, a dose, a cell. */
export function targetWords(file, record, {dose, field}) {
  const cell = field && say("cell", {ten: columnOf(file, field).label});
  const shot = dose && say("of_dose", {mui: nameOfDose(file, record, dose)});
  return [cell, shot].filter(Boolean).join(", ") || say("target_record", {donvi: file.form.unit});
}

function inWords(file, record, event) {
  const action = actionOf(file, event), target = targetOf(event), other = event.ma_lien_quan;
  const closed = other && labelOf(action.related, other);
  const where = (target.dose || target.field) && html`<b>${capital(targetWords(file, record, target))}:</b> `;
  const kept = other && (closed === other ? nameOfDose(file, record, other) : closed);
  const why = event.ly_do && action.reasons?.length !== 1 && labelOf(file.form.reasons, event.ly_do);
  return html`${where}${action.label}${[event.gia_tri_moi, kept].filter(Boolean).map(text => html` → <b>${text}</b>`)}${
    why && html` <span class="sb-quiet">(${why})</span>`}`;
}

/** What is decided on a record, each to be taken away again. */
export function decisionsHtml(file, record, own, oneMore) {
  if (!own.some(event => file.form.several || event.gia_tri_moi || event.ly_do)) return "";
  const remove = event => button("remove", "✕", {
    data: {id: event.id}, look: "sb-plain", hint: say("remove"), name: `${say("remove")}: ${actionOf(file, event).label}`,
  });
  const lines = own.map(event => html`<li><span>${inWords(file, record, event)}</span>${remove(event)}</li>`);
  const more = file.form.several && button("more", html`${keyCap("+")} ${say("one_more")}`, {look: "sb-plain", on: oneMore});
  return html`<div class="sb-decisions"><h4>${say("decisions")}</h4><ul>${lines}</ul>${more}${
    oneMore && html`<p class="sb-quiet">${say("one_more_on")}</p>`}</div>`;
}

// --- the list -----------------------------------------------------------------------------

/** The queues to choose from: [{id, title, ids, group}]; only practice knows mistakes. */
export function queuesOf(file, decisions, mistakes) {
  const ids = file.records.map(record => record.id), has = id => decisions.get(id)?.length > 0;
  const queue = (group, id, title, members) => ({group, id, title, ids: members});
  const chosen = file.form.actions.map((action, i) => queue("group_chosen", `chosen-${i}`, action.label,
    ids.filter(id => decisions.get(id)?.some(event => actionOf(file, event) === action))));
  return [
    queue("group_status", "all", say("queue_all"), ids),
    queue("group_status", "open", say("queue_open"), ids.filter(id => !has(id))),
    queue("group_status", "done", say("queue_done"), ids.filter(has)),
    ...file.queues.map((seen, i) => queue("group_seen", `seen-${i}`, seen.title, seen.ids)),
    ...chosen.filter(one => one.ids.length),
    ...mistakes ? [
      queue("group_again", "wrong", say("queue_wrong", {donvi: file.form.unit}), mistakes.wrong),
      queue("group_again", "ten", say("queue_ten", {donvi: file.form.unit}), mistakes.ten),
    ] : [],
  ];
}

/** The options of the select of queues; of what is seen they say how many are left. */
export function queueOptions(queues, decisions, current) {
  const open = queue => queue.ids.filter(id => !decisions.get(id)?.length).length;
  const count = queue => queue.group === "group_seen" ? `${open(queue)}/${queue.ids.length}` : queue.ids.length;
  const option = queue => html`<option value="${queue.id}"${queue.id === current && html` selected`}>${
    queue.title} (${count(queue)})</option>`;
  return html`${[...new Set(queues.map(queue => queue.group))].map(group => html`<optgroup label="${say(group)}">${
    queues.filter(queue => queue.group === group).map(option)}</optgroup>`)}`;
}

/** What a line of the list says about a record's decisions. */
export function lineState(file, own) {
  return own?.length ? own.map(event => actionOf(file, event).label).join("; ") : say("open_mark");
}

export function listHtml(file, ids, own) {
  return html`${ids.map(id => {
    const name = html`<i aria-hidden="true"></i>${file.place.get(id) + 1}. ${titleOf(file.byId.get(id))}`;
    const lines = html`<span class="sb-line-name">${name}</span><span class="sb-line-state">${lineState(file, own(id))}</span>`;
    return html`<li>${button("open", lines, {data: {id}, look: own(id).length ? "sb-line sb-done" : "sb-line"})}</li>`;
  })}`;
}

// --- the trail ----------------------------------------------------------------------------

export function trailHtml(file, record, events) {
  const own = ordered(events).filter(event => event.ma_ho_so === record.id && event.viec !== "hoan_tac");
  if (!own.length) return "";
  const undone = undoneIds(events);
  const words = event => event.viec === "chon" ? inWords(file, record, event)
    : say("trail_removed", {viec: event.hanh_dong ? actionOf(file, event).label : ""});
  const line = event => html`<li class="${undone.has(event.id) ? "sb-undone" : ""}"><time datetime="${event.luc}">${
    new Date(event.luc).toLocaleString("vi-VN")}</time> ${words(event)}${
    undone.has(event.id) && html` <b>(${say("trail_undone")})</b>`}</li>`;
  return html`<details class="sb-block"><summary>${say("trail", {donvi: file.form.unit})} (${own.length})</summary><ol>${
    own.map(line)}</ol>${button("undo-here", say("undo_here", {donvi: file.form.unit}))}</details>`;
}
