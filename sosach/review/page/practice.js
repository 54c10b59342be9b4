// Practice: whether a record was decided rightly, how firm each kind sits, what to repeat.
import {live, ordered} from "./journal.js";
import {sameSpelling} from "./text.js";

const ROUND = 10;

export const answerOf = (key, id) => key?.answers[key.of[id]];

/** Whether a decision is this way to be right, as the grader has it; what an act leaves empty is free. */
function meets(decision, act) {
  const part = name => decision[name] ?? "", among = (list, text) => !list?.length || list.includes(text);
  const dose = act.doses?.length ? act.doses.includes(part("ma_mui")) : !(part("ma_mui") && (act.field || act.related));
  return decision.hanh_dong === act.code && dose
    && (!act.field || ["", act.field].includes(part("truong")))
    && among(act.related, part("ma_lien_quan")) && !(act.related && part("ma_lien_quan") === part("ma_mui"))
    && among(act.reasons, part("ly_do"))
    && (!act.values?.length || act.values.some(value => sameSpelling(value, part("gia_tri_moi"))));
}

/** "open", "right", "part" (right, but something is missing) or "wrong". */
export function judge(decisions, answer) {
  if (!decisions.length) return "open";
  const must = answer.must ?? [], ways = [...must.flat(), ...answer.may ?? []];
  if (!decisions.every(decision => ways.some(act => meets(decision, act)))) return "wrong";
  const done = choice => choice.some(act => decisions.some(decision => meets(decision, act)));
  return must.every(done) ? "right" : "part";
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


