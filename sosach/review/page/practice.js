// Practice: whether a record was decided rightly, how firm each kind sits, what to repeat.
import {live, ordered} from "./journal.js";

const ROUND = 10;

export const answerOf = (key, id) => key?.answers[key.of[id]];

const within = (some, told) => !some || some.includes(told);

const allowed = (decision, answer) => {
  const codes = [...answer.must.flat(), ...answer.may ?? []];
  const values = answer.values?.[decision.truong];
  return codes.includes(decision.hanh_dong)
    && (!values || !decision.gia_tri_moi || values.includes(decision.gia_tri_moi))
    && (!answer.related || !decision.ma_lien_quan || decision.ma_lien_quan === answer.related)
    && within(answer.reasons?.[decision.hanh_dong], decision.ly_do)
    && within(answer.targets?.[decision.hanh_dong], decision.ma_lien_quan);
};

/** "open", "right", "part" (right, but something is missing) or "wrong". */
export function judge(decisions, answer) {
  if (!decisions.length) return "open";
  if (!decisions.every(decision => allowed(decision, answer))) return "wrong";
  const codes = decisions.map(decision => decision.hanh_dong);
  return answer.must.every(choice => choice.some(code => codes.includes(code))) ? "right" : "part";
}

/** Every try in order: {id, kind, right}. What is taken back later was a try all the same. */
export function attempts(events, key) {
  if (!key) return [];
  const own = new Map(), found = [];
  for (const event of ordered(events)) {
    const past = own.get(event.ma_ho_so) ?? [];
    own.set(event.ma_ho_so, [...past, event]);
    const answer = answerOf(key, event.ma_ho_so);
    if (event.viec !== "chon" || !answer) continue;
    const verdict = judge(live([...past, event]), answer);
    if (verdict === "right" || verdict === "wrong") {
      found.push({id: event.ma_ho_so, kind: answer.kind, right: verdict === "right"});
    }
  }
  return found;
}

/** Per kind how many of the last ten tries were right; the weakest first. */
export function mastery(events, key) {
  const kinds = new Map();
  for (const {kind, right} of attempts(events, key)) {
    kinds.set(kind, [...kinds.get(kind) ?? [], right].slice(-ROUND));
  }
  return [...kinds].map(([kind, tries]) => ({kind, right: tries.filter(Boolean).length, all: tries.length}))
    .sort((a, b) => a.right / a.all - b.right / b.all);
}

/** Ten records that were once wrong: those least often right since, then the longest ago. */
export function nightlyTen(events, key) {
  const tries = attempts(events, key), score = new Map();
  tries.forEach(({id, right}, at) => {
    if (!right) score.set(id, {since: 0, at});
    else if (score.has(id)) score.set(id, {since: score.get(id).since + 1, at});
  });
  return [...score].sort(([, a], [, b]) => a.since - b.since || a.at - b.at)
    .slice(0, ROUND).map(([id]) => id);
}

/** Records whose decisions are wrong now. */
export const wrongNow = (decisions, key) => [...decisions]
  .filter(([id, own]) => answerOf(key, id) && judge(own, answerOf(key, id)) === "wrong")
  .map(([id]) => id);


