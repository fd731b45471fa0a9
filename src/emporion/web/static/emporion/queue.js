// Keys for the long lists of the desk. Everything they do has a link or a button of its own on the page.
const rows = [...document.querySelectorAll("[data-row]")];
const form = document.querySelector("form.queue");
const help = document.querySelector("#keys");
let at = -1;

const boxOf = (row) => row?.querySelector("input[type=checkbox]");
const chosen = () => rows.filter((row) => boxOf(row)?.checked);

const go = (to) => {
  if (!rows.length) return;
  rows[at]?.classList.remove("at");
  at = Math.min(Math.max(to, 0), rows.length - 1);
  rows[at].classList.add("at");
  rows[at].querySelector("a.rowlink").focus();
};

const toggle = () => {
  const box = boxOf(rows[at]);
  if (box) box.checked = !box.checked;
};

const press = (key) => {
  const button = form?.querySelector(`button[data-key="${key}"]`);
  if (!button) return;
  const all = form.querySelector("#scope")?.value === "all";
  const box = boxOf(rows[at]);
  if (!all && !chosen().length && box) box.checked = true;
  if (all || chosen().length) form.requestSubmit(button);
};

const KEYS = {
  j: () => go(at + 1),
  k: () => go(at - 1),
  x: toggle,
  a: () => press("a"),
  r: () => press("r"),
  o: () => rows[at]?.querySelector("a.rowlink").click(),
  "/": () => document.querySelector("#q")?.focus(),
  "?": () => help?.showModal(),
};

// Letters that are typed into a field, and a browser's own keys, are left alone.
const isTyping = (target) =>
  target.closest("textarea, select, [contenteditable], input:not([type=checkbox])") !== null;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (help?.open || isTyping(event.target)) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// A row that was reached otherwise is where the keys go on.
form?.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-row]");
  if (!row) return;
  rows[at]?.classList.remove("at");
  at = rows.indexOf(row);
  row.classList.add("at");
});

document.querySelector(".keys-hint")?.removeAttribute("hidden");
