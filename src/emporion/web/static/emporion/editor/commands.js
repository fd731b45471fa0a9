// What people do to a plan, each as a command: {name, changes: [{key, after}]}. Things are a Map by key.
import {
  areaOf, boxOf, isRectangle, middleOf, moved, rectangle, round, stretched, turned,
} from "./shapes.js";

export const LEAST_SIDE = 0.5;

const command = (name, changes) => ({ name, changes });
const chosen = (things, keys) => keys.filter((key) => things.has(key)).map((key) => [key, things.get(key)]);
const each = (name, things, keys, change) =>
  command(name, chosen(things, keys).map(([key, thing]) => ({ key, after: change(thing, key) })));
const boxAround = (things, keys) => boxOf(...chosen(things, keys).map(([, thing]) => thing));

export const move = (things, keys, dx, dy) => each("move", things, keys, (thing) => moved(thing, dx, dy));

// To another rectangle: one thing or several together.
export const fit = (things, keys, to) => {
  const from = boxAround(things, keys);
  const size = { ...from, ...to };
  const wide = { ...size, width: Math.max(size.width, from.width ? LEAST_SIDE : 0), depth: Math.max(size.depth, from.depth ? LEAST_SIDE : 0) };
  const same = wide.width === from.width && wide.depth === from.depth;
  return each(same ? "move" : "resize", things, keys, (thing) => stretched(thing, from, wide));
};

export const rotate = (things, keys, degrees = 90) => {
  const box = boxAround(things, keys);
  // The north-west corner stays where it is, so that what was on the grid stays on it.
  const turn = chosen(things, keys).map(([key, thing]) => [key, turned(thing, degrees, middleOf(box))]);
  const after = boxOf(...turn.map(([, thing]) => thing));
  return command("rotate", turn.map(([key, thing]) => ({ key, after: moved(thing, box.x - after.x, box.y - after.y) })));
};

export const set = (things, keys, fields) => each("set", things, keys, (thing) => ({ ...thing, ...fields }));

export const lock = (things, keys, locked) => {
  const stands = keys.filter((key) => things.get(key)?.kind === "stand");
  return { ...set(things, stands, { locked }), name: locked ? "lock" : "unlock" };
};

export const remove = (things, keys) =>
  command("delete", chosen(things, keys).map(([key]) => ({ key, after: null })));

// The number after one: its last figures counted on, as many as they were; with none, 2 is put behind it.
export const numberAfter = (number) => {
  const [, head, tail] = /^(.*?)(\d*)$/s.exec(number);
  if (!tail) return `${head}2`;
  return head + String(Number(tail) + 1).padStart(tail.length, "0");
};

export const freeNumber = (number, taken) => {
  let found = number;
  while (taken.has(found)) found = numberAfter(found);
  return found;
};

export const numbersOf = (things) =>
  new Set([...things.values()].filter((one) => one.kind === "stand").map((one) => one.number));

export const copy = (things, originals, dx, dy, newKey) => {
  const taken = numbersOf(things);
  return command("copy", originals.map((original) => {
    const after = moved(original, dx, dy);
    if (after.kind !== "stand") return { key: newKey(), after };
    const number = freeNumber(numberAfter(after.number), taken);
    taken.add(number);
    return { key: newKey(), after: { ...after, number, locked: false, placed: [] } };
  }));
};

export const draw = (things, thing, newKey) => command("draw", [{ key: newKey(), after: thing }]);

// A new stand beside the others: its number follows the greatest of the hall.
export const newStand = (things, geometry, { hall, area, stand = "standard" }) => {
  const numbers = [...numbersOf(things)].filter((number) => number.startsWith(`${hall}-`)).sort();
  const number = freeNumber(numbers.length ? numberAfter(numbers.at(-1)) : `${hall}-A001`, numbersOf(things));
  return { kind: "stand", geometry, number, stand, area, locked: false, placed: [] };
};

const EDGES = {
  west: (one, all) => [all.x - one.x, 0],
  east: (one, all) => [all.x + all.width - one.x - one.width, 0],
  north: (one, all) => [0, all.y - one.y],
  south: (one, all) => [0, all.y + all.depth - one.y - one.depth],
  centre: (one, all) => [all.x + all.width / 2 - one.x - one.width / 2, 0],
  middle: (one, all) => [0, all.y + all.depth / 2 - one.y - one.depth / 2],
};

export const align = (things, keys, edge) => {
  const all = boxAround(things, keys);
  return each("align", things, keys, (thing) => moved(thing, ...EDGES[edge](boxOf(thing), all)));
};

// The same space between each two neighbours; the outermost stay.
export const distribute = (things, keys, axis) => {
  const size = axis === "x" ? "width" : "depth";
  const row = chosen(things, keys).map(([key, thing]) => ({ key, thing, box: boxOf(thing) })).sort((a, b) => a.box[axis] - b.box[axis]);
  const all = boxAround(things, keys);
  const space = (all[size] - row.reduce((sum, { box }) => sum + box[size], 0)) / Math.max(1, row.length - 1);
  let at = all[axis];
  return command("align", row.map(({ key, thing, box }) => {
    const by = at - box[axis];
    at += box[size] + space;
    return { key, after: axis === "x" ? moved(thing, by, 0) : moved(thing, 0, by) };
  }));
};

// In the order in which they stand: rows from the north, each from the west; rows are as deep as their first stand.
export const inRows = (things, keys) => {
  const left = chosen(things, keys).filter(([, thing]) => thing.kind === "stand").map(([key, thing]) => ({ key, box: boxOf(thing) }))
    .sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x);
  const order = [];
  while (left.length) {
    const first = left[0];
    const row = left.filter(({ box }) => box.y < first.box.y + first.box.depth / 2).sort((a, b) => a.box.x - b.box.x);
    order.push(...row.map(({ key }) => key));
    row.forEach((one) => left.splice(left.indexOf(one), 1));
  }
  return order;
};

// Numbers in sequence; what other stands have is passed over.
export const number = (things, keys, first) => {
  const order = inRows(things, keys);
  const others = new Map([...things].filter(([key]) => !order.includes(key)));
  const taken = numbersOf(others);
  let next = first;
  return command("number", order.map((key) => {
    const given = freeNumber(next, taken);
    taken.add(given);
    next = numberAfter(given);
    return { key, after: { ...things.get(key), number: given } };
  }));
};

// Cut a rectangle in two; the western or northern part keeps key and number. None where the cut lies outside.
export const split = (things, key, metres, across, newKey) => {
  const thing = things.get(key);
  const { x, y, width, depth } = boxOf(thing);
  const whole = across ? width : depth;
  if (!isRectangle(thing) || metres < LEAST_SIDE || whole - metres < LEAST_SIDE) return null;
  const parts = across
    ? [rectangle(x, y, metres, depth), rectangle(x + metres, y, width - metres, depth)]
    : [rectangle(x, y, width, metres), rectangle(x, y + metres, width, depth - metres)];
  const second = { ...thing, geometry: parts[1] };
  if (thing.kind === "stand") {
    const letters = [..."BCDEFGHJKLMNPQRSTUVWXYZ"].map((letter) => thing.number + letter);
    second.number = letters.find((one) => !numbersOf(things).has(one)) ?? freeNumber(thing.number, numbersOf(things));
    second.placed = [];
    second.locked = false;
  }
  return command("split", [{ key, after: { ...thing, geometry: parts[0] } }, { key: newKey(), after: second }]);
};

// Join stands that make one rectangle; the number kept is the lowest, the highest or the largest stand's. None else.
export const merge = (things, keys, survivor = "lowest", taken = () => false) => {
  const stands = chosen(things, keys).filter(([, thing]) => thing.kind === "stand");
  if (stands.length < 2 || !stands.every(([, thing]) => isRectangle(thing))) return null;
  const all = boxAround(things, stands.map(([key]) => key));
  const covered = stands.reduce((sum, [, thing]) => sum + areaOf(thing), 0);
  if (Math.abs(covered - all.width * all.depth) > 0.01) return null;
  const byNumber = [...stands].sort(([, a], [, b]) => (a.number < b.number ? -1 : 1));
  const largest = [...byNumber].sort(([, a], [, b]) => areaOf(b) - areaOf(a))[0];
  const [, named] = survivor === "largest" ? largest : survivor === "highest" ? byNumber.at(-1) : byNumber[0];
  // Who stands on one of them stays: that stand grows, and takes the number that survives.
  const [keptKey, kept] = stands.find(([key]) => taken(key)) ?? stands.find(([, one]) => one.number === named.number);
  const placed = stands.flatMap(([, thing]) => thing.placed);
  const after = { ...kept, number: named.number, geometry: rectangle(all.x, all.y, all.width, all.depth), placed };
  const gone = stands.filter(([key]) => key !== keptKey).map(([key]) => ({ key, after: null }));
  return command("merge", [{ key: keptKey, after }, ...gone]);
};

export const place = (things, key, exhibitor) =>
  command("place", [{ key, after: { ...things.get(key), placed: [...things.get(key).placed, exhibitor] } }]);

export const unplace = (things, key, exhibitor) =>
  command("unplace", [{ key, after: { ...things.get(key), placed: things.get(key).placed.filter((one) => one !== exhibitor) } }]);

// Length along a line of points, in metres.
export const lengthOf = (points) =>
  round(points.slice(1).reduce((sum, [x, y], at) => sum + Math.hypot(x - points[at][0], y - points[at][1]), 0));

