// One record as people read it: its cells beside a named source, its doses in time, its papers.
import {compare, daysBetween, html, marked, say, visible} from "./text.js";

/** A case file with what the screen looks up all the time. */
export function openCase(file) {
  const form = file.form ?? {};   // nothing is asked of a record that is only shown
  const by = list => new Map((list ?? []).map(item => [item.id, item]));
  return {
    ...file,
    form: {...form, actions: form.actions ?? [], unit: form.unit ?? "hồ sơ"},
    queues: file.queues ?? [],
    dose_columns: file.dose_columns ?? [],
    byId: by(file.records),
    documents: by(file.documents),
    place: new Map(file.records.map((record, i) => [record.id, i])),
  };
}

const indexOf = (columns, name) => columns.findIndex(column => column.name === name);

/** The value of a cell, "" where there is no such column. */
export const cellOf = (columns, cells, name) => cells[indexOf(columns, name)] ?? "";

/** What a record is called in lists. */
export const titleOf = record => record.cells[0] || record.id;

const named = (file, column, value) => column.kind === "code" && file.names?.[value] ? file.names[value] : value;

const value = (file, column, text) => text
  ? html`<span class="sb-v sb-v-${column.kind ?? "text"}">${visible(named(file, column, text))}</span>`
  : html`<span class="sb-empty">${say("empty")}</span>`;

/** What can stand beside a record: papers with cells of ours, then records that may be the same. */
export function sourcesOf(file, record) {
  const ours = name => [...file.columns, ...file.dose_columns].some(column => column.name === name);
  const papers = (record.papers ?? []).filter(paper => Object.keys(paper.cells ?? {}).some(ours))
    .map(paper => ({title: paper.title, paper, cells: paper.cells}));
  const pairs = (record.related ?? []).map(id => {
    const other = file.byId.get(id);
    const cells = Object.fromEntries(file.columns.map((column, i) => [column.name, other.cells[i]]));
    return {title: say("pair", {ma: id}), other, cells};
  });
  return [...papers, ...pairs];
}

/** What a source says about the chosen cell, "" where it says nothing. */
export function sourceValue(source, target) {
  if (!source || !target.field) return "";
  return !target.dose || source.paper?.dose === target.dose ? source.cells[target.field] ?? "" : "";
}

function verdict(result) {
  const words = result.count ? say("diff_count", {so: result.count}) : say(result.kind);
  return html` <span class="sb-verdict ${result.equal ? "sb-equal" : "sb-differs"}"><span aria-hidden="true">${
    result.equal ? "✓" : "✗"}</span> ${words}${result.words && html`<span class="sb-quiet">: ${result.words}</span>`}</span>`;
}

/** The name of a cell and what follows; a button where the cell can be decided on by itself. */
function label(column, pick, target, more = "") {
  const name = html`<span class="sb-label">${column.label}</span>${more}`;
  if (!pick) return html`<span class="sb-cell-head">${name}</span>`;
  const on = pick.dose === target.dose && pick.field === target.field;
  return html`<button type="button" class="sb-pick" data-do="pick" data-dose="${pick.dose}" data-field="${pick.field}"
    aria-pressed="${on}" title="${say("pick_cell", {ten: column.label})}">${name}</button>`;
}

function row(file, column, left, source, pick, target) {
  const right = source?.[column.name];
  if (right === undefined) {
    return html`<tr role="row"><th scope="row" role="rowheader">${label(column, pick, target)}</th><td role="cell"${source && html` colspan="2"`}>${value(file, column, left)}</td></tr>`;
  }
  const result = compare(left, right, column.kind);
  const side = (parts, text) => html`<td role="cell">${text
    ? html`<span class="sb-v sb-v-${column.kind ?? "text"}">${marked(parts)}</span>` : value(file, column, "")}</td>`;
  return html`<tr role="row" class="${result.equal ? "" : "sb-row-differs"}"><th scope="row" role="rowheader">${label(column, pick, target, verdict(result))}</th>${
    side(result.left, left)}${side(result.right, right)}</tr>`;
}

function comparison(file, record, source, target) {
  const fields = file.form.fields ?? [];
  const compared = file.columns.map((column, i) => [column, record.cells[i]]).filter(([column]) => column.compared);
  const head = source && html`<thead role="rowgroup"><tr role="row"><td role="cell"></td><th scope="col" role="columnheader">${
    source.other ? say("this_record") : say("platform")}</th><th scope="col" role="columnheader">${source.title}${
    source.paper?.source && html`<small>${source.paper.source}</small>`}</th></tr></thead>`;
  return html`<table role="table" class="sb-table ${source ? "sb-two" : ""}">${head}<tbody role="rowgroup">${
    compared.map(([column, left]) => row(file, column, left, source?.cells,
      fields.includes(column.name) && {dose: "", field: column.name}, target))}</tbody></table>`;
}

function details(file, record, source) {
  const cells = file.columns.map((column, i) => [column, record.cells[i], source?.other?.cells[i]])
    .filter(([column, own, other], i) => i && !column.compared && column.kind !== "status" && (own || other));
  if (!cells.length) return "";
  const both = ([column, own, other]) => own === other ? html`${value(file, column, own)} <small>${say("both")}</small>`
    : html`${value(file, column, own)}<br><span class="sb-other">${value(file, column, other)}</span>`;
  return html`<dl class="sb-details" aria-label="${say("details")}">${cells.map(cell => html`<div><dt>${cell[0].label}</dt><dd>${
    source?.other ? both(cell) : value(file, cell[0], cell[1])}</dd></div>`)}</dl>`;
}

// --- doses --------------------------------------------------------------------------------

const doseName = (file, dose) => cellOf(file.dose_columns, dose.cells, "mui") || dose.id;

/** All doses to show, the earliest first; those of the other record of a pair too. */
function dosesInTime(file, record, source) {
  const day = dose => cellOf(file.dose_columns, dose.cells, "ngay_tiem").split("/").reverse().join("");
  const own = (record.doses ?? []).map(dose => ({dose, owner: record}));
  const others = (source?.other?.doses ?? []).map(dose => ({dose, owner: source.other}));
  return [...own, ...others].sort((a, b) => day(a.dose) < day(b.dose) ? -1 : 1);
}

/** The days since the dose before, and the rule, without a verdict. */
function gap(file, before, dose) {
  const cell = name => cellOf(file.dose_columns, dose.cells, name);
  const days = daysBetween(cellOf(file.dose_columns, before.cells, "ngay_tiem"), cell("ngay_tiem"));
  if (Number.isNaN(days)) return "";
  const rule = (file.dose_rules ?? []).find(one => one.slot === cell("mui") && one.product === cell("ten_vac_xin"));
  return html`<li class="sb-gap"><b>${days ? say("days_after", {ngay: days}) : say("same_day")}</b>${
    rule && html` <span>${say("rule_least", {ngay: rule.least_days, vx: rule.product})}</span>`}</li>`;
}

/** A dose beside the paper that speaks of it. */
function doseComparison(file, record, source, target) {
  const dose = record.doses?.find(one => one.id === source?.paper?.dose);
  if (!dose) return "";
  const rows = file.dose_columns.map((column, i) => [column, dose.cells[i]]).filter(([column]) => column.compared);
  return html`<table role="table" class="sb-table sb-two sb-small"><caption>${say("dose_facts", {mui: doseName(file, dose), nguon: source.title})}</caption><tbody role="rowgroup">${
    rows.map(([column, text]) => row(file, column, text, source.cells, pickOf(file, dose, column), target))}</tbody></table>`;
}

const pickOf = (file, dose, column) => file.form.dose_fields?.includes(column.name) && {dose: dose.id, field: column.name};

function doseFacts(file, dose, target) {
  const cells = file.dose_columns.map((column, i) => [column, dose.cells[i]]).filter(([column]) => column.compared);
  return html`<dl class="sb-facts">${cells.slice(1).map(([column, text]) => html`<div><dt>${label(column, pickOf(file, dose, column), target)}</dt><dd>${value(file, column, text)}</dd></div>`)}</dl>`;
}

function doseLine(file, {dose, owner}, record, source, target) {
  const status = file.dose_columns.filter(column => column.kind === "status")
    .map(column => cellOf(file.dose_columns, dose.cells, column.name)).filter(Boolean);
  const decidable = owner === record && file.form.actions.some(action => action.needs?.includes("dose"));
  const name = doseName(file, dose);
  const on = decidable && target.dose === dose.id && !target.field;
  return html`<li class="sb-dose ${owner === record ? "" : "sb-dose-other"}">
    <div class="sb-dose-head">${decidable
      ? html`<button type="button" class="sb-pick sb-slot" data-do="pick" data-dose="${dose.id}" data-field="" aria-pressed="${on}"><span class="sb-label">${name}</span></button>`
      : html`<span class="sb-slot">${name}</span>`}
      <small class="sb-v-number">${say("code", {ma: dose.id})}</small>${status.map(text => html`<span class="sb-chip">${text}</span>`)}
      ${source?.other && html`<span class="sb-owner">${owner === record ? say("this_record") : say("dose_of", {ma: owner.id})}</span>`}</div>
    ${doseFacts(file, dose, target)}</li>`;
}

function doses(file, record, source, target) {
  if (!file.dose_columns.length) return "";
  const all = dosesInTime(file, record, source);
  const lines = all.map((one, i) => [i ? gap(file, all[i - 1].dose, one.dose) : "", doseLine(file, one, record, source, target)]);
  return html`<section class="sb-block"><h4>${say("doses")}</h4>${
    all.length ? html`<ol class="sb-doses">${lines}</ol>` : html`<p class="sb-empty">${say("no_doses")}</p>`}</section>`;
}

// --- papers -------------------------------------------------------------------------------

/** Papers that speak of a dose, or those that speak of the person. */
function papers(file, record, ofDoses) {
  const some = (record.papers ?? []).filter(paper => Boolean(paper.dose) === ofDoses);
  if (!some.length) return "";
  const column = name => [...file.columns, ...file.dose_columns].find(one => one.name === name) ?? {label: name};
  return html`<section class="sb-block"><h4>${say(ofDoses ? "dose_papers" : "papers")}</h4>${some.map(paper => html`<article class="sb-paper">
    <h5>${paper.title}${paper.source && html` <small>${paper.source}</small>`}</h5>
    ${paper.cells && html`<dl class="sb-facts">${Object.entries(paper.cells).map(([name, text]) => html`<div><dt>${column(name).label}</dt><dd>${value(file, column(name), text)}</dd></div>`)}</dl>`}
    ${paper.text && html`<p>${paper.text}</p>`}</article>`)}</section>`;
}

// --- the whole ----------------------------------------------------------------------------

function head(file, record) {
  const status = file.columns.map((column, i) => [column, record.cells[i]]).filter(([column]) => column.kind === "status");
  const place = say("record", {donvi: capital(file.form.unit), so: file.place.get(record.id) + 1, tong: file.records.length});
  return html`<div class="sb-record-head"><h3>${place} <small>${say("code", {ma: record.id})}</small></h3>${
    status.map(([column, text]) => html`<p class="sb-status"><span>${column.label}</span> <b class="sb-chip">${text || say("empty")}</b> <small>${say("status_note")}</small></p>`)}</div>`;
}

export const capital = text => text[0].toUpperCase() + text.slice(1);

/** The record with one of its sources beside it (or none), the chosen cell marked. */
export function recordHtml(file, record, sourceAt, target) {
  const sources = sourcesOf(file, record), source = sources[sourceAt];
  const tabs = sources.length > 1 && html`<div class="sb-tabs" role="group" aria-label="${say("compare_with")}"><span>${say("compare_with")}</span>${
    sources.map((one, i) => html`<button type="button" data-do="source" data-at="${i}" aria-pressed="${i === sourceAt}">${one.title}</button>`)}</div>`;
  return html`${head(file, record)}${tabs}${comparison(file, record, source, target)}${
    doseComparison(file, record, source, target)}${details(file, record, source)}${
    papers(file, record, false)}${doses(file, record, source, target)}${papers(file, record, true)}`;
}
