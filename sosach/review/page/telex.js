// What the Telex input method makes of letters that were meant as they are: a spoiled PIN.

const TONES = {s: "\u0301", f: "\u0300", r: "\u0309", x: "\u0303", j: "\u0323"};
const SHAPES = {a: "\u0302", e: "\u0302", o: "\u0302"};   // aa, ee, oo
const HORNS = {a: "\u0306", o: "\u031b", u: "\u031b"};   // aw, ow, uw
const VOWEL = /[aeiouy]/i;

/** The place of the letter that gets the tone: of two vowels the first, unless a consonant follows. */
function toned(word) {
  const places = [...word].map((letter, i) => VOWEL.test(letter.normalize("NFD")[0]) ? i : -1).filter(i => i >= 0);
  if (places.length < 2) return places[0] ?? -1;
  return places.at(-1) === word.length - 1 ? places.at(-2) : places.at(-1);
}

const put = (word, place, mark) =>
  word.slice(0, place) + (word[place] + mark).normalize("NFC") + word.slice(place + 1);

function shaped(word, key) {
  const last = word.at(-1), plain = last?.toLowerCase();
  if (key === "d" && plain === "d") return word.slice(0, -1) + (last === "D" ? "Đ" : "đ");
  const mark = key === "w" ? HORNS[plain] : key === plain && SHAPES[key];
  return mark ? put(word, word.length - 1, mark) : null;
}

/** The text after its last letter went through the input method. */
export function telex(text) {
  const key = text.at(-1)?.toLowerCase() ?? "";
  const word = /\p{L}*$/u.exec(text.slice(0, -1))[0], before = text.slice(0, text.length - 1 - word.length);
  const place = TONES[key] ? toned(word) : -1;
  const made = place >= 0 ? put(word, place, TONES[key]) : shaped(word, key);
  return made === null ? text : before + made;
}
