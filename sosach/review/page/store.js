// Keeps events: first in the browser, then with the host (a kernel, later a server), one by one.
import {isEvent, lastEvent, makeEvent} from "./journal.js";

const FIRST_RETRY = 4000, LAST_RETRY = 30000;   // milliseconds

/** Whether this device keeps answers at all; a private window may refuse. */
export function deviceKeeps() {
  try {
    localStorage.setItem("sosach|thu", "1");
    const kept = localStorage.getItem("sosach|thu") === "1";
    localStorage.removeItem("sosach|thu");
    return kept;
  } catch {
    return false;
  }
}

export class Store {
  /**
   * key: name of this work on this device, "" to keep nothing. known: what the host has.
   * noi: what events made here say. deliver(event): hands one event to the host, which answers
   * by delivered(events) or refused(sentence); without it the browser is all there is.
   */
  constructor({key = "", known = [], noi = "", deliver = null}) {
    Object.assign(this, {key, noi, deliver, refusal: "", otherTab: false, late: false, retry: FIRST_RETRY});
    this.keeps = key !== "" && deviceKeeps();
    this.byId = new Map(known.map(event => [event.id, event]));
    this.withHost = new Set(this.byId.keys());
    this.unkept = new Set();   // ids that the browser would not take
    this.listeners = new Set();
    this.readBrowser();
    this.onStorage = event => this.hearOtherTab(event);
    globalThis.addEventListener?.("storage", this.onStorage);
    this.pump();
  }

  close() {
    globalThis.removeEventListener?.("storage", this.onStorage);
    clearTimeout(this.timer);
    this.deliver = null;
  }

  get events() { return [...this.byId.values()]; }

  get waiting() { return this.deliver ? this.events.filter(event => !this.withHost.has(event.id)) : []; }

  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell() { this.listeners.forEach(listener => listener()); }

  add(viec, parts) {
    const event = makeEvent(this.events, viec, this.noi, parts);
    this.merge([event]);
    return event;
  }

  undo(record = null) {
    const last = lastEvent(this.events, record);
    if (last) this.add("hoan_tac", {ma_ho_so: last.ma_ho_so, su_kien: last.id});
    return last;
  }

  /** Take events from anywhere; returns how many were new. */
  merge(events) {
    const fresh = events.filter(event => isEvent(event) && !this.byId.has(event.id));
    fresh.forEach(event => this.byId.set(event.id, event));
    [...this.unkept].map(id => this.byId.get(id)).concat(fresh).forEach(event => this.keep(event));
    if (fresh.length) this.tell();
    this.pump();
    return fresh.length;
  }

  // --- the browser ------------------------------------------------------------------------

  name(id) { return `sosach|${this.key}|${id}`; }

  readBrowser() {
    if (!this.keeps) return;
    const start = this.name("");
    for (let i = 0; i < localStorage.length; i++) {
      const name = localStorage.key(i);
      if (name.startsWith(start)) this.readOne(localStorage.getItem(name));
    }
  }

  readOne(text) {
    try {
      const event = JSON.parse(text);
      if (isEvent(event) && !this.byId.has(event.id)) return this.byId.set(event.id, event);
    } catch { /* a draft, or not ours */ }
    return null;
  }

  keep(event) {
    if (!this.keeps) return;
    try {
      localStorage.setItem(this.name(event.id), JSON.stringify(event));
      this.unkept.delete(event.id);
    } catch {
      this.unkept.add(event.id);   // full: tried again with the next event
    }
  }

  hearOtherTab({key, newValue}) {
    if (!this.keeps || !key?.startsWith(this.name("")) || !newValue) return;
    if (this.readOne(newValue)) {
      this.otherTab = true;
      this.tell();
      this.pump();
    }
  }

  /** What was being typed when the laptop was closed. */
  get draft() {
    try { return JSON.parse(localStorage.getItem(this.name("nhap"))); } catch { return null; }
  }

  set draft(value) {
    if (!this.keeps) return;
    try {
      if (value) localStorage.setItem(this.name("nhap"), JSON.stringify(value));
      else localStorage.removeItem(this.name("nhap"));
    } catch { /* full: the status line says so already */ }
  }

  // --- the host ---------------------------------------------------------------------------

  /** Hand over the oldest event that the host lacks, and again until it answers. */
  pump() {
    clearTimeout(this.timer);
    const [next] = this.waiting.sort((a, b) => a.stt - b.stt);
    if (!next) return;
    if (this.sent !== next.id) this.retry = FIRST_RETRY;
    this.sent = next.id;
    try { this.deliver(next); } catch { /* a dead kernel: the timer tries again */ }
    this.timer = setTimeout(() => {
      this.late = true;
      this.retry = Math.min(2 * this.retry, LAST_RETRY);
      this.tell();
      this.pump();
    }, this.retry);
  }

  /** The host has these events, made here or elsewhere. */
  delivered(events) {
    events.forEach(event => this.withHost.add(event.id));
    Object.assign(this, {refusal: "", late: false});
    if (!this.merge(events)) this.tell();
  }

  refused(sentence) {
    this.refusal = sentence;
    this.tell();
  }
}
