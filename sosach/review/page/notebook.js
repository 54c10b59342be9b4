// The notebook: the kernel holds the case file and writes the files (widget.py).
import {answered} from "./dialogs.js";
import {Store} from "./store.js";
import {mount} from "./workbench.js";

const stores = new Map();   // views of one widget share its events

function openStore(model) {
  const trial = !model.get("tep");
  const store = new Store({
    key: model.get("khoa"), known: model.get("nhat_ky"), noi: "so_tay",
    deliver: trial ? null : event => model.send({viec: "ghi", su_kien: event}),
  });
  model.on("msg:custom", ({viec, su_kien: events, cau: sentence, dong: lines}) => {
    if (viec === "them") store.delivered(events);   // kept by the kernel, made here or elsewhere
    if (viec === "chua_ghi") store.refused(sentence);
    if (viec === "tra_loi") store.answered?.(sentence, lines);
  });
  return store;
}

export function initialize({model}) {
  const store = openStore(model);
  stores.set(model.get("so_hieu"), store);
  return () => store.close();
}

export function render({model, el}) {
  const store = stores.get(model.get("so_hieu"));
  const tep = model.get("tep");
  const bench = mount(el, model.get("ho_so"), {store, host: {
    kind: tep ? "notebook" : "trial", file: tep, note: model.get("loi_nhan"),
    commands: model.get("lenh"), command: name => model.send({viec: "lenh", ten: name}),
    moved: id => { model.set("dang_xem", id); model.save_changes(); },
  }});
  store.answered = (sentence, lines) => answered(bench, sentence, lines);
  const follow = () => { if (model.get("dang_xem") !== bench.at) bench.open(model.get("dang_xem")); };
  model.on("change:dang_xem", follow);
  return () => {
    model.off("change:dang_xem", follow);
    bench.close();
  };
}
