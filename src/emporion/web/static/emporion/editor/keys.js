// What a key means on the plan. Steps are in grid steps; free: nothing snaps.
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const WITH_CONTROL = { z: "undo", y: "redo", c: "copy", v: "paste", d: "duplicate", a: "all" };
const ALONE = {
  Delete: "delete", Backspace: "delete", Escape: "escape", "+": "closer", "=": "closer", "-": "farther", 0: "whole",
  r: "rotate", l: "lock", n: "next", p: "previous", "?": "help",
};

export const FINE = 0.1;

export const meaning = ({ key, ctrlKey = false, metaKey = false, shiftKey = false, altKey = false }) => {
  if (key in ARROWS) {
    if (ctrlKey || metaKey) return null;
    const size = altKey ? FINE : shiftKey ? 10 : 1;
    const [x, y] = ARROWS[key];
    return { name: "step", x: x * size + 0, y: y * size + 0, free: altKey };
  }
  if (ctrlKey || metaKey) {
    const name = WITH_CONTROL[key.toLowerCase()];
    if (!name || altKey) return null;
    return { name: name === "undo" && shiftKey ? "redo" : name };
  }
  if (altKey) return null;
  const name = ALONE[key.length === 1 ? key.toLowerCase() : key];
  return name ? { name } : null;
};
