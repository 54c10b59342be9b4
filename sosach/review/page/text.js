// Text as people see it: letters that belong together, differences that can be marked.
import {html} from "./markup.js";
import WORDS from "./strings.json" with {type: "json"};

const ODD_SPACE = /^[\s\u200b\u2060\ufeff]+|[\s\u200b\u2060\ufeff]+$| {2,}|[^\S ]|[\u200b\u2060\ufeff]/gu;
const MANY = 3;   // so many places of a number are named one by one
const SEGMENTER = globalThis.Intl?.Segmenter && new Intl.Segmenter("vi", {granularity: "grapheme"});
// tone on the last vowel of an open oa, oe, uy (new style) and on the first one (old style)
const NEW_TONES = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split(" ");
const OLD_TONES = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split(" ");
const OPEN_END = new RegExp(`(^|[^qQ])(${NEW_TONES.join("|")})(?!\\p{L})`, "giu");

/** The sentence of this name, its blanks filled in. */
export function say(name, blanks = {}) {
  return WORDS[name].replace(/\{(\w+)\}/g, (_, key) => blanks[key]);
}

export const nfc = text => String(text ?? "").normalize("NFC");

/** A value as one line in NFC, as journal.py keeps it. */
export const clean = text => nfc(text).replace(/[\r\n\t]/g, " ").trim().slice(0, 500);

/** Letters without marks and capitals, for searching. */
export const plain = text => nfc(text).toLowerCase().replace(/[đð]/g, "d").normalize("NFD")
  .replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim();

/** What people take for one character. */
export const letters = text => SEGMENTER
  ? Array.from(SEGMENTER.segment(nfc(text)), part => part.segment)
  : nfc(text).match(/\P{M}\p{M}*|\p{M}+/gu) ?? [];

/** Spaces that nobody would see (at an end, doubled, of another kind) as a sign. */
export const visible = text => String(text ?? "").replace(ODD_SPACE, (odd, at, whole) => {
  const inside = odd.startsWith("  ") && at > 0 && at + odd.length < whole.length;
  return (inside ? " " : "") + "␣".repeat(odd.length - inside);
});

const oldTones = text => text.replace(OPEN_END, (_, before, vowels) => {
  const old = OLD_TONES[NEW_TONES.indexOf(vowels.toLowerCase())];
  return before + [...old].map((c, i) => vowels[i] === vowels[i].toLowerCase() ? c : c.toUpperCase()).join("");
});

const squeeze = text => text.replace(/[\s\u200b\u2060\ufeff]+/gu, " ").trim();

/** Equal but for what the spelling rules leave open: the place of a tone, capitals, spaces. */
export const sameSpelling = (a, b) => [a, b].map(text => squeeze(oldTones(nfc(text))).toLowerCase())
  .every((text, _, [first]) => text === first);

/** How two values differ, the harmless ways first. */
function kindOfDifference(left, right) {
  if (left === right) return "same";
  if (!left) return "diff_left_empty";
  if (!right) return "diff_right_empty";
  const [a, b] = [nfc(left), nfc(right)];
  if (a === b) return "diff_unicode";
  if (oldTones(a) === oldTones(b)) return "same_tone";
  if (squeeze(a) === squeeze(b)) return "diff_space";
  return a.toLowerCase() === b.toLowerCase() ? "same_case" : "diff_count";
}

const byPosition = (a, b) => [
  a.map((c, i) => [c, c !== b[i]]),
  b.map((c, i) => [c, c !== a[i]]),
];

/** Mark what is in no longest common row of letters; all, where less than half is common. */
function byAlignment(a, b) {
  const longest = Array.from({length: a.length + 1}, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i][j] = a[i] === b[j]
        ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  if (2 * longest[0][0] < Math.max(a.length, b.length)) return [a.map(c => [c, true]), b.map(c => [c, true])];
  const left = [], right = [];
  let i = 0, j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      left.push([a[i++], false]);
      right.push([b[j++], false]);
    } else if (j >= b.length || (i < a.length && longest[i + 1][j] >= longest[i][j + 1])) {
      left.push([a[i++], true]);
    } else {
      right.push([b[j++], true]);
    }
  }
  return [left, right];
}

const named = letter => letter === undefined ? say("nothing") : letter.trim() || say("space");

/** Say a difference to somebody who does not see the marks. */
function inWords(kind, a, b, left, right) {
  const places = kind === "position" ? a.map((c, i) => i).filter(i => a[i] !== b[i]) : [];
  if (places.length > MANY) return say("diff_words", {trai: left, phai: right});
  if (places.length) {
    return places.map(i => say("diff_place", {so: i + 1, trai: named(a[i]), phai: named(b[i])})).join("; ");
  }
  const [x, y] = [nfc(left).split(" "), nfc(right).split(" ")];
  const trai = x.filter(word => !y.includes(word)).join(" "), phai = y.filter(word => !x.includes(word)).join(" ");
  return say(!trai ? "diff_missing" : phai ? "diff_words" : "diff_more", {trai, phai});
}

/**
 * Compare what the platform holds with what a source says.
 *
 * Numbers and dates of one length are compared by position, for alignment would mark one of two
 * swapped digits only; all else by alignment. Gives kind (a name in strings.json), whether it
 * counts as equal, the letters of both sides with their marks, and the difference in words.
 */
export function compare(left, right, columnKind = "text") {
  const kind = kindOfDifference(left, right);
  const equal = kind.startsWith("same");
  const [a, b] = [letters(left), letters(right)];
  if (equal || kind.endsWith("empty") || kind === "diff_unicode") {
    return {kind, equal, left: a.map(c => [c, false]), right: b.map(c => [c, false]), words: ""};
  }
  const positions = a.length === b.length && columnKind !== "text";
  const [x, y] = positions ? byPosition(a, b) : byAlignment(a, b);
  const count = Math.max(...[x, y].map(side => side.filter(([, differs]) => differs).length));
  const words = inWords(positions ? "position" : "words", a, b, left, right);
  return {kind, equal, left: x, right: y, count, words};
}

/** Letters with their marks as HTML; neighbours share one mark. */
export function marked(parts) {
  const runs = [];
  for (const [letter, differs] of parts) {
    if (runs.at(-1)?.differs !== differs) runs.push({differs, text: ""});
    runs.at(-1).text += differs && !letter.trim() ? "␣" : letter;
  }
  return runs.map(run => run.differs ? html`<mark>${run.text}</mark>` : html`${run.text}`);
}

/** Days from one dd/mm/yyyy to another; NaN where one is no date. */
export function daysBetween(from, to) {
  const day = text => {
    const found = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text);
    return found ? Date.UTC(+found[3], found[2] - 1, +found[1]) / 86400000 : NaN;
  };
  return day(to) - day(from);
}
