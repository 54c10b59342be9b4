// What opens above the screen: the summary, the menu, what the host answered.
import {summaryHtml} from "./explaining.js";
import {button, html} from "./markup.js";
import {say} from "./text.js";

export function summary(bench) {
  bench.fold();
  const {file, host} = bench;
  const how = host.exports && file.mode === "class" && html`<p><b>${say("hand_in")}</b></p>`;
  bench.dialog(html`${summaryHtml(file, bench.events, bench.decisions, bench.mistakes)}${how}${bench.files.buttons()}`);
}

export function menu(bench) {
  const entry = (name, act = name) => button(act, say(`menu_${name}`, {donvi: bench.unit}), {data: {name}});
  const entries = [
    ...["summary", "keys", "excel"].map(name => entry(name)),
    ...bench.host.exports ? [entry("export"), entry("import")] : [],
    ...(bench.host.commands ?? []).map(name => entry(name, "command")),
    entry("print"),
  ];
  bench.dialog(html`<div class="sb-column">${entries}</div>`);
}

/** What the host says about a command: a sentence, and rows to put right. */
export function answered(bench, sentence, lines) {
  bench.dialog(html`<h3>${sentence}</h3><ul class="sb-lines">${lines.map(line => html`<li>${line}</li>`)}</ul>`);
}
