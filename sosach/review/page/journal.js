// The trail of decisions: events that are only added, and their fold. journal.py does the same.
import {clean} from "./text.js";

export const DECISION = ["ma_ho_so", "ma_mui", "truong", "hanh_dong", "gia_tri_moi", "ma_lien_quan", "ly_do"];
const TEXTS = ["id", "luc", "noi", ...DECISION, "them", "su_kien"];
const NEEDED = {chon: ["ma_ho_so", "hanh_dong"], bo: ["ma_ho_so"], hoan_tac: ["su_kien"]};

/** A random id of 32 digits; the browser's own maker is missing where a page came over plain HTTP. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 15 | 64;
  bytes[8] = bytes[8] & 63 | 128;
  return Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether something that came from a file or another tab is an event. */
export function isEvent(event) {
  return event !== null && typeof event === "object" && Object.hasOwn(NEEDED, event.viec)
    && TEXTS.every(key => event[key] === undefined || typeof event[key] === "string" && event[key].length <= 500)
    && ["id", ...NEEDED[event.viec]].every(key => event[key])
    && Number.isSafeInteger(event.stt) && event.stt > 0;
}

/** A new event after all that are known. */
export function makeEvent(events, viec, noi, parts) {
  const last = events.reduce((most, event) => Math.max(most, event.stt), 0);
  const said = Object.entries(parts).filter(([, text]) => text).map(([key, text]) => [key, clean(text)]);
  const luc = new Date().toISOString().slice(0, 19) + "+00:00";
  return {id: newId(), stt: last + 1, luc, noi, viec, ...Object.fromEntries(said)};
}

/** Events in order, each once. */
export function ordered(events) {
  const unique = [...new Map(events.map(event => [event.id, event])).values()];
  return unique.sort((a, b) => a.stt - b.stt || (a.id < b.id ? -1 : 1));
}

const part = (event, key) => event[key] ?? "";

function replaces(event, other) {
  const sameTarget = ["ma_ho_so", "ma_mui", "truong"].every(key => part(event, key) === part(other, key));
  const sameAction = part(event, "hanh_dong") === other.hanh_dong;
  const oneOfMany = event.them || event.viec === "bo" && event.hanh_dong;
  return sameTarget && (sameAction || !oneOfMany);
}

export const undoneIds = events => new Set(events.filter(e => e.viec === "hoan_tac").map(e => e.su_kien));

/** The decisions that stand, in the order in which they were made. */
export function live(events) {
  const undone = undoneIds(events), standing = new Map();   // record -> its decisions
  for (const event of ordered(events)) {
    if (event.viec === "hoan_tac" || undone.has(event.id)) continue;
    const others = (standing.get(event.ma_ho_so) ?? []).filter(other => !replaces(event, other));
    standing.set(event.ma_ho_so, event.viec === "chon" ? [...others, event] : others);
  }
  return [...standing.values()].flat().sort((a, b) => a.stt - b.stt || (a.id < b.id ? -1 : 1));
}

/** The latest event that can be taken back, of one record or of all. */
export function lastEvent(events, record = null) {
  const undone = undoneIds(events);
  return ordered(events).filter(event => event.viec !== "hoan_tac" && !undone.has(event.id)
    && (record === null || event.ma_ho_so === record)).at(-1);
}

/** The rows of the artefact: lists of cells in the order of form.columns. */
export function decisionRows(decisions, form) {
  const unlisted = form.actions.filter(action => action.listed === false).map(action => action.code);
  const key = event => DECISION.slice(0, 4).map(name => part(event, name));
  const order = (a, b) => {
    const [x, y] = [key(a), key(b)], i = x.findIndex((text, at) => text !== y[at]);
    return i < 0 ? 0 : x[i] < y[i] ? -1 : 1;
  };
  return decisions.filter(event => !unlisted.includes(event.hanh_dong)).sort(order)
    .map(event => Object.values(form.columns).map(name => part(event, name)));
}

/** Rows as CSV: a header line, LF, quotes where they are needed. */
export function toCsv(columns, rows) {
  const cell = text => /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  return [columns, ...rows].map(row => row.map(cell).join(",") + "\n").join("");
}

/** Rows as the file of this name, JSON or CSV: as a notebook writes it. */
export function asFile(name, columns, rows) {
  if (!name.endsWith(".json")) return toCsv(columns, rows);
  const lines = rows.map(row => JSON.stringify(Object.fromEntries(columns.map((column, i) => [column, row[i]]))));
  return `[\n${lines.join(",\n")}\n]\n`;
}
