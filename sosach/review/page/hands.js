// Mouse, thumb and keyboard: what a press does. Keys act only while the component has the focus.
import * as deciding from "./deciding.js";
import {menu, summary} from "./dialogs.js";
import {guideHtml, keysHtml} from "./explaining.js";
import {recordHtml} from "./record.js";
import {say} from "./text.js";

const presses = bench => ({
  act: ({at}) => deciding.press(bench, +at),
  open: ({id}) => bench.open(id),
  pick: ({dose, field}) => bench.pick(dose, field),
  source: ({at}) => { bench.source = +at; bench.draw(); },
  answer: ({name, code}) => deciding.answer(bench, name, code),
  take: ({value}) => { bench.sheet.value = value; deciding.saveDraft(bench); bench.input("value").value = value; },
  store: () => deciding.keep(bench),
  cancel: () => bench.cancel(),
  remove: ({id}) => deciding.remove(bench, id),
  more: () => bench.more(),
  hint: () => bench.hint(),
  retry: () => bench.undo(bench.at),
  back: () => bench.go(-1),
  next: () => bench.go(1),
  undo: () => bench.undo(),
  "undo-here": () => bench.undo(bench.at),
  "to-open": () => bench.choose("open"),
  list: () => bench.toggleList(),
  actions: () => bench.toggleActions(),
  keys: () => bench.dialog(keysHtml(bench.file)),
  menu: () => menu(bench),
  summary: () => summary(bench),
  close: () => bench.closeDialog(),
  round: ({id}) => bench.startRound(id),
  guide: () => bench.files.print(guideHtml(bench.file, bench.mistakes)),
  export: () => bench.files.exportResult(),
  import: () => bench.input("import").click(),
  excel: () => bench.files.excel(),
  command: ({name}) => bench.host.command(name),
  print: () => bench.files.print(recordHtml(bench.file, bench.record, bench.source, deciding.NO_TARGET)),
});

/** While something is typed only Enter and Escape act. */
function typingKey(bench, key, field) {
  if (key === "enter" && field.dataset.input === "value") return () => deciding.keep(bench);
  if (key === "enter" && field.dataset.input === "words") return () => bench.root.focus();
  return key === "escape" ? () => bench.cancel() : null;
}

/** With a list of reasons open a digit chooses a reason, else an action. */
function digit(bench, number) {
  const reasons = bench.sheet ? [...bench.root.querySelectorAll(".sb-sheet [data-name='reason']")] : [];
  if (reasons.length) reasons[number - 1]?.click();
  else deciding.press(bench, number - 1);
}

function walkSheet(bench, from, step) {
  const stops = [...bench.root.querySelectorAll(".sb-sheet button, .sb-sheet input")];
  stops[stops.indexOf(from) + step]?.focus();
}

function plainKey(bench, key, target) {
  const steps = {
    arrowright: () => bench.go(1),
    arrowleft: () => bench.go(-1),
    z: () => bench.undo(),
    r: () => deciding.changeReason(bench),
    f: () => bench.nextField(),
    "/": () => bench.search(),
    "?": () => bench.dialog(keysHtml(bench.file)),
    escape: () => bench.cancel(),
    "+": bench.file.form.several && (() => bench.more()),
    h: bench.practice && (() => bench.hint()),
    enter: target === bench.root && bench.practice && bench.own(bench.at).length > 0 && (() => bench.go(1)),
  };
  const inSheet = target.closest(".sb-sheet") && {arrowdown: 1, arrowup: -1}[key];
  if (inSheet) return () => walkSheet(bench, target, inSheet);
  if (/^[1-9]$/.test(key)) return () => digit(bench, +key);
  return Object.hasOwn(steps, key) && steps[key];
}

function onKey(bench, event) {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    bench.tell(say("always_saved"));
  }
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return;
  const key = event.key.toLowerCase(), {target} = event;
  const step = !target.closest("dialog") && (target.matches("input, select, textarea")
    ? typingKey(bench, key, target) : plainKey(bench, key, target));
  if (step) {
    step();
    event.preventDefault();
  }
  if (step || target !== bench.root) event.stopPropagation();   // the notebook around has keys of its own
}

function onInput(bench, {dataset, value}) {
  if (dataset.input === "words") {
    bench.words = value;
    bench.filter();
  } else if (dataset.input === "value") {
    bench.sheet.value = value;
    deciding.saveDraft(bench);
  }
}

function onChange(bench, field) {
  if (field.dataset.input === "queue") bench.changeQueue(field.value);
  if (field.dataset.input === "import" && field.files[0]) {
    bench.files.importResult(field.files[0]);
    field.value = "";
  }
}

/** Listen on the root of a workbench; the listeners go with it. */
export function listen(bench) {
  const acts = presses(bench);
  bench.root.addEventListener("click", event => {
    const button = event.target.closest("button[data-do]");
    if (button) acts[button.dataset.do](button.dataset);
  });
  bench.root.addEventListener("keydown", event => onKey(bench, event));
  bench.root.addEventListener("input", event => onInput(bench, event.target));
  bench.root.addEventListener("change", event => onChange(bench, event.target));
}
