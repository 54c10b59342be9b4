// From a pressed action to a stored event: what it still asks for, what it replaces.
import {missing, openNeeds} from "./asking.js";
import {actionOf, targetOf} from "./decisions.js";
import {DECISION} from "./journal.js";
import {cellOf, sourcesOf, sourceValue, titleOf} from "./record.js";
import {clean, say} from "./text.js";

const SIGNED = "Đã ký";   // what the platform says of a dose

export const NO_TARGET = {dose: "", field: ""};

/** What stands in a cell now. */
function present(bench, {dose, field}) {
  const {file, record} = bench;
  if (!dose) return cellOf(file.columns, record.cells, field);
  return cellOf(file.dose_columns, record.doses?.find(one => one.id === dose)?.cells ?? [], field);
}

/** A value to begin with: the source's, else what stands there now. */
const firstValue = (bench, target) => target.field
  && (sourceValue(sourcesOf(bench.file, bench.record)[bench.source], target) || present(bench, target)) || "";

export function press(bench, at) {
  const action = bench.file.form.actions[at];
  if (!action) return;
  const {dose, field} = bench.target, reasons = action.reasons ?? [];
  bench.sheet = {
    at, dose, field, fixedDose: dose !== "", fixedField: field !== "", related: "",
    value: action.needs?.includes("value") ? firstValue(bench, bench.target) : "",
    reason: reasons.length === 1 ? reasons[0] : "",
  };
  if (openNeeds(action, bench.sheet).length) openSheet(bench);
  else keep(bench);
}

function openSheet(bench) {
  bench.root.classList.add("sb-show-actions");
  bench.draw();
  bench.tell(sayMissing(bench));
  const first = bench.root.querySelector(".sb-sheet input, .sb-sheet [data-do='answer']");
  first?.focus({preventScroll: !bench.narrow});
}

/** One answer of the sheet; where it was the only one asked for, the decision is stored. */
export function answer(bench, name, code) {
  const {sheet} = bench;
  if (name === "cell") {
    const [dose, field] = code.split("|");
    Object.assign(sheet, {dose, field, value: firstValue(bench, {dose, field})});
  } else {
    sheet[name] = sheet[name] === code ? "" : code;
  }
  const needs = openNeeds(bench.file.form.actions[sheet.at], sheet);
  if (needs.length === 1 && sheet[name]) return keep(bench);
  saveDraft(bench);
  bench.draw();
  return bench.tell(sayMissing(bench));
}

const sayMissing = bench => say(missing(bench.file, bench.record, bench.sheet) || "sheet_ok", {donvi: bench.unit});

export function saveDraft(bench) {
  bench.store.draft = {at: bench.at, sheet: bench.sheet, target: bench.target};
}

/** What was being typed when the page was closed comes back. */
export function takeDraft(bench) {
  const draft = bench.store.draft;
  const known = draft?.sheet && bench.file.byId.has(draft.at) && bench.file.form.actions[draft.sheet.at];
  if (!known) return;
  Object.assign(bench, {at: draft.at, sheet: draft.sheet, target: draft.target ?? NO_TARGET});
}

function refusal(bench, action) {
  const {file, record, sheet} = bench, lack = missing(file, record, sheet);
  if (lack) return lack;
  const same = action.needs?.includes("value") && sheet.field && clean(sheet.value) === present(bench, sheet);
  if (same) return "same_value";
  const goes = action.needs?.includes("related") && sheet.dose;
  return goes && present(bench, {dose: sheet.dose, field: "tt_ky"}) === SIGNED ? "signed_dose" : "";
}

/** Store the decision of the sheet, or say what is missing. */
export function keep(bench) {
  const {sheet, file} = bench, action = file.form.actions[sheet.at], no = refusal(bench, action);
  if (no) return bench.tell(say(no, {donvi: bench.unit}));
  const parts = {
    ma_ho_so: bench.at, ma_mui: sheet.dose, truong: sheet.field, hanh_dong: action.code,
    gia_tri_moi: clean(sheet.value), ma_lien_quan: sheet.related, ly_do: sheet.reason,
    them: file.form.several && bench.oneMore ? "1" : "",
  };
  if (!already(bench, parts)) {
    clearBeforeRound(bench, parts);
    bench.store.draft = null;
    bench.store.add("chon", parts);
  }
  return bench.decided(action, !parts.truong && !parts.ma_mui);
}

/** Pressing what is chosen already leaves no trace, so one undo takes it back. */
const already = (bench, parts) => bench.own(bench.at)
  .some(event => DECISION.every(name => (event[name] ?? "") === (parts[name] ?? "")));

/** In a round of repeating the old decisions on other cells go first. */
function clearBeforeRound(bench, parts) {
  const {round, at} = bench;
  if (!round?.ids.has(at)) return;
  const elsewhere = ({dose, field}) => field !== parts.truong || dose !== parts.ma_mui;
  bench.decisions.get(at).filter(event => event.stt <= round.since && elsewhere(targetOf(event)))
    .forEach(event => removeEvent(bench, event));
}

function removeEvent(bench, event) {
  bench.store.add("bo", Object.fromEntries(DECISION.slice(0, 4).map(name => [name, event[name] ?? ""])));
}

export function remove(bench, id) {
  const event = bench.own(bench.at).find(one => one.id === id);
  if (!event) return;
  removeEvent(bench, event);
  bench.changed(say("removed", {ten: titleOf(bench.record)}));
}

/** Go to the reasons of the sheet, or open the latest decision again to change its reason. */
export function changeReason(bench) {
  if (bench.sheet) return bench.root.querySelector(".sb-sheet [data-name='reason']")?.focus();
  const last = bench.own(bench.at).at(-1);
  const at = last ? bench.file.form.actions.indexOf(actionOf(bench.file, last)) : -1;
  if (!(bench.file.form.actions[at]?.reasons?.length > 1)) return bench.tell(say("need_action"));
  bench.target = targetOf(last);
  bench.sheet = {
    at, ...bench.target, fixedDose: true, fixedField: true,
    value: last.gia_tri_moi ?? "", related: last.ma_lien_quan ?? "", reason: "",
  };
  return openSheet(bench);
}
