// The offline page: the case file lies in the page, the browser keeps the answers.
import {Store} from "./store.js";
import {mount} from "./workbench.js";

const file = JSON.parse(document.getElementById("ho-so").textContent);
const key = [file.class_id, file.exercise, file.pack, file.trainee].map(part => part ?? "").join("|");
const store = new Store({key, noi: "ngoai_tuyen"});
mount(document.getElementById("man-hinh"), file, {store, host: {kind: "page", exports: true}}).root.focus();
addEventListener("beforeunload", event => {
  const safe = store.keeps && !store.unkept.size;
  if (!safe && store.byId.size !== (store.exported ?? 0)) event.preventDefault();
});
