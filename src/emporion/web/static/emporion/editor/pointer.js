// What a pointer does on the plan: choose, move, pull, draw, measure, pan. It tells the editor, which does it.
import { boxBetween, boxOf, hit, stretched, within } from "./shapes.js";
import { snapBox, snapPoint } from "./snapping.js";
import { lengthOf, move } from "./commands.js";

const SLIP = 4;

export class Pointer {
  constructor(editor) {
    this.editor = editor;
    this.fingers = new Map();
    const { svg } = editor.view;
    svg.addEventListener("pointerdown", (event) => this.down(event));
    svg.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"]) svg.addEventListener(name, (event) => this.up(event));
    svg.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  wheel(event) {
    // The wheel scrolls the page until somebody has turned to the plan.
    if (!event.ctrlKey && document.activeElement !== this.editor.view.svg) return;
    event.preventDefault();
    this.editor.view.zoom(Math.exp(-event.deltaY / 400), this.editor.view.at(event));
  }

  down(event) {
    const { editor } = this;
    this.fingers.set(event.pointerId, event);
    if (this.fingers.size === 2) return this.cancel();
    if (this.fingers.size > 2) return undefined;
    editor.view.svg.focus({ preventScroll: true });
    editor.view.svg.setPointerCapture(event.pointerId);
    const at = editor.view.at(event);
    const handle = event.target.closest?.("[data-handle]")?.dataset.handle;
    const touch = event.pointerType === "touch";
    const key = hit(editor.draft.things, at, editor.view.scale * (touch ? 14 : 6));
    this.drag = { at, from: event, key, handle, slipped: false, mode: this.mode(event, key, handle, touch) };
    return undefined;
  }

  // A finger beside everything moves the plan; a mouse there draws a marquee. The middle button moves the plan always.
  mode(event, key, handle, touch) {
    const { tool } = this.editor;
    if (event.button === 1) return "pan";
    if (tool !== "choose") return tool === "measure" ? "measure" : "draw";
    if (handle) return "pull";
    if (!key || !this.editor.visible(key)) return touch ? "pan" : "marquee";
    return touch && !this.editor.chosen.has(key) ? "tap" : "carry";
  }

  move(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    this.fingers.set(event.pointerId, event);
    if (this.fingers.size === 2) {
      this.pinch(event, before);
      return;
    }
    const { drag } = this;
    if (!drag) return;
    drag.slipped ||= Math.hypot(event.clientX - drag.from.clientX, event.clientY - drag.from.clientY) > SLIP;
    if (drag.slipped) this[drag.mode]?.(event, before);
  }

  pinch(event, before) {
    const other = [...this.fingers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    const apart = (finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY);
    this.editor.view.zoom(apart(event) / Math.max(1, apart(before)), this.editor.view.at(event));
  }

  pan(event, before) {
    const { scale } = this.editor.view;
    this.editor.view.pan((before.clientX - event.clientX) * scale, (before.clientY - event.clientY) * scale);
  }

  tap() {}

  marquee(event) {
    this.drag.box = boxBetween(this.drag.at, this.editor.view.at(event));
    this.editor.view.guide({ box: this.drag.box });
  }

  snapping(event) {
    const { editor } = this;
    return { grid: editor.grid, aisle: editor.aisle, reach: editor.view.scale * 8, free: event.altKey };
  }

  get others() {
    const { editor } = this;
    const keys = this.drag.mode === "draw" || this.drag.mode === "measure" ? new Set() : editor.chosen;
    return [...editor.draft.things].filter(([key, one]) => !keys.has(key) && one.kind !== "zone").map(([, one]) => boxOf(one));
  }

  // What is drawn while the pointer moves; letting go makes a command of it.
  carry(event) {
    const { editor, drag } = this;
    if (!editor.chosen.has(drag.key)) editor.choose([drag.key]);
    const [x, y] = editor.view.at(event);
    const box = boxOf(...editor.chosenThings);
    const [dx, dy] = [x - drag.at[0], y - drag.at[1]];
    const snap = snapBox({ ...box, x: box.x + dx, y: box.y + dy }, this.others, this.snapping(event));
    drag.command = move(editor.draft.things, [...editor.chosen], dx + snap.dx, dy + snap.dy);
    editor.preview(drag.command);
    editor.view.guide({ guides: snap.guides });
  }

  pull(event) {
    const { editor, drag } = this;
    const from = boxOf(...editor.chosenThings);
    const { point: [x, y], guides } = snapPoint(editor.view.at(event), this.others, this.snapping(event));
    const [west, north, east, south] = [from.x, from.y, from.x + from.width, from.y + from.depth];
    const corner = [
      [drag.handle.includes("w") ? x : west, drag.handle.includes("n") ? y : north],
      [drag.handle.includes("e") ? x : east, drag.handle.includes("s") ? y : south],
    ];
    const to = boxBetween(...corner);
    if ((from.width && to.width < 0.5) || (from.depth && to.depth < 0.5)) return;
    const changes = [...editor.chosen].map((key) => ({ key, after: stretched(editor.draft.things.get(key), from, to) }));
    drag.command = { name: "resize", changes };
    editor.preview(drag.command);
    editor.view.guide({ guides });
    editor.tell("area", { width: to.width, depth: to.depth, area: Math.round(to.width * to.depth * 100) / 100 });
  }

  draw(event) {
    const { editor, drag } = this;
    const options = this.snapping(event);
    const [a, b] = [snapPoint(drag.at, this.others, options), snapPoint(editor.view.at(event), this.others, options)];
    drag.ends = [a.point, b.point];
    const box = boxBetween(a.point, b.point);
    editor.view.guide({ guides: b.guides, box });
    editor.tell("area", { width: box.width, depth: box.depth, area: Math.round(box.width * box.depth * 100) / 100 });
  }

  measure(event) {
    const { editor, drag } = this;
    const options = this.snapping(event);
    const points = [drag.at, editor.view.at(event)].map((at) => snapPoint(at, this.others, { ...options, grid: 0 }).point);
    const label = editor.say("measured", { length: lengthOf(points) });
    editor.view.guide({ points, label });
    editor.tell("measured", { length: lengthOf(points) });
  }

  up(event) {
    this.fingers.delete(event.pointerId);
    const { editor, drag } = this;
    this.drag = null;
    if (!drag) return;
    if (drag.mode !== "measure") editor.view.guide();
    editor.preview(null);
    if (event.type === "pointercancel") return;
    if (!drag.slipped) this.click(event, drag);
    else if (drag.mode === "draw" && drag.ends) editor.drawn(...drag.ends);
    else if (drag.mode === "marquee" && drag.box) editor.choose(within(editor.visibleThings, drag.box), event.shiftKey);
    else if (drag.command) editor.do(drag.command);
  }

  click(event, { key, at, mode }) {
    const { editor } = this;
    if (mode === "draw") editor.clicked(at);
    else if (["tap", "carry", "marquee"].includes(mode) || (mode === "pan" && event.button !== 1)) {
      if (key && editor.visible(key)) editor.choose([key], event.shiftKey, event.shiftKey && editor.chosen.has(key));
      else if (!event.shiftKey) editor.choose([]);
    }
  }

  cancel() {
    this.drag = null;
    this.editor.view.guide();
    this.editor.preview(null);
  }
}
