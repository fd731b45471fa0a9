// Shapes on a hall's floor, in metres, x to the east and y to the south. Nothing here knows a page.
// A thing is {kind, geometry, …}; its geometry is GeoJSON's Point, LineString or Polygon.

export const round = (value) => Math.round(value * 1000) / 1000 + 0;

// The corners of a polygon's outline, the points of a line, or the one point; no corner twice.
export const cornersOf = ({ geometry: { type, coordinates } }) => {
  if (type === "Point") return [coordinates];
  if (type === "LineString") return coordinates;
  const ring = coordinates[0];
  const [first, last] = [ring[0], ring.at(-1)];
  return ring.length > 1 && first[0] === last[0] && first[1] === last[1] ? ring.slice(0, -1) : ring;
};

const geometry = (type, points) => {
  const rounded = points.map(([x, y]) => [round(x), round(y)]);
  if (type === "Point") return { type, coordinates: rounded[0] };
  if (type === "LineString") return { type, coordinates: rounded };
  return { type, coordinates: [[...rounded, rounded[0]]] };
};

export const withCorners = (thing, points) => ({ ...thing, geometry: geometry(thing.geometry.type, points) });

// Every point of a thing, holes too, sent through a function.
export const mapped = (thing, each) => {
  const { type, coordinates } = thing.geometry;
  if (type !== "Polygon") return withCorners(thing, cornersOf(thing).map(each));
  const rings = coordinates.map((ring) => ring.map(each).map(([x, y]) => [round(x), round(y)]));
  return { ...thing, geometry: { type, coordinates: rings } };
};

export const rectangle = (x, y, width, depth) =>
  geometry("Polygon", [[x, y], [x + width, y], [x + width, y + depth], [x, y + depth]]);

export const line = (...points) => geometry("LineString", points);
export const dot = (x, y) => geometry("Point", [[x, y]]);

// The rectangle around one thing or several.
export const boxOf = (...things) => {
  const points = things.flatMap(cornersOf);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: round(Math.max(...xs) - x), depth: round(Math.max(...ys) - y) };
};

export const middleOf = ({ x, y, width, depth }) => [x + width / 2, y + depth / 2];

const signed = (ring) =>
  ring.reduce((sum, [x, y], at) => {
    const [u, v] = ring[(at + 1) % ring.length];
    return sum + x * v - u * y;
  }, 0) / 2;

// The area of a polygon without its holes, in square metres.
export const areaOf = (thing) => {
  if (thing.geometry.type !== "Polygon") return 0;
  const [outer, ...holes] = thing.geometry.coordinates.map((ring) => Math.abs(signed(ring)));
  return round(outer - holes.reduce((sum, hole) => sum + hole, 0));
};

export const isRectangle = (thing) => {
  const { x, y, width, depth } = boxOf(thing);
  return thing.geometry.type === "Polygon" && cornersOf(thing).length === 4 && round(width * depth) === areaOf(thing)
    && cornersOf(thing).every(([u, v]) => (u === x || u === round(x + width)) && (v === y || v === round(y + depth)));
};

export const moved = (thing, dx, dy) => mapped(thing, ([x, y]) => [x + dx, y + dy]);

// Turned clockwise about a point.
export const turned = (thing, degrees, [cx, cy]) => {
  const quarter = degrees / 90;
  const exact = Number.isInteger(quarter) ? ((quarter % 4) + 4) % 4 : null;
  const cos = exact === null ? Math.cos((degrees * Math.PI) / 180) : [1, 0, -1, 0][exact];
  const sin = exact === null ? Math.sin((degrees * Math.PI) / 180) : [0, 1, 0, -1][exact];
  return mapped(thing, ([x, y]) => [cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos]);
};

// From the rectangle around it to another one.
export const stretched = (thing, from, to) => {
  const across = from.width ? to.width / from.width : 1;
  const down = from.depth ? to.depth / from.depth : 1;
  return mapped(thing, ([x, y]) => [to.x + (x - from.x) * across, to.y + (y - from.y) * down]);
};

export const distance = ([x, y], [u, v]) => Math.hypot(u - x, v - y);

const toSegment = ([x, y], [ax, ay], [bx, by]) => {
  const long = (bx - ax) ** 2 + (by - ay) ** 2;
  const share = long ? Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / long)) : 0;
  return Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay));
};

const inside = ([x, y], ring) => {
  let within = false;
  ring.forEach(([ax, ay], at) => {
    const [bx, by] = ring[(at + 1) % ring.length];
    if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) within = !within;
  });
  return within;
};

// Whether a thing is at a point, or a line or a dot within reach of it.
export const covers = (thing, point, reach = 0) => {
  const { type, coordinates } = thing.geometry;
  if (type === "Point") return distance(coordinates, point) <= reach;
  if (type === "LineString") return coordinates.slice(1).some((end, at) => toSegment(point, coordinates[at], end) <= reach);
  const [outer, ...holes] = coordinates;
  return inside(point, outer) && !holes.some((hole) => inside(point, hole));
};

// What lies beneath others is found last: stands and doors before lounges, those before aisles and zones.
const DEPTHS = { zone: 0, aisle: 1, closed: 2, stand: 4, entrance: 5, exit: 5, utility: 6 };
export const depthOf = (thing) => DEPTHS[thing.kind] ?? 3;
export const inOrder = (things) => [...things].sort(([, a], [, b]) => depthOf(a) - depthOf(b));

// The key of what is at a point; the smaller one of two.
export const hit = (things, point, reach = 0) => {
  const found = inOrder(things).filter(([, thing]) => covers(thing, point, reach));
  const top = found.at(-1);
  if (!top) return null;
  const alike = found.filter(([, thing]) => depthOf(thing) === depthOf(top[1]));
  return alike.sort(([, a], [, b]) => areaOf(a) - areaOf(b))[0][0];
};

// The keys of what lies whole within a rectangle.
export const within = (things, box) =>
  [...things].filter(([, thing]) => {
    const one = boxOf(thing);
    return one.x >= box.x && one.y >= box.y && one.x + one.width <= box.x + box.width
      && one.y + one.depth <= box.y + box.depth;
  }).map(([key]) => key);

export const boxBetween = ([x, y], [u, v]) => ({
  x: Math.min(x, u), y: Math.min(y, v), width: round(Math.abs(u - x)), depth: round(Math.abs(v - y)),
});
