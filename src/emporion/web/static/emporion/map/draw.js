// A hall as SVG. Stands are drawn once; their labels only where they are in view and fit.
import { fitted, textWidth } from "./view.js";

const SVG = "http://www.w3.org/2000/svg";
const TYPE = 11;

const make = (name, attributes, parent) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent?.append(element);
  return element;
};

export const shortNumber = (number) => number.slice(number.lastIndexOf("-") + 1);

// Draw a hall into an <svg>; gives what the page moves: the shapes of stands, and how to write labels for a view.
export const draw = (svg, hall, data) => {
  svg.replaceChildren();
  make("path", { class: "wall", d: hall.outline }, svg);
  for (const [tint, ground] of hall.zones) make("path", { class: `ground zone-${tint}`, d: ground }, svg);
  make("path", { class: "column", d: hall.built, "fill-rule": "evenodd" }, svg);
  for (const [outline] of hall.places) make("path", { class: "spot", d: outline }, svg);
  const shapes = hall.stands.map((stand, position) => drawStand(svg, stand, position));
  const doors = hall.doors.map(([x, y, kind, name]) => drawDoor(svg, x, y, kind, name));
  const way = make("path", { class: "way", d: "" }, svg);
  const text = make("g", { class: "names" }, svg);
  const letter = (view, pixels, near, chosen) => {
    const metres = view.width / pixels;
    for (const door of doors) door.setAttribute("r", 6 * metres);
    text.replaceChildren(...names(hall, data, view, TYPE * metres, near, chosen));
  };
  return { shapes, way, letter };
};

const drawStand = (svg, stand, position) => {
  const [, x, y, width, height, tint, marks, , outline] = stand;
  const look = `stand ${marks & 1 ? "special" : "standard"}${marks & 2 ? " granted" : ""} zone-${tint}`;
  const place = outline ? { d: outline } : { x, y, width, height };
  return make(outline ? "path" : "rect", { class: look, "data-stand": position, ...place }, svg);
};

const drawDoor = (svg, cx, cy, kind, name) => {
  const mark = make("circle", { class: kind, cx, cy, r: 1.5 }, svg);
  make("title", {}, mark).textContent = name;
  return mark;
};

// The texts of a view: areas from afar, numbers and then names of exhibitors from near.
const names = (hall, data, view, type, near, chosen) => {
  const areas = near ? [] : hall.zones.map(([tint, , x, y]) => areaName(data.areas[tint], tint, x, y, 1.35 * type, hall));
  const written = areas.map(({ element }) => element);
  if (near) {
    for (const [, label, x, y] of hall.places) if (inView(view, x, y)) written.push(text("spotname", x, y, type, label));
  }
  hall.stands.forEach((stand, position) => {
    const [, x, y, width, depth] = stand;
    const under = ({ x: across, y: down, half }) =>
      Math.abs(across - x - width / 2) < half + width / 2 && Math.abs(down - y - depth / 2) < depth / 2 + type;
    if (!inView(view, x, y, width, depth) || areas.some(under)) return;
    written.push(...standNames(stand, data, type, position === chosen ? " on" : ""));
  });
  return written;
};

const inView = (view, x, y, width = 0, depth = 0) =>
  x + width > view.x && x < view.x + view.width && y + depth > view.y && y < view.y + view.height;

const text = (look, x, y, size, content) => {
  const element = make("text", { class: look, x, y, "font-size": size.toFixed(3) });
  element.textContent = content;
  return element;
};

// An area's name stays inside the hall.
const areaName = (name, tint, x, y, size, hall) => {
  const half = textWidth(name, size) / 2;
  const place = Math.min(hall.width - half - 1, Math.max(half + 1, x));
  return { element: text(`zonename zone-${tint}`, place, y, size, name), x: place, y, half };
};

const standNames = ([number, x, y, width, depth, , , , , holders], data, type, look) => {
  const room = width * 0.88;
  const label = shortNumber(number);
  if (type > depth || textWidth(label, type) > room) return [];
  const name = holders.length && depth >= 2.6 * type ? fitted(data.exhibitors[holders[0]][1], room, type) : "";
  const [middle, centre] = [x + width / 2, y + depth / 2];
  const shown = [text(`label${look}`, middle, name ? centre - 0.65 * type : centre, type, label)];
  return name ? [...shown, text(`who${look}`, middle, centre + 0.65 * type, type, name)] : shown;
};
