// Where the reader looks: a rectangle of the floor, in metres. Pure: values in, values out.

// How many times closer than the whole hall one can come.
export const CLOSEST = 20;

// The whole hall with a margin, in a window that is `tall` times as high as it is wide.
export const whole = (hall, tall, margin = 2) => {
  const width = hall.width + 2 * margin;
  const height = hall.depth + 2 * margin;
  return bounded({ x: -margin, y: -margin, width: Math.max(width, height / tall), tall }, hall, margin);
};

// The same view held over the hall: no closer, wider or further away than makes sense.
export const bounded = (view, hall, margin = 2) => {
  const home = { x: -margin, y: -margin, width: hall.width + 2 * margin, height: hall.depth + 2 * margin };
  const widest = Math.max(home.width, home.height / view.tall);
  const width = Math.min(widest, Math.max(widest / CLOSEST, view.width));
  const height = width * view.tall;
  return {
    x: within(view.x, width, home.x, home.width),
    y: within(view.y, height, home.y, home.height),
    width,
    height,
    tall: view.tall,
  };
};

// An edge so that the view stays over the hall, or has the hall in its middle where the view is larger.
export const within = (edge, size, start, total) =>
  size >= total ? start - (size - total) / 2 : Math.min(start + total - size, Math.max(start, edge));

// Closer by a factor; the point stays where it is on the screen.
export const zoomed = (view, factor, point, hall) => {
  const next = bounded({ ...view, width: view.width / factor }, hall);
  const by = next.width / view.width;
  return bounded({ ...next, x: point.x - (point.x - view.x) * by, y: point.y - (point.y - view.y) * by }, hall);
};

export const moved = (view, x, y, hall) => bounded({ ...view, x: view.x + x, y: view.y + y }, hall);

// A box in the middle of the view, with room around it.
export const around = (view, box, hall, width = hall.width / 4) => {
  const next = bounded({ ...view, width: Math.max(width, box.width * 3, (box.depth * 3) / view.tall) }, hall);
  const x = box.x + box.width / 2 - next.width / 2;
  const y = box.y + box.depth / 2 - next.height / 2;
  return bounded({ ...next, x, y }, hall);
};

// About how wide a text is in type of this size: a Chinese character is as wide as its type is high.
export const textWidth = (text, size) => {
  let width = 0;
  for (const letter of text) width += letter.codePointAt(0) > 0x2e80 ? 1 : 0.58;
  return width * size;
};

// The longest beginning of a text that fits a width; empty when not even four letters do.
export const fitted = (text, width, size) => {
  if (textWidth(text, size) <= width) return text;
  const letters = [...text];
  while (letters.length > 4) {
    letters.pop();
    const short = `${letters.join("").trimEnd()}…`;
    if (textWidth(short, size) <= width) return short;
  }
  return "";
};
