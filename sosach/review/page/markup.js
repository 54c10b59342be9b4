// Safe HTML: every value that is filled in is escaped. Buttons look alike everywhere.

const ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"};

class Markup {
  constructor(text) { this.text = text; }
  toString() { return this.text; }
}

const shown = value => {
  if (Array.isArray(value)) return value.map(shown).join("");
  if (value instanceof Markup) return value.text;
  return value === null || value === undefined || value === false
    ? "" : String(value).replace(/[&<>"']/g, c => ESCAPES[c]);
};

/** HTML in which every value is escaped; lists are joined, other HTML stays. */
export function html(parts, ...values) {
  return new Markup(parts.reduce((text, part, i) => text + shown(values[i - 1]) + part));
}

const attributes = given => Object.entries(given)
  .filter(([, value]) => value !== undefined && value !== "")
  .map(([name, value]) => html` ${name}="${value}"`);

/**
 * A button that does what hands.js knows by this name.
 *
 * options: data (handed to that step), look (a class), on (pressed or not), hint (a tooltip),
 * name (what a screen reader says instead of the label), key (its key).
 */
export function button(act, label, {data = {}, look, on, hint, name, key} = {}) {
  const more = Object.entries(data).map(([part, value]) => html` data-${part}="${value}"`);
  const said = attributes({class: look, "aria-pressed": on, title: hint, "aria-label": name, "aria-keyshortcuts": key});
  return html`<button type="button" data-do="${act}"${more}${said}>${label}</button>`;
}

/** What only eyes need: marks, arrows, key caps. */
export const forEyes = sign => html`<span aria-hidden="true">${sign}</span>`;

export const keyCap = key => html`<kbd aria-hidden="true">${key}</kbd>`;

/** Names and values below each other: rows are [name, value]. */
export const facts = (rows, look, label) => html`<dl${attributes({class: look, "aria-label": label})}>${
  rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
