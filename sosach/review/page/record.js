// One record as people read it: its cells beside a named source, its doses in time, its papers.
import {button, facts, forEyes, html} from "./markup.js";
import {compare, daysBetween, marked, say, visible} from "./text.js";

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

/** The value of a cell, "" where there is no such column. */
export const cellOf = (columns, cells, name) => cells[columns.findIndex(column => column.name === name)] ?? "";

/** What a record is called in lists. */
export const titleOf = record => record.cells[0] || record.id;

export const capital = text => text[0].toUpperCase() + text.slice(1);

const columnsOf = file => [...file.columns, ...file.dose_columns];

export const columnOf = (file, name) => columnsOf(file).find(column => column.name === name) ?? {label: name};

/** Columns with their cells: [column, value, ...values of others]. */
const cellsOf = (columns, ...rows) => columns.map((column, i) => [column, ...rows.map(cells => cells?.[i] ?? "")]);

// --- values -------------------------------------------------------------------------------

const lookOf = column => `sb-v sb-v-${column.kind ?? "text"}`;

const empty = () => html`<span class="sb-empty">${say("empty")}</span>`;

function value(file, column, text) {
  const words = column.kind === "code" ? file.names?.[text] ?? text : text;
  return text ? html`<span class="${lookOf(column)}">${visible(words)}</span>` : empty();
}

function verdict(result) {
  const words = result.count ? say("diff_count", {so: result.count}) : say(result.kind);
  const more = result.words && html`<span class="sb-quiet">: ${result.words}</span>`;
  return html` <span class="sb-verdict ${result.equal ? "sb-equal" : "sb-differs"}">${
    forEyes(result.equal ? "✓" : "✗")} ${words}${more}</span>`;
}

/** The name of a cell and what follows; a button where the cell can be decided on by itself. */
function label(column, pick, target, more = "") {
  const name = html`<span class="sb-label">${column.label}</span>${more}`;
  if (!pick) return html`<span class="sb-cell-head">${name}</span>`;
  const on = pick.dose === target.dose && pick.field === target.field;
  return button("pick", name, {data: pick, look: "sb-pick", on, hint: say("pick_cell", {ten: column.label})});
}

// --- the comparison -----------------------------------------------------------------------

/** What can stand beside a record: papers with cells of ours, then records that may be the same. */
export function sourcesOf(file, record) {
  const ours = new Set(columnsOf(file).map(column => column.name));
  const papers = (record.papers ?? []).filter(paper => Object.keys(paper.cells ?? {}).some(name => ours.has(name)));
  const pairs = (record.related ?? []).map(id => {
    const other = file.byId.get(id);
    const cells = Object.fromEntries(cellsOf(file.columns, other.cells).map(([column, text]) => [column.name, text]));
    return {title: say("pair", {ma: id}), other, cells};
  });
  const titled = paper => ({title: titleOfPaper(file, record, paper), paper, cells: paper.cells});
  return [...papers.map(titled), ...pairs];
}

/** Several slips have one title: the dose tells them apart. */
function titleOfPaper(file, record, paper) {
  const dose = record.doses?.find(one => one.id === paper.dose);
  return dose ? `${paper.title}, ${say("of_dose", {mui: doseName(file, dose)})}` : paper.title;
}

/** What a source says about the chosen cell, "" where it says nothing. */
export function sourceValue(source, target) {
  if (!source || !target.field) return "";
  return !target.dose || source.paper?.dose === target.dose ? source.cells[target.field] ?? "" : "";
}

const head = (name, cells, look = "") => html`<tr role="row" class="${look}"><th scope="row" role="rowheader">${name}</th>${cells}</tr>`;

const cell = (content, wide) => html`<td role="cell"${wide && html` colspan="2"`}>${content}</td>`;

function row(file, column, left, source, pick, target) {
  const right = source?.[column.name], named = text => column.kind === "code" ? file.names?.[text] ?? text : text;
  if (right === undefined) return head(label(column, pick, target), cell(value(file, column, left), source));
  const result = compare(named(left), named(right), column.kind);
  const side = parts => cell(parts.length ? html`<span class="${lookOf(column)}">${marked(parts)}</span>` : empty());
  return head(label(column, pick, target, verdict(result)), [side(result.left), side(result.right)],
    result.equal ? "" : "sb-row-differs");
}

const table = (look, rows, above = "") => html`<table role="table" class="sb-table ${look}">${
  above}<tbody role="rowgroup">${rows}</tbody></table>`;

const columnHead = words => html`<th scope="col" role="columnheader">${words}</th>`;

const thisOne = file => say("this_one", {donvi: capital(file.form.unit)});

const withSource = (title, source) => html`${title}${source && html`<small>${source}</small>`}`;

/** Who says what: ours on the left, the source on the right. */
function heads(file, source) {
  const register = file.form.unit === "hồ sơ" || file.dose_columns.length > 0;
  const told = file.form.own || (register ? say("platform") : thisOne(file));
  const ours = source.other ? thisOne(file) : told;
  const cells = [cell(""), columnHead(ours),
    columnHead(withSource(source.title, source.paper?.source))];
  return html`<thead role="rowgroup"><tr role="row">${cells}</tr></thead>`;
}

const pickOfRecord = (file, column) => file.form.fields?.includes(column.name) && {dose: "", field: column.name};

/** Whether a record is about a person: a certificate or a list among doses has none of these cells. */
const aboutPerson = (file, record) => cellsOf(file.columns, record.cells).some(([column, text]) => column.compared && text);

function comparison(file, record, source, target) {
  const cells = cellsOf(file.columns, record.cells).filter(([column]) => column.compared);
  if (!cells.length || !aboutPerson(file, record)) return "";
  const beside = cells.some(([column]) => column.name in (source?.cells ?? {})) ? source : null;
  const rows = cells.map(([column, left]) => row(file, column, left, beside?.cells, pickOfRecord(file, column), target));
  return beside ? table("sb-two", rows, heads(file, beside)) : table("", rows);
}

/** What is not compared with the population data, below and without a verdict. */
function details(file, record, source, target) {
  const other = source?.other;
  const both = (column, own, theirs) => own === theirs
    ? html`${value(file, column, own)} <small>${say("both")}</small>`
    : html`${value(file, column, own)}<br><span class="sb-other">${value(file, column, theirs)}</span>`;
  const rows = cellsOf(file.columns, record.cells, other?.cells).slice(1)
    .filter(([column, own, theirs]) => !column.compared && column.kind !== "status" && (own || theirs))
    .map(([column, own, theirs]) => [label(column, pickOfRecord(file, column), target),
      other ? both(column, own, theirs) : value(file, column, own)]);
  return rows.length ? facts(rows, "sb-details", say("details")) : "";
}

// --- doses --------------------------------------------------------------------------------

const doseCell = (file, dose, name) => cellOf(file.dose_columns, dose.cells, name);

const comparedOf = (file, dose) => cellsOf(file.dose_columns, dose.cells).filter(([column]) => column.compared);

/** What a dose is called: its slot, else its code. */
export const doseName = (file, dose) => doseCell(file, dose, "mui") || dose.id;

/** A dose in a few words, with its code, for two may be alike. */
export const doseWords = (file, dose) => [...comparedOf(file, dose).map(([, text]) => text).filter(Boolean).slice(0, 3),
  say("code", {ma: dose.id})].join(" · ");

const pickOf = (file, dose, column) => file.form.dose_fields?.includes(column.name) && {dose: dose.id, field: column.name};

/** All doses to show, the earliest first; those of the other record of a pair too. */
function dosesInTime(file, record, source) {
  const day = ({dose}) => doseCell(file, dose, "ngay_tiem").split("/").reverse().join("");
  return [record, source?.other].flatMap(owner => (owner?.doses ?? []).map(dose => ({dose, owner})))
    .sort((a, b) => day(a) < day(b) ? -1 : 1);
}

/** The days since the dose before, and the rule, without a verdict. */
function gap(file, before, dose) {
  const days = daysBetween(doseCell(file, before, "ngay_tiem"), doseCell(file, dose, "ngay_tiem"));
  if (Number.isNaN(days)) return "";
  const [slot, product] = ["mui", "ten_vac_xin"].map(name => doseCell(file, dose, name));
  const rule = (file.dose_rules ?? []).find(one => one.slot === slot && one.product === product);
  const words = rule && say("rule_least", {ngay: rule.least_days, vx: rule.product});
  return html`<li class="sb-gap"><b>${days ? say("days_after", {ngay: days}) : say("same_day")}</b> ${words}</li>`;
}

/** A dose beside the paper that speaks of it. */
function doseComparison(file, record, source, target) {
  const dose = record.doses?.find(one => one.id === source?.paper?.dose);
  if (!dose) return "";
  const title = say("dose_facts", {mui: doseName(file, dose), nguon: source.paper.title});
  const rows = comparedOf(file, dose)
    .map(([column, text]) => row(file, column, text, source.cells, pickOf(file, dose, column), target));
  return table("sb-two sb-small", rows, html`<caption>${title}</caption>${heads(file, source)}`);
}

function doseHead(file, dose, own, target) {
  const name = html`<span class="sb-label">${doseName(file, dose)}</span>`;
  const decidable = own && file.form.actions.some(action => action.needs?.includes("dose"));
  if (!decidable) return html`<span class="sb-slot">${name}</span>`;
  const on = target.dose === dose.id && !target.field;
  return button("pick", name, {data: {dose: dose.id, field: ""}, look: "sb-pick sb-slot", on});
}

function doseLine(file, {dose, owner}, record, source, target) {
  const own = owner === record;
  const chips = cellsOf(file.dose_columns, dose.cells).filter(([column, text]) => column.kind === "status" && text)
    .map(([, text]) => html`<span class="sb-chip">${text}</span>`);
  const whose = source?.other && html`<span class="sb-owner">${own ? thisOne(file) : say("dose_of", {ma: owner.id})}</span>`;
  const rows = comparedOf(file, dose).slice(1)
    .map(([column, text]) => [label(column, own && pickOf(file, dose, column), target), value(file, column, text)]);
  const asked = dose.id === record.id && html`<span class="sb-chip sb-asked">${say("this_dose")}</span>`;
  return html`<li class="sb-dose ${own ? "" : "sb-dose-other"} ${asked ? "sb-dose-asked" : ""}"><div class="sb-dose-head">${doseHead(file, dose, own, target)}
    <small class="sb-v-number">${say("code", {ma: dose.id})}</small>${asked}${chips}${whose}</div>${facts(rows, "sb-facts")}</li>`;
}

function doses(file, record, source, target) {
  if (!file.dose_columns.length || !aboutPerson(file, record)) return "";
  const all = dosesInTime(file, record, source);
  if (all.length === 1 && all[0].dose.id === record.id) return "";   // it stands above already
  const lines = all.map((one, i) => [i > 0 && gap(file, all[i - 1].dose, one.dose), doseLine(file, one, record, source, target)]);
  return html`<section class="sb-block"><h4>${say("doses")}</h4>${lines.length
    ? html`<ol class="sb-doses">${lines}</ol>` : html`<p class="sb-empty">${say("no_doses")}</p>`}</section>`;
}

/** What is looked at before it is read, such as a QR code. */
const pictures = record => (record.papers ?? []).filter(one => one.picture).map(one => html`<figure class="sb-figure">
  <img class="sb-picture" src="${one.picture}" alt="${one.title}"><figcaption>${one.title}. ${one.source}</figcaption></figure>`);

/** The dose that is decided on, before everything else; beside its paper it needs no second place. */
function askedDose(file, record, source, target) {
  const dose = record.doses?.find(one => one.id === record.id);
  return dose && source?.paper?.dose !== dose.id
    ? html`<ol class="sb-first">${doseLine(file, {dose, owner: record}, record, source, target)}</ol>` : "";
}

// --- the whole ----------------------------------------------------------------------------

function paper(file, {title, source, cells, text}) {
  const rows = Object.entries(cells ?? {}).map(([name, said]) => {
    const column = columnOf(file, name);
    return [column.label, value(file, column, said)];
  });
  return html`<article class="sb-paper"><h5>${withSource(title, source)}</h5>${
    rows.length > 0 && facts(rows, "sb-facts")}${text && html`<p>${text}</p>`}</article>`;
}

/** Papers that speak of a dose, or those that speak of the person. */
function papers(file, record, ofDoses) {
  const some = (record.papers ?? []).filter(one => Boolean(one.dose) === ofDoses && !one.picture);
  if (!some.length) return "";
  return html`<section class="sb-block"><h4>${ofDoses ? say("dose_papers") : say("papers", {donvi: file.form.unit})}</h4>${some.map(one => paper(file, one))}</section>`;
}

function recordHead(file, record) {
  const unit = capital(file.form.unit);
  const place = {donvi: unit, so: file.place.get(record.id) + 1, tong: file.records.length};
  const status = cellsOf(file.columns, record.cells).filter(([column]) => column.kind === "status" && aboutPerson(file, record))
    .map(([column, text]) => html`<p class="sb-status"><span>${column.label}</span> <b class="sb-chip">${
      text || say("empty")}</b> <small>${say("status_note")}</small></p>`);
  const name = !file.columns[0].compared && titleOf(record) !== record.id && html`<p class="sb-name">${titleOf(record)}</p>`;
  return html`<div class="sb-record-head"><h3>${file.mode === "show" ? unit : say("record", place)} <small>${
    say("code", {ma: record.id})}</small></h3>${name}${status}</div>`;
}

function tabs(sources, at) {
  if (sources.length < 2) return "";
  return html`<div class="sb-tabs" role="group" aria-label="${say("compare_with")}"><span>${say("compare_with")}</span>${
    sources.map((one, i) => button("source", one.title, {data: {at: i}, on: i === at}))}</div>`;
}

/** The record with one of its sources beside it (or none), the chosen cell marked. */
export function recordHtml(file, record, sourceAt, target) {
  const sources = sourcesOf(file, record), source = sources[sourceAt];
  const shown = pictures(record), about = details(file, record, source, target);
  return html`${recordHead(file, record)}${shown}${shown.length > 0 && about}${tabs(sources, sourceAt)}${
    askedDose(file, record, source, target)}${comparison(file, record, source, target)}${
    doseComparison(file, record, source, target)}${shown.length === 0 && about}${
    papers(file, record, false)}${doses(file, record, source, target)}${papers(file, record, true)}`;
}
