// The workbench: one record at a time, what it is compared with, and the decisions on it.
//
// A host calls mount(el, file, {store, host}): file is the case file (casefile.py), store keeps
// the events, host says what only it knows. No framework; every sentence is in strings.json.
import {actionsHtml, rulesHtml, sheetHtml, targetHtml} from "./asking.js";
import * as deciding from "./deciding.js";
import {byRecord, decisionsHtml, lineState, listHtml, queueOptions, queuesOf, trailHtml} from "./decisions.js";
import {summary} from "./dialogs.js";
import {feedbackHtml, hintsHtml} from "./explaining.js";
import {downloads} from "./files.js";
import {frame, keptSentence, showcase} from "./frame.js";
import {listen} from "./hands.js";
import {button, forEyes, html} from "./markup.js";
import {attempts, nightlyTen, wrongNow} from "./practice.js";
import {openCase, recordHtml, titleOf} from "./record.js";
import {plain, say} from "./text.js";

const FEW_ACTIONS = 4;   // so many stay in sight on a phone
const NARROW = 700, WIDE = 1060;   // px of the component, not of the window

class Workbench {
  constructor(el, file, {store, host}) {
    Object.assign(this, {file: openCase(file), store, host, round: null, queue: "all", words: ""});
    this.painted = new Map();
    this.mistakes = null;
    this.root = document.createElement("section");
    this.root.className = this.file.form.actions.length <= FEW_ACTIONS ? "sb sb-few" : "sb";
    this.root.lang = "vi";
    this.root.dataset.host = host.kind;
    this.fold();
    this.at = file.records.find(record => !this.own(record.id).length)?.id ?? file.records[0].id;
    this.reset();
    this.watchWidth();
    el.replaceChildren(this.root);
    if (file.mode === "show") this.show();
    else this.start();
  }

  start() {
    this.root.tabIndex = 0;
    this.root.setAttribute("aria-label", say("region"));
    this.root.dataset.lmSuppressShortcuts = "true";   // JupyterLab's one-letter commands stay away
    this.root.innerHTML = frame(this.file, this.unit);
    this.files = downloads(this);
    listen(this);
    this.unsubscribe = this.store.subscribe(() => this.onStore());
    deciding.takeDraft(this);
    const {at, sheet, target} = this;
    this.choose("all");
    Object.assign(this, {at, sheet, target});
    this.draw();
    this.tell(this.host.note || this.file.task || say("start", {donvi: this.unit}));
  }

  /** One record to look at. */
  show() {
    this.root.classList.add("sb-show");
    this.root.innerHTML = showcase();
    this.paint("record", recordHtml(this.file, this.record, 0, deciding.NO_TARGET));
  }

  watchWidth() {
    this.sizes = new ResizeObserver(([entry]) => {
      const width = entry.contentRect.width;
      this.root.dataset.size = width < NARROW ? "s" : width < WIDE ? "m" : "l";
    });
    this.sizes.observe(this.root);
  }

  get unit() { return this.file.form.unit; }

  get record() { return this.file.byId.get(this.at); }

  get practice() { return Boolean(this.file.key); }

  get narrow() { return this.root.dataset.size === "s"; }

  $(part) { return this.root.querySelector(`[data-part="${part}"]`); }

  input(name) { return this.root.querySelector(`[data-input="${name}"]`); }

  // --- what is so now ---------------------------------------------------------------------

  fold() {
    this.events = this.store.events;
    this.decisions = byRecord(this.file, this.events);
    if (!this.practice) return;
    const {events, decisions, file: {key}} = this;
    const ever = new Set(attempts(events, key).filter(one => !one.right).map(one => one.id));
    this.mistakes = {wrong: wrongNow(decisions, key), ten: nightlyTen(events, key), ever: [...ever]};
  }

  /** Decisions on a record; a round of repeating does not show those from before it. */
  own(id) {
    const all = this.decisions.get(id) ?? [];
    return this.round?.ids.has(id) ? all.filter(event => event.stt > this.round.since) : all;
  }

  get openOnes() { return this.file.records.filter(record => !this.own(record.id).length); }

  reset() {
    Object.assign(this, {target: deciding.NO_TARGET, sheet: null, oneMore: false, source: 0, hints: 0});
  }

  // --- moving -----------------------------------------------------------------------------

  open(id) {
    if (!this.file.byId.has(id)) return;
    this.at = id;
    this.reset();
    this.store.draft = null;
    this.root.classList.remove("sb-show-list", "sb-show-actions");
    this.tell("");
    this.draw();
    this.$("record").scrollTop = 0;
    if (this.narrow && this.root.getBoundingClientRect().top < 0) this.root.scrollIntoView();
    this.host.moved?.(id);
  }

  go(step) {
    const here = this.shown.indexOf(this.at);
    const there = here < 0 ? this.shown[0] : this.shown[here + step];
    if (there) this.open(there);
    else this.atTheEnd(step);
  }

  atTheEnd(step) {
    const open = this.round ? 0 : this.openOnes.length;
    this.draw();
    if (step < 0) return this.tell(say("first", {donvi: this.unit}));
    if (open) {
      const there = button("to-open", say("go_open", {donvi: this.unit}), {look: "sb-plain"});
      return this.tell(say("last_open", {donvi: this.unit, so: open}), html` ${there}`);
    }
    summary(this);
    return this.tell(say(this.round ? "last" : "all_done", {donvi: this.unit}));
  }

  choose(queue, ids = null) {
    this.queue = queue;
    this.base = ids ?? this.queues().find(one => one.id === queue).ids;
    this.filter();
  }

  queues() { return queuesOf(this.file, this.decisions, this.mistakes); }

  filter() {
    const words = plain(this.words);
    const text = record => plain([record.id, ...record.cells].join(" "));
    this.shown = words ? this.base.filter(id => text(this.file.byId.get(id)).includes(words)) : [...this.base];
    this.painted.delete("list");
    if (this.shown.length && !this.shown.includes(this.at)) this.open(this.shown[0]);
    else this.draw();
  }

  /** Another queue; those that repeat mistakes hide what was decided before. */
  changeQueue(name) {
    this.round = null;
    const again = ["wrong", "ten"].includes(name) ? this.mistakes[name] : [];
    if (again.length) this.startRound(name);
    else this.choose(name);
  }

  startRound(name) {
    const ids = this.mistakes[name];
    this.round = {ids: new Set(ids), since: Math.max(0, ...this.events.map(event => event.stt))};
    this.closeDialog();
    this.choose(name, ids);
    this.open(ids[0]);
  }

  // --- deciding ---------------------------------------------------------------------------

  pick(dose, field) {
    if (this.sheet && field && this.file.form.actions[this.sheet.at].needs?.includes("field")) {
      return deciding.answer(this, "cell", `${dose}|${field}`);
    }
    const same = this.target.dose === dose && this.target.field === field;
    this.target = same ? deciding.NO_TARGET : {dose, field};
    this.sheet = null;
    return this.draw();
  }

  /** Go round the cells that can be decided on; where some differ, round those. */
  nextField() {
    const picks = [...this.root.querySelectorAll(".sb-pick[data-field]:not([data-field=''])")];
    const different = picks.filter(pick => pick.closest(".sb-row-differs"));
    const list = different.length ? different : picks;
    const pick = list[(list.findIndex(one => one.getAttribute("aria-pressed") === "true") + 1) % list.length];
    if (!pick) return;
    this.pick(pick.dataset.dose, pick.dataset.field);
    this.root.querySelector(".sb-pick[aria-pressed='true']")?.scrollIntoView({block: "nearest"});
  }

  /** A decision was stored: say so, explain (practice) or go on (class). */
  decided(action, whole) {
    const sentence = say("noted", {ten: titleOf(this.record), viec: action.label});
    Object.assign(this, {sheet: null, oneMore: false, target: deciding.NO_TARGET});
    this.root.classList.remove("sb-show-actions");
    this.fold();
    this.tell("");
    this.drawLine(this.at);
    if (whole && !this.practice) this.go(1);
    else this.draw();
    if (!this.message) this.tell(sentence);
    if (this.practice) this.$("feedback").scrollIntoView({block: "nearest"});
    if (!this.root.contains(document.activeElement)) this.root.focus({preventScroll: true});
  }

  undo(record = null) {
    const last = this.store.undo(record);
    if (!last) return this.tell(say("nothing_to_undo"));
    this.fold();
    if (this.file.byId.has(last.ma_ho_so)) this.open(last.ma_ho_so);
    this.drawLine(this.at);
    return this.tell(say("undone", {ten: titleOf(this.record)}));
  }

  changed(sentence) {
    this.fold();
    this.draw();
    this.tell(sentence);
  }

  more() {
    this.oneMore = !this.oneMore;
    this.draw();
  }

  hint() {
    this.hints = Math.min(3, this.hints + 1);
    this.draw();
    this.$("hints").scrollIntoView({block: "nearest"});
  }

  cancel() {
    if (this.sheet) this.store.draft = null;
    Object.assign(this, {sheet: null, oneMore: false, target: deciding.NO_TARGET});
    this.root.classList.remove("sb-show-list", "sb-show-actions");
    this.tell("");
    this.draw();
    this.root.focus({preventScroll: true});
  }

  // --- drawing ----------------------------------------------------------------------------

  /** Put HTML into a part of the screen; the focus stays on the same button. */
  paint(part, markup) {
    const text = String(markup);
    if (this.painted.get(part) === text) return;
    const place = this.$(part), active = document.activeElement;
    const focused = place.contains(active) ? {...active.dataset} : null, caret = active?.selectionStart;
    place.innerHTML = text;
    this.painted.set(part, text);
    if (!focused) return;
    const alike = one => Object.entries(focused).every(([key, value]) => one.dataset[key] === value);
    const same = [...place.querySelectorAll("button, input")].find(alike);
    (same ?? this.root).focus({preventScroll: true});
    if (same?.matches("input")) same.setSelectionRange(caret, caret);
  }

  draw() {
    const own = this.own(this.at), {file, record} = this, judged = this.practice && !this.sheet;
    const body = recordHtml(file, record, this.source, this.target);
    this.paint("record", html`${body}${trailHtml(file, record, this.events)}${rulesHtml(file)}`);
    this.paint("target", targetHtml(file, record, this.target));
    this.paint("actions", actionsHtml(file, own, this.target));
    this.paint("sheet", this.sheet ? sheetHtml(file, record, this.sheet, this.source) : "");
    this.paint("decisions", this.sheet ? "" : decisionsHtml(file, record, own, this.oneMore));
    this.paint("feedback", judged ? feedbackHtml(file, record, own) : "");
    this.paint("hints", judged ? hintsHtml(file, record, this.hints) : "");
    this.root.classList.toggle("sb-deciding", this.sheet !== null);
    this.root.classList.toggle("sb-judged", this.painted.get("feedback") !== "");
    this.drawList();
    this.drawProgress();
  }

  drawList() {
    if (!this.painted.has("list")) {
      this.paint("list", listHtml(this.file, this.shown, id => this.own(id)));
      this.paint("found", say(this.shown.length ? "found" : "nothing_found", {so: this.shown.length, donvi: this.unit}));
      this.lines = new Map([...this.$("list").querySelectorAll("button")].map(line => [line.dataset.id, line]));
    }
    this.current?.removeAttribute("aria-current");
    this.current = this.lines.get(this.at);
    this.current?.setAttribute("aria-current", "true");
    this.showLine(this.current);
    this.drawQueues();
  }

  drawQueues() {
    const select = this.input("queue"), state = [this.decisions, this.queue, this.round];
    if (state.every((part, i) => part === this.counted?.[i])) return;
    const text = String(queueOptions(this.queues(), this.decisions, this.queue));
    if (this.painted.get("options") === text || document.activeElement === select) return;
    select.innerHTML = text;
    this.painted.set("options", text);
    this.counted = state;
  }

  /** Scroll the list, and nothing but the list. */
  showLine(line) {
    const list = this.$("list");
    if (!line || this.root.dataset.size !== "l") return;
    const top = line.offsetTop - list.offsetTop, bottom = top + line.offsetHeight;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
  }

  drawLine(id) {
    const line = this.lines?.get(id), own = this.own(id);
    if (!line) return;
    line.classList.toggle("sb-done", own.length > 0);
    line.lastElementChild.textContent = lineState(this.file, own);
  }

  drawProgress() {
    const total = this.file.records.length, done = total - this.openOnes.length;
    this.paint("progress", say("progress", {xong: done, tong: total}));
    const bar = this.root.querySelector("[role=progressbar]");
    bar.setAttribute("aria-valuenow", done);
    bar.firstElementChild.style.width = `${100 * done / total}%`;
    this.drawLine(this.at);
    this.drawKept();
  }

  drawKept() {
    const [look, sentence] = keptSentence(this.store, this.host);
    if (look === "warn" && this.look !== "warn") this.tell(sentence);   // the line itself is no live region
    this.look = look;
    this.paint("kept", html`<span class="sb-${look}">${forEyes(look === "warn" ? "⚠" : "✓")} ${sentence}</span>`);
  }

  /** Say something to everybody; more is HTML that follows. */
  tell(sentence, more = "") {
    this.message = sentence;
    this.paint("message", html`${sentence}${more}`);
  }

  /** Events came from another tab, the host or a file. */
  onStore() {
    if (this.store.byId.size === this.events.length) return this.drawKept();
    this.fold();
    this.painted.delete("list");
    return this.draw();
  }

  // --- dialogs and drawers ----------------------------------------------------------------

  dialog(markup) {
    this.paint("dialog", markup);
    const dialog = this.root.querySelector("dialog");
    if (!dialog.open) dialog.showModal();
  }

  closeDialog() {
    this.root.querySelector("dialog").close();
    this.root.focus({preventScroll: true});
  }

  search() {
    if (this.root.dataset.size !== "l") this.root.classList.add("sb-show-list");
    this.input("words").focus();
  }

  toggleList() {
    if (this.root.classList.toggle("sb-show-list")) this.input("words").focus();
  }

  toggleActions() {
    const open = this.root.classList.toggle("sb-show-actions");
    this.root.querySelector(".sb-open-actions").setAttribute("aria-expanded", open);
  }

  close() {
    this.unsubscribe?.();
    this.sizes.disconnect();
    this.root.remove();
  }
}

/** Show a case file; returns the workbench with open(id), at and close(). */
export function mount(el, file, options) {
  return new Workbench(el, file, options);
}
