// Files that people take along: the result, the decisions for Excel, a printed page.
import {asFile, decisionRows, live} from "./journal.js";
import {button, html} from "./markup.js";
import {say} from "./text.js";
import {workbook} from "./xlsx.js";

const KIND = "ket_qua_so_sach", VERSION = 1;
const PRINT = `
  body { font: 12pt/1.45 "Segoe UI", "Noto Sans", sans-serif; color: #000; margin: 0 }
  table { width: 100%; border-collapse: collapse } th, td { text-align: left; border-bottom: 1px solid #999; padding: 4pt }
  mark { background: none; font-weight: 700; text-decoration: underline; text-decoration-thickness: 2px }
  button { all: unset } dl div { display: flex; gap: 8pt } dt { min-width: 9em; color: #333 } dd { margin: 0 }
  ol, ul { padding-left: 16pt } section, article { break-inside: avoid }`;

function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

const ownerOf = file => ({
  bai: file.exercise, lop: file.class_id ?? "", hoc_vien: file.trainee ?? "", goi: file.pack,
});

function ownerWords({bai, hoc_vien: trainee, goi}) {
  const hv = trainee ? say("trainee", {hv: trainee}) : say("owner_practice");
  return say("owner", {bai, hv, goi: String(goi).slice(0, 8)});
}

/** Read a result file: {events} or {trouble: name of a sentence, ...}. */
export function readResult(text, file) {
  let raw;
  try { raw = JSON.parse(text.replace(/^\ufeff/, "")); } catch { return {trouble: "import_bad"}; }
  if (raw?.loai !== KIND || !Array.isArray(raw.nhat_ky)) return {trouble: "import_bad"};
  if (raw.phien_ban > VERSION) return {trouble: "import_newer"};
  const mine = ownerOf(file);
  if (Object.entries(mine).some(([key, value]) => raw[key] !== value)) {
    return {trouble: "import_other", ai: ownerWords(raw), toi: ownerWords(mine)};
  }
  return {events: raw.nhat_ky};
}

export function downloads(bench) {
  const {file, store} = bench;
  const stem = `${file.exercise}__${file.trainee || "luyen-tap"}`;
  const rows = () => decisionRows(live(store.events), file.form);
  const columns = Object.keys(file.form.columns);

  function exportResult() {
    const result = {
      loai: KIND, phien_ban: VERSION, ...ownerOf(file), luc: new Date().toISOString(),
      tep: {[file.form.artefact]: asFile(file.form.artefact, columns, rows())}, nhat_ky: store.events,
    };
    save(`${stem}.json`, new Blob([JSON.stringify(result)], {type: "application/json"}));
    store.exported = store.byId.size;
    bench.closeDialog();
    bench.tell(say("export_done", {tep: `${stem}.json`}));
  }

  async function importResult(picked) {
    const {events, trouble, ...blanks} = readResult(await picked.text(), file);
    const added = events ? store.merge(events) : 0;
    bench.closeDialog();
    const name = trouble ?? (added ? "import_done" : "import_nothing");
    bench.tell(say(name, {tep: picked.name, so: added, ...blanks}));
  }

  function excel() {
    const name = `${stem}__${file.form.artefact.replace(/\.\w+$/, ".xlsx")}`;
    save(name, workbook(say("sheet_name"), [columns, ...rows()]));
    bench.closeDialog();
    bench.tell(say(bench.host.exports && file.mode === "class" ? "excel_done" : "export_done", {tep: name}));
  }

  function print(markup) {
    const frame = document.createElement("iframe");
    frame.className = "sb-print-frame";
    document.body.append(frame);
    const page = frame.contentDocument;
    page.body.innerHTML = String(html`<p><b>${say("banner")}</b></p>${markup}`);
    page.title = file.title;
    page.head.append(Object.assign(page.createElement("style"), {textContent: PRINT}));
    frame.contentWindow.addEventListener("afterprint", () => frame.remove());
    frame.contentWindow.print();
  }

  const buttons = () => html`<div class="sb-row">${
    bench.host.exports && button("export", say("menu_export"), {look: "sb-main"})}${button("excel", say("menu_excel"))}</div>`;

  return {exportResult, importResult, excel, print, buttons};
}
