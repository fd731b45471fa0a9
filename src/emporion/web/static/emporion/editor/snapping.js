// Where something comes to lie when it is let go near edges, an aisle's width from another, or lines of the grid.
import { round } from "./shapes.js";

const overlaps = (a, b, axis) => {
  const [from, size] = axis === "x" ? ["y", "depth"] : ["x", "width"];
  return a[from] < b[from] + b[size] && b[from] < a[from] + a[size];
};

// By how much each edge of a box would have to go to lie in line with edges of others, and an aisle away from those
// that it faces.
const offers = (box, others, axis, aisle) => {
  const size = axis === "x" ? "width" : "depth";
  const [low, high] = [box[axis], box[axis] + box[size]];
  return others.flatMap((other) => {
    const edges = [other[axis], other[axis] + other[size]];
    const inLine = edges.flatMap((edge) => [low, high].map((own) => ({ by: edge - own, at: edge })));
    if (!aisle || !overlaps(box, other, axis)) return inLine;
    return [...inLine, { by: edges[1] + aisle - low, at: edges[1] + aisle }, { by: edges[0] - aisle - high, at: edges[0] - aisle }];
  });
};

const nearest = (found, reach) =>
  found.filter(({ by }) => Math.abs(by) <= reach).sort((a, b) => Math.abs(a.by) - Math.abs(b.by))[0];

const toGrid = (value, grid) => (grid ? Math.round(value / grid) * grid - value : 0);

// By how much a box that is being moved goes on so that it snaps, and the lines to which it did.
// Options: grid and aisle in metres, reach: how near an edge must be; free: nothing snaps.
export const snapBox = (box, others, { grid = 0, aisle = 0, reach = 0.5, free = false } = {}) => {
  if (free) return { dx: 0, dy: 0, guides: [] };
  const guides = [];
  const [dx, dy] = ["x", "y"].map((axis) => {
    const found = nearest(offers(box, others, axis, aisle), reach);
    if (found) guides.push({ axis, at: round(found.at) });
    return round(found ? found.by : toGrid(box[axis], grid));
  });
  return { dx, dy, guides };
};

// The same for one corner that is being drawn or pulled.
export const snapPoint = ([x, y], others, options = {}) => {
  const { dx, dy, guides } = snapBox({ x, y, width: 0, depth: 0 }, others, { ...options, aisle: 0 });
  return { point: [round(x + dx), round(y + dy)], guides };
};
