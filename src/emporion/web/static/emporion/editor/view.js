// The plan as SVG: what is drawn, what is chosen, what snaps; and from the pointer to metres.
import { boxOf, inOrder, middleOf } from "./shapes.js";

const SVG = "http://www.w3.org/2000/svg";
const HANDLES = { nw: [0, 0], n: [0.5, 0], ne: [1, 0], e: [1, 0.5], se: [1, 1], s: [0.5, 1], sw: [0, 1], w: [0, 0.5] };

const element = (name, attributes, ...children) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const ringPath = (ring, close) => `M${ring.map(([x, y]) => `${x} ${y}`).join("L")}${close ? "z" : ""}`;
export const pathOf = ({ type, coordinates }) => {
  if (type === "Point") return `M${coordinates[0] - 0.3} ${coordinates[1] - 0.3}h0.6v0.6h-0.6z`;
  return type === "LineString" ? ringPath(coordinates, false) : coordinates.map((ring) => ringPath(ring, true)).join("");
};

const shortNumber = (number) => number.slice(number.lastIndexOf("-") + 1);

export class View {
  constructor(svg, words) {
    this.svg = svg;
    this.words = words;
    for (const name of ["floor", "things", "marks", "over"]) {
      this[name] = element("g", { class: name });
      svg.append(this[name]);
    }
  }

  // The hall with a margin, or a part of it.
  show({ x, y, width, depth }) {
    this.box = { x, y, width, depth };
    this.svg.setAttribute("viewBox", `${x} ${y} ${width} ${depth}`);
    this.handles();
  }

  whole(outline) {
    const { x, y, width, depth } = boxOf({ geometry: outline });
    this.home = { x: x - 2, y: y - 2, width: width + 4, depth: depth + 4 };
    this.show(this.home);
  }

  // Metres to one pixel.
  get scale() {
    const { width, height } = this.svg.getBoundingClientRect();
    return Math.max(this.box.width / width, this.box.depth / height) || 0.1;
  }

  at({ clientX, clientY }) {
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return [x, y];
  }

  zoom(factor, [x, y] = middleOf(this.box)) {
    const by = Math.min(Math.max(1 / factor, 3 / this.box.width), (this.home.width * 2) / this.box.width);
    this.show({
      x: x - (x - this.box.x) * by, y: y - (y - this.box.y) * by, width: this.box.width * by, depth: this.box.depth * by,
    });
  }

  pan(dx, dy) {
    this.show({ ...this.box, x: this.box.x + dx, y: this.box.y + dy });
  }

  centre([x, y]) {
    const { width, depth } = this.box;
    this.show({ x: x - width / 2, y: y - depth / 2, width, depth });
  }

  drawFloor(outline, aisles) {
    const paths = aisles.map((one) => element("path", { class: "aisle allocated", d: pathOf(one) }));
    this.floor.replaceChildren(element("path", { class: "outline", d: pathOf(outline) }), ...paths);
  }

  draw(things, { chosen, facts, tints, faults, preview = new Map() }) {
    const shown = inOrder([...things].map(([key, thing]) => [key, preview.get(key) ?? thing]));
    this.things.replaceChildren(...shown.map(([key, thing]) => this.one(key, thing, { chosen, facts, tints, faults })));
    this.chosen = shown.filter(([key]) => chosen.has(key)).map(([, thing]) => thing);
    this.handles();
  }

  one(key, thing, { chosen, facts, tints, faults }) {
    const classes = ["thing", thing.kind, ...this.state(key, thing, facts)];
    if (tints[thing.area]) classes.push(`zone-${tints[thing.area]}`);
    if (chosen.has(key)) classes.push("chosen");
    if (faults.has(key)) classes.push(faults.get(key));
    const attributes = { d: pathOf(thing.geometry) };
    if (thing.kind === "aisle" && thing.width_m && thing.geometry.type === "LineString") attributes["stroke-width"] = thing.width_m;
    const group = element("g", { class: classes.join(" "), "data-key": key }, element("path", attributes));
    const label = thing.kind === "stand" ? shortNumber(thing.number) : thing.name || "";
    if (label) group.append(this.label(thing, label));
    return group;
  }

  state(key, thing, facts) {
    if (thing.kind !== "stand") return [];
    const taken = facts[key]?.exhibitors.length ? "taken" : thing.placed.length ? "placed" : "free";
    return [taken, thing.locked ? "locked" : "", `${thing.stand}-stand`].filter(Boolean);
  }

  label(thing, label) {
    const box = boxOf(thing);
    const [x, y] = middleOf(box);
    const size = Math.min(1.4, box.width / Math.max(label.length * 0.65, 1), box.depth * 0.6 || 0.8);
    return element("text", { x, y, "font-size": size.toFixed(2) }, label + (thing.locked ? " ⚿" : ""));
  }

  mark(findings) {
    const size = Math.max(this.home.width, this.home.depth) / 90;
    this.marks.replaceChildren(...findings.map(({ at: [x, y], severity }, number) =>
      element("g", { class: `mark ${severity}` }, element("circle", { cx: x, cy: y, r: size }),
        element("text", { x, y, "font-size": size * 1.2 }, String(number + 1)))));
  }

  // Squares at the edges of what is chosen, to pull at, as large on the screen at each zoom; wider for fingers.
  handles() {
    for (const old of this.over.querySelectorAll(".handle")) old.remove();
    if (!this.chosen?.length || !this.chosen.every(({ geometry }) => geometry.type !== "Point")) return;
    const box = boxOf(...this.chosen);
    const size = this.scale * (matchMedia("(pointer: coarse)").matches ? 22 : 9);
    for (const [name, [across, down]] of Object.entries(HANDLES)) {
      const [x, y] = [box.x + box.width * across - size / 2, box.y + box.depth * down - size / 2];
      this.over.append(element("rect", { class: `handle ${name}`, "data-handle": name, x, y, width: size, height: size }));
    }
  }

  // Lines to which something snaps, the marquee, the tape: drawn anew at every move.
  guide({ guides = [], box = null, points = null, label = "" } = {}) {
    for (const old of this.over.querySelectorAll(".guide, .marquee, .tape")) old.remove();
    const { x, y, width, depth } = this.home;
    for (const { axis, at } of guides) {
      const d = axis === "x" ? `M${at} ${y}v${depth}` : `M${x} ${at}h${width}`;
      this.over.append(element("path", { class: "guide", d }));
    }
    if (box) this.over.append(element("rect", { class: "marquee", x: box.x, y: box.y, width: box.width, height: box.depth }));
    if (points) {
      const [u, v] = points.at(-1);
      this.over.append(element("g", { class: "tape" }, element("path", { d: ringPath(points, false) }),
        element("text", { x: u, y: v, dy: -this.scale * 12, "font-size": this.scale * 14 }, label)));
    }
  }
}

