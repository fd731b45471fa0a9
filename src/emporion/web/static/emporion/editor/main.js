// The editor of a hall's plan: joins the draft, the plan as it is drawn, the panels, the pointer, the keys, the server.
import * as commands from "./commands.js";
import { Draft } from "./draft.js";
import { meaning } from "./keys.js";
import { Panel } from "./panel.js";
import { Pointer } from "./pointer.js";
import { Server } from "./server.js";
import { boxOf, dot, hit, line, rectangle } from "./shapes.js";
import { View } from "./view.js";

const root = document.querySelector("#editor");
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const LINES = ["entrance", "exit"];
const HIDES = { stands: ["stand"], utilities: ["utility"], areas: ["zone"] };
const STAND_M = 3;

class Editor {
  constructor() {
    Object.assign(this, { root, words: read("editor-words"), kinds: read("editor-kinds"), tool: "choose", chosen: new Set() });
    this.clipboard = [];
    this.names = new Map();
    const state = read("editor-state");
    this.draft = new Draft(state);
    this.view = new View(root.querySelector("#plan-editor"), this.words);
    this.panel = new Panel(root, this);
    this.pointer = new Pointer(this);
    const { state: address, commands: door } = root.dataset;
    const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
    this.server = new Server({ state: address, commands: door, token }, this.draft, {
      hear: (...all) => this.hear(...all), news: (update) => this.news(update), changed: () => this.showState(),
    });
    this.listen();
    this.view.whole(state.outline);
    this.layers();
    this.floor();
    this.refresh();
    root.dataset.ready = "true";
  }

  listen() {
    const { svg } = this.view;
    svg.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) this.act(button.dataset.do, button.dataset);
    });
    root.querySelector("[data-part=layers]").addEventListener("change", () => this.layers());
    for (const one of root.querySelectorAll("[name=tool]")) one.addEventListener("change", () => { this.tool = one.value; });
    svg.addEventListener("dragover", (event) => event.preventDefault());
    svg.addEventListener("drop", (event) => this.drop(event));
    addEventListener("resize", () => this.view.handles());
    addEventListener("beforeunload", (event) => { if (this.draft.next) event.preventDefault(); });
  }

  // Words

  say(name, data = {}) {
    return this.words[name].replace(/\{(\w+)\}/g, (_, field) => data[field]);
  }

  tell(name, data) {
    root.querySelector("[data-part=told]").textContent = this.say(name, data);
  }

  called(thing) {
    if (thing.kind === "stand") return this.say("stand", { number: thing.number });
    const { x, y } = boxOf(thing);
    return `${this.kinds[thing.kind]} ${thing.name || `(${x}, ${y})`}`;
  }

  exhibitor(number) {
    return this.names.get(number) ?? number;
  }

  // What is on the plan and what of it is chosen

  get grid() {
    return Number(root.querySelector("[name=grid]").value);
  }

  get aisle() {
    return Number(root.querySelector("[name=aisle]").value);
  }

  get things() {
    return this.draft.things;
  }

  get keys() {
    return [...this.chosen];
  }

  get chosenThings() {
    return this.keys.map((key) => this.things.get(key)).filter(Boolean);
  }

  get visibleThings() {
    return [...this.things].filter(([key]) => this.visible(key));
  }

  visible(key) {
    const { kind } = this.things.get(key) ?? {};
    const layer = Object.keys(HIDES).find((name) => HIDES[name].includes(kind)) ?? "construction";
    return !this.hidden.has(layer);
  }

  layers() {
    this.hidden = new Set();
    for (const box of root.querySelectorAll("[data-part=layers] input")) {
      this.view.svg.classList.toggle(`with-${box.name}`, box.checked);
      if (!box.checked) this.hidden.add(box.name);
    }
    this.choose(this.keys.filter((key) => this.visible(key)));
  }

  // More: beside what is chosen already; less: taken out of it.
  choose(keys, more = false, less = false) {
    const next = new Set(more ? this.chosen : []);
    for (const key of keys) {
      if (less) next.delete(key);
      else next.add(key);
    }
    this.chosen = next;
    this.refresh();
  }

  step(by) {
    const order = commands.inRows(this.things, this.visibleThings.map(([key]) => key));
    if (!order.length) return;
    const at = order.indexOf(this.keys.at(-1));
    const key = order[(at + (at < 0 && by < 0 ? 0 : by) + order.length) % order.length];
    this.choose([key]);
    this.tell("chosen", { count: 1, things: this.called(this.things.get(key)) });
  }

  refresh() {
    this.chosen = new Set(this.keys.filter((key) => this.things.has(key)));
    for (const { number, name } of this.draft.waiting) this.names.set(number, name);
    this.redraw();
    this.panel.show();
    this.panel.things();
    const placed = new Set([...this.things.values()].flatMap((one) => one.placed ?? []));
    this.panel.waiting(this.draft.waiting, placed);
    this.panel.findings(this.draft.findings);
    this.showState();
  }

  redraw(preview = new Map()) {
    const faults = new Map();
    for (const { keys, severity } of this.draft.findings) {
      for (const key of keys) if (faults.get(key) !== "refuse") faults.set(key, severity);
    }
    const tints = Object.fromEntries(this.draft.areas.map(({ code, tint }) => [code, tint]));
    this.view.draw(this.things, { chosen: this.chosen, facts: this.draft.facts, tints, faults, preview });
    this.view.mark(this.draft.findings);
  }

  floor() {
    this.view.drawFloor(this.draft.outline, this.draft.aisles);
  }

  preview(command) {
    this.redraw(new Map((command?.changes ?? []).map(({ key, after }) => [key, after])));
  }

  // Commands

  do(command) {
    if (!command) return;
    const put = this.draft.put(command, crypto.randomUUID());
    this.refresh();
    if (put) this.server.send();
  }

  fit(box) {
    this.do(commands.fit(this.things, this.keys, box));
  }

  set(fields) {
    const locks = Object.keys(fields).join() === "locked";
    this.do(locks ? commands.lock(this.things, this.keys, fields.locked) : commands.set(this.things, this.keys, fields));
  }

  get newKey() {
    return () => crypto.randomUUID();
  }

  get drawnKind() {
    return root.querySelector("[name=kind]").value;
  }

  // Something of the kind that is drawn, from one corner to the other.
  drawn(a, b) {
    const box = { x: Math.min(a[0], b[0]), y: Math.min(a[1], b[1]), width: Math.abs(a[0] - b[0]), depth: Math.abs(a[1] - b[1]) };
    const kind = this.drawnKind;
    if (kind === "utility") this.add(kind, dot(...b));
    else if (LINES.includes(kind)) this.add(kind, box.width >= box.depth ? line(a, [b[0], a[1]]) : line(a, [a[0], b[1]]));
    else if (box.width >= commands.LEAST_SIDE && box.depth >= commands.LEAST_SIDE) {
      this.add(kind, rectangle(box.x, box.y, box.width, box.depth));
    }
  }

  // Without dragging: something of the usual size where somebody clicked.
  clicked([x, y]) {
    const grid = this.grid || 1;
    const [u, v] = [Math.floor(x / grid) * grid, Math.floor(y / grid) * grid];
    this.drawn([u, v], [u + STAND_M, v + STAND_M]);
  }

  add(kind, geometry) {
    const area = this.areaAt(boxOf({ geometry }));
    const thing = kind === "stand"
      ? commands.newStand(this.things, geometry, { hall: root.dataset.hall, area })
      : { kind, geometry, name: "", width_m: null, depth_m: null, services: kind === "utility" ? ["power"] : [],
          area: kind === "zone" ? area : "", main: false, step_free: true };
    const command = commands.draw(this.things, thing, this.newKey);
    this.do(command);
    this.choose(command.changes.map(({ key }) => key));
    this.tool = "choose";
    root.querySelector("[name=tool][value=choose]").checked = true;
  }

  // The exhibition area of a new stand: that of the nearest one, else the edition's first.
  areaAt(box) {
    const far = (one) => Math.hypot(boxOf(one).x - box.x, boxOf(one).y - box.y);
    const near = [...this.things.values()].filter(({ kind }) => kind === "stand").sort((a, b) => far(a) - far(b))[0];
    return near?.area ?? this.draft.areas[0]?.code ?? "";
  }

  paste(originals, dx, dy) {
    const command = commands.copy(this.things, originals, dx, dy, this.newKey);
    this.do(command);
    this.choose(command.changes.map(({ key }) => key));
  }

  // Beside what is copied, to the east.
  duplicate(originals = this.chosenThings) {
    if (originals.length) this.paste(originals, boxOf(...originals).width, 0);
  }

  value(name) {
    return root.querySelector(`[name=${name}]`).value;
  }

  // What buttons and keys ask for.
  act(name, data = {}) {
    const { things, keys } = this;
    const acts = {
      undo: () => this.do({ name: "undo" }), redo: () => this.do({ name: "redo" }),
      delete: () => keys.length && this.do(commands.remove(things, keys)),
      rotate: () => keys.length && this.do(commands.rotate(things, keys)),
      lock: () => keys.length && this.do(commands.lock(things, keys, !this.chosenThings.every(({ locked }) => locked))),
      copy: () => { this.clipboard = this.chosenThings; },
      paste: () => this.duplicate(this.clipboard),
      duplicate: () => this.duplicate(),
      align: () => this.do(commands.align(things, keys, data.edge)),
      distribute: () => this.do(commands.distribute(things, keys, data.axis)),
      number: () => this.do(commands.number(things, keys, this.value("first").trim() || [...commands.numbersOf(things)][0])),
      split: () => this.cut(data.across === "true"),
      merge: () => this.join(),
      add: () => this.clicked([this.view.box.x + this.view.box.width / 2, this.view.box.y + this.view.box.depth / 2]),
      all: () => this.choose(this.visibleThings.filter(([, one]) => one.kind === "stand").map(([key]) => key)),
      next: () => this.step(1), previous: () => this.step(-1), escape: () => this.escape(),
      closer: () => this.view.zoom(1.5), farther: () => this.view.zoom(1 / 1.5), whole: () => this.view.show(this.view.home),
      finding: () => this.goTo(this.draft.findings[data.finding]),
      place: () => this.do({ name: "place", exhibitor: data.exhibitor }),
      placeHere: () => this.placeOn(keys[0], data.exhibitor),
      unplace: () => this.do(commands.unplace(things, keys[0], data.exhibitor)),
      help: () => root.querySelector("[data-part=help]").toggleAttribute("open"),
    };
    acts[name]?.();
  }

  cut(across) {
    const command = commands.split(this.things, this.keys[0], Number(this.value("cut")), across, this.newKey);
    if (command) this.do(command);
    else this.tell("split_size");
  }

  join() {
    const taken = (key) => this.draft.facts[key]?.exhibitors.length > 0;
    const command = commands.merge(this.things, this.keys, this.value("survivor"), taken);
    if (!command) this.tell("merge_apart");
    else this.do(command);
  }

  placeOn(key, exhibitor) {
    if (this.things.get(key)?.kind === "stand") this.do(commands.place(this.things, key, exhibitor));
    else this.tell("none");
  }

  drop(event) {
    event.preventDefault();
    const stands = [...this.things].filter(([, { kind }]) => kind === "stand");
    this.placeOn(hit(new Map(stands), this.view.at(event)), event.dataTransfer.getData("text/plain"));
  }

  goTo(finding) {
    this.view.centre(finding.at);
    this.choose(finding.keys.filter((key) => this.things.has(key)));
  }

  escape() {
    this.pointer.cancel();
    this.tool = "choose";
    root.querySelector("[name=tool][value=choose]").checked = true;
    this.choose([]);
  }

  key(event) {
    const meant = meaning(event);
    if (!meant) return;
    event.preventDefault();
    if (meant.name !== "step") this.act(meant.name);
    else if (this.chosen.size) this.nudge(meant);
    else this.view.pan((meant.x * this.view.box.width) / 20, (meant.y * this.view.box.depth) / 20);
  }

  nudge({ x, y, free }) {
    const step = this.grid || 1;
    const size = free ? 1 : step;
    this.do(commands.move(this.things, this.keys, x * size, y * size));
  }

  // What the server answers

  hear(answer, command, dropped) {
    this.refresh();
    const things = (answer.keys ?? []).map((key) => this.things.get(key)).filter(Boolean).map((one) => this.called(one));
    if (answer.result === "conflict") this.tell("conflict", { things: things.join(", ") || command.changes.length });
    else if (answer.result === "decision") this.decide(answer, [command, ...dropped]);
    else if (answer.result === "refused") root.querySelector("[data-part=told]").textContent = answer.sentence;
    else if (answer.result === "failed") this.tell("failed", answer);
    else if (["undo", "redo"].includes(command.name)) this.tell(command.name === "undo" ? "undone" : "redone");
    else if (command.exhibitor) this.tellPlaced(command.exhibitor);
    if (answer.whole) this.floor();
  }

  tellPlaced(exhibitor) {
    const on = [...this.things].find(([, one]) => one.placed?.includes(exhibitor));
    if (!on) return;
    this.choose([on[0]]);
    this.tell("placed", { name: this.exhibitor(exhibitor), number: on[1].number });
  }

  // Stands that somebody has, or that are locked, change when a person says so.
  decide({ sentence, keys }, [command, ...later]) {
    const dialog = root.querySelector("dialog");
    dialog.querySelector("[data-part=question]").textContent = sentence;
    dialog.returnValue = "";
    dialog.onclose = () => {
      this.view.svg.focus({ preventScroll: true });
      if (dialog.returnValue !== "yes") return;
      for (const { name, changes } of [command, ...later]) this.do({ name, changes, decided: keys });
    };
    dialog.showModal();
  }

  news(update) {
    const keys = (update.objects ?? []).map(({ key }) => key);
    const before = new Map(this.things);
    const theirs = this.draft.receive(update);
    if (update.whole) {
      this.floor();
      this.tell("again");
    }
    this.refresh();
    const names = keys.map((key) => this.things.get(key) ?? before.get(key)).filter(Boolean).map((one) => this.called(one));
    const things = names.slice(0, 3).join(", ") + (names.length > 3 ? " …" : "");
    if (theirs.length) this.tell("theirs", { author: [...new Set(theirs.map(({ author }) => author))].join(", "), things });
  }

  showState() {
    const waiting = this.draft.pending.length;
    const name = this.server?.away ? "offline" : waiting ? "saving" : "saved";
    root.querySelector("[data-part=state]").textContent = this.say(name, { count: waiting });
    root.dataset.waiting = waiting;
    root.querySelector("[data-do=undo]").disabled = !this.draft.canUndo && !waiting;
    root.querySelector("[data-do=redo]").disabled = !this.draft.canRedo;
  }
}

new Editor();
