// A screen whose state the kernel holds (panel.py): painted here, every press is told to the kernel.
import * as certificate from "./certificate.js";
import {forEyes, html} from "./markup.js";
import * as passport from "./passport.js";
import * as signing from "./signing.js";
import {telex} from "./telex.js";
import {say} from "./text.js";
import * as token from "./token.js";
import * as verdict from "./verdict.js";

const VIEWS = {token, ky: signing, chung_thu: certificate, ho_chieu: passport, ket_luan: verdict};
const START = {token: "start_token", ky: "start_ky"};   // what is said first, by view
const NARROW = 700, WIDE = 960;   // px of the panel, not of the window
const PATIENCE = 9000;   // milliseconds: the slowest token answers in five seconds

class Panel {
  constructor(el, model) {
    this.model = model;
    this.view = VIEWS[model.get("loai")];
    this.local = {fields: {}, telex: this.state.telex ?? false};   // gone with the page
    this.root = document.createElement("section");
    Object.assign(this.root, {className: `sb sb-panel sp-${model.get("loai")}`, lang: "vi"});
    this.root.setAttribute("aria-label", say("panel_region"));
    this.root.dataset.lmSuppressShortcuts = "true";   // JupyterLab's one-letter commands stay away
    this.root.innerHTML = html`<p class="sb-banner"><b>${say("banner")}</b> <span>· ${say("panel_more")}</span></p>
      <p class="sp-said" role="status" aria-live="polite"></p><div class="sp-body"></div>`;
    this.listen();
    this.watchWidth();
    el.replaceChildren(this.root);
    this.paint();
    this.tell(this.said);
    if (!this.said.cau && START[model.get("loai")]) this.tell({cau: say(START[model.get("loai")])});
  }

  get state() { return this.model.get("trang_thai"); }

  get said() { return this.model.get("vua_noi"); }

  // --- telling the kernel -----------------------------------------------------------------

  /** What was typed goes along and is then forgotten. */
  send(viec, phan = {}) {
    this.local.busy = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.silent(), PATIENCE);
    try {
      this.model.send({viec, phan});
    } catch { /* a dead kernel: the timer says so */ }
    this.paint();
  }

  silent() {
    Object.assign(this.local, {busy: false, running: false});
    this.tell({cau: say("panel_silent"), duoc: false});
    this.paint();
  }

  answered() {
    clearTimeout(this.timer);
    Object.assign(this.local, {busy: false, fields: {}});
    this.paint();
    this.tell(this.said);
    this.view.answered?.(this);
  }

  tell({cau, duoc}) {
    const place = this.root.querySelector(".sp-said");
    const [look, sign] = duoc === undefined ? ["sp-first", "›"] : duoc ? ["sp-good", "✓"] : ["sp-bad", "!"];
    place.className = `sp-said ${look}`;
    place.innerHTML = cau ? html`${forEyes(sign)} <span>${cau}</span>` : "";
  }

  // --- painting ---------------------------------------------------------------------------

  paint() {
    const place = this.root.querySelector(".sp-body"), active = document.activeElement;
    const focused = place.contains(active) ? {...active.dataset} : null;
    const open = new Set([...place.querySelectorAll("details[open]")].map(one => one.dataset.name));
    place.innerHTML = this.view.body(this);
    place.querySelectorAll("details").forEach(one => { one.open = open.has(one.dataset.name); });
    place.querySelectorAll("input").forEach(one => { one.value = this.local.fields[one.dataset.input] ?? ""; });
    if (focused) this.focusAgain(place, focused);
  }

  /** The same button or field, else the first field: never nothing. */
  focusAgain(place, focused) {
    const alike = one => Object.entries(focused).every(([key, value]) => one.dataset[key] === value);
    const again = [...place.querySelectorAll("button, input, summary")].find(one => alike(one) && !one.disabled);
    (again ?? place.querySelector("input") ?? place.querySelector("button"))?.focus({preventScroll: true});
  }

  watchWidth() {
    this.sizes = new ResizeObserver(([entry]) => {
      const width = entry.contentRect.width;
      this.root.dataset.size = width < NARROW ? "s" : width < WIDE ? "m" : "l";
    });
    this.sizes.observe(this.root);
  }

  // --- hands ------------------------------------------------------------------------------

  listen() {
    this.root.addEventListener("click", event => {
      const pressed = event.target.closest("button[data-do]");
      if (pressed) this.press(pressed.dataset);
    });
    this.root.addEventListener("keydown", event => {
      event.stopPropagation();   // the notebook around has keys of its own
      if (event.key === "Enter" && event.target.matches("input")) this.press(event.target.dataset);
    });
    this.root.addEventListener("input", event => this.typed(event.target));
    this.root.addEventListener("focusin", event => {
      if (event.target.matches("input")) this.local.field = event.target.dataset.input;
    });
  }

  press(data) {
    const own = this.view.acts[data.do];
    if (own) own(this, data);
    else this.send(data.do);
  }

  typed(field) {
    if (this.local.telex) field.value = telex(field.value);
    this.local.fields[field.dataset.input] = field.value;
  }

  /** A key of the pad on the screen; "" takes the last letter away. */
  key(letter) {
    const fields = [...this.root.querySelectorAll("input")];
    const field = fields.find(one => one.dataset.input === this.local.field) ?? fields[0];
    field.value = letter ? field.value + letter : field.value.slice(0, -1);
    this.typed(field);
    field.focus({preventScroll: true});
  }

  close() {
    clearTimeout(this.timer);
    this.sizes.disconnect();
    this.root.remove();
  }
}

export function render({model, el}) {
  const panel = new Panel(el, model);
  const paint = () => panel.paint(), answered = () => panel.answered();
  model.on("change:trang_thai", paint);
  model.on("change:vua_noi", answered);
  return () => {
    model.off("change:trang_thai", paint);
    model.off("change:vua_noi", answered);
    panel.close();
  };
}
