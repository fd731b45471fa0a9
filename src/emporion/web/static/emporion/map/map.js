// The map of the fair: one hall at a time, searched, narrowed and moved without asking the server again.
import { draw } from "./draw.js";
import { filtered, indexed, matching } from "./find.js";
import { around, bounded, moved, whole, zoomed } from "./view.js";

const root = document.getElementById("fair-map");
const svg = root.querySelector("svg");
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const [field, results, said, tabs, card, filters, zoom] = ["search", "results", "said", "halls", "card", "filters", "zoom"].map(part);
const labels = JSON.parse(document.getElementById("map-labels").textContent);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const state = { hall: 0, chosen: null, lit: new Set(), mine: {}, ways: null, view: null };
let data, entries, drawn;

const hall = () => data.halls[state.hall];
const stand = ({ hall: place, stand: position }) => data.halls[place].stands[position];
const box = ([, x, y, width, depth]) => ({ x, y, width, depth });

// ----- looking -----

let waiting = false;
const look = (view, settled = true) => {
  state.view = view;
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    const { x, y, width, height } = state.view;
    svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    if (settled) letterSoon();
  });
};

// Labels are written when the plan rests: while it moves they move along.
let resting;
const letterSoon = () => {
  clearTimeout(resting);
  resting = setTimeout(letter, 80);
};
const letter = () => {
  const near = state.view.width < (hall().width + 4) / 2.2;
  const chosen = state.chosen?.hall === state.hall ? state.chosen.stand : -1;
  drawn.letter(state.view, svg.clientWidth, near, chosen);
};

const tall = () => Math.max(0.2, svg.clientHeight / Math.max(1, svg.clientWidth));

const show = (place, view) => {
  state.hall = place;
  drawn = draw(svg, hall(), data);
  svg.setAttribute("aria-label", fill(labels.plan, { hall: hall().code }));
  for (const tab of tabs.querySelectorAll("button")) tab.setAttribute("aria-pressed", String(Number(tab.value) === place));
  part("list").href = tabs.querySelector(`button[value="${place}"]`).dataset.href;
  part("list").hidden = false;
  state.view = view ?? whole(hall(), tall());
  look(state.view);
  letter();
  light();
  drawWay();
};

const light = () => {
  svg.classList.toggle("narrowed", state.lit.size > 0);
  drawn.shapes.forEach((shape, position) => {
    shape.classList.toggle("lit", state.lit.has(`${state.hall}:${position}`));
    const chosen = state.chosen && state.chosen.hall === state.hall && state.chosen.stand === position;
    shape.classList.toggle("chosen", Boolean(chosen));
  });
};

// ----- choosing a stand -----

const address = (pattern, values) => fill(pattern.replace("NUMBER", "{number}").replace("HALL", "{hall}"), values);

const choose = (place, { centre = true, move = false } = {}) => {
  state.chosen = place;
  const chosen = stand(place);
  if (place.hall !== state.hall) show(place.hall);
  look(centre ? around(state.view, box(chosen), hall()) : state.view);
  light();
  card.replaceChildren(...described(place, chosen));
  card.hidden = false;
  history.replaceState(null, "", `#${encodeURIComponent(chosen[0])}`);
  if (!move) return;
  part("drawing").scrollIntoView({ block: "start" });
  card.focus({ preventScroll: true });
};

const described = (place, chosen) => {
  const [number, , , , , tint, marks, area, , holders] = chosen;
  const title = document.createElement("h2");
  const link = document.createElement("a");
  link.href = address(data.stand, { hall: data.halls[place.hall].code, number });
  link.textContent = fill(labels.stand, { number });
  title.append(link);
  const facts = document.createElement("p");
  facts.className = "small muted figure";
  const words = [data.areas[tint], marks & 1 ? labels.special : labels.standard, `${area} m²`];
  facts.textContent = [...words, ...(marks & 2 ? [labels.free] : [])].join(" · ");
  const list = document.createElement("ul");
  list.className = "lines";
  for (const row of holders) list.append(holder(data.exhibitors[row]));
  if (!holders.length) list.append(Object.assign(document.createElement("li"), { textContent: labels.nobody }));
  const buttons = document.createElement("div");
  buttons.className = "buttons";
  for (const end of ["from", "to"]) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: labels[end] });
    button.addEventListener("click", () => {
      part(end).value = number;
      part("way").open = true;
      if (part("from").value && part("to").value) walk();
    });
    buttons.append(button);
  }
  return [title, facts, list, buttons];
};

const holder = ([number, name, , country]) => {
  const line = document.createElement("li");
  const link = document.createElement("a");
  link.href = address(data.exhibitor, { number });
  link.textContent = name;
  line.append(link);
  const meetings = (state.mine.meetings ?? []).filter((one) => one.exhibitor === number).map((one) => one.at);
  const more = [data.countries[country], meetings.length ? fill(labels.meeting, { at: meetings.join(", ") }) : ""];
  const detail = more.filter(Boolean).join(" · ");
  if (detail) line.append(Object.assign(document.createElement("span"), { className: "small muted", textContent: ` ${detail}` }));
  return line;
};

// ----- searching -----

const listed = (found) => {
  results.replaceChildren(
    ...found.map((entry) => {
      const line = document.createElement("li");
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: entry.label });
      const where = [entry.detail, stand(entry)[0]].filter((text) => text && text !== entry.label);
      button.append(Object.assign(document.createElement("span"), { className: "small muted", textContent: where.join(" · ") }));
      button.addEventListener("click", () => choose(entry, { move: true }));
      line.append(button);
      return line;
    }),
  );
};

const search = () => {
  const text = field.value;
  const found = matching(entries, text);
  answer(text, found);
  clearTimeout(search.later);
  if (text.trim().length > 1) search.later = setTimeout(() => ask(text, found), 250);
};

const answer = (text, found) => {
  listed(found);
  state.lit = text.trim() ? new Set(found.map((entry) => `${entry.hall}:${entry.stand}`)) : narrowed();
  said.textContent = text.trim() ? fill(found.length ? labels.found : labels.none, { n: found.length }) : "";
  count();
  light();
};

// The server knows more: pinyin and initials, and every product. Without a network what is here must do.
const ask = async (text, found) => {
  try {
    const response = await fetch(`${root.dataset.find}?q=${encodeURIComponent(text.trim())}`);
    if (!response.ok || field.value !== text) return;
    const { exhibitors, products } = await response.json();
    const known = new Set(found.map((entry) => entry.exhibitor));
    const goods = new Map(products.map(({ exhibitor, name }) => [exhibitor, name]));
    const wanted = new Set([...exhibitors, ...goods.keys()]);
    const more = entries.filter((entry) => wanted.has(entry.exhibitor) && !known.has(entry.exhibitor));
    if (field.value !== text) return;
    answer(text, [...found, ...more.map((entry) => ({ ...entry, detail: goods.get(entry.exhibitor) ?? entry.detail }))]);
  } catch {
    // No network: the names on the map have been searched already.
  }
};

// ----- narrowing -----

const narrowed = () => {
  const names = [...filters.querySelectorAll("input:checked")].map((input) => input.value);
  return filtered(data, names, state.mine);
};

const narrow = () => {
  field.value = "";
  results.replaceChildren();
  state.lit = narrowed();
  const any = filters.querySelector("input:checked");
  said.textContent = any ? fill(state.lit.size ? labels.stands : labels.nothing, { n: state.lit.size }) : "";
  count();
  light();
};

const count = () => {
  for (const tab of tabs.querySelectorAll("button")) {
    const n = [...state.lit].filter((key) => key.startsWith(`${tab.value}:`)).length;
    const mark = tab.querySelector(".count");
    mark.textContent = state.lit.size ? ` ${n}` : "";
    tab.classList.toggle("without", state.lit.size > 0 && n === 0);
  }
  const through = part("through");
  through.hidden = state.lit.size < 2 || state.lit.size > MOST_STOPS;
  through.textContent = fill(labels.through, { n: state.lit.size });
};

// ----- the way -----

// How many stands a way leads through at once.
const MOST_STOPS = 39;

const shown = () => [...state.lit].map((key) => {
  const [place, position] = key.split(":").map(Number);
  return data.halls[place].stands[position][0];
});

const walk = (stops = [part("to").value.trim()], order = "") => {
  const from = part("from").value.trim();
  const places = from ? stops.filter((stop) => stop && stop !== from) : stops.filter(Boolean);
  if (!from && places.length > 1) return askWay(places[0], places.slice(1), order);
  if (!from || !places.length) return tell(labels.missing);
  return askWay(from, places, order);
};

const askWay = async (from, stops, order) => {
  const query = new URLSearchParams([["from", from], ...stops.map((stop) => ["to", stop])]);
  if (part("stepfree").checked) query.set("step_free", "1");
  if (order) query.set("order", order);
  try {
    const response = await fetch(`${root.dataset.way}?${query}`);
    const found = await response.json();
    if (found.error) return tell(found.error);
    state.ways = found.ways;
    told(found);
    const first = found.ways.flatMap((way) => way.legs)[0];
    const place = data.halls.findIndex((one) => one.code === first?.hall);
    if (place >= 0) show(place);
  } catch {
    tell(labels.away);
  }
};

const tell = (text) => part("told").replaceChildren(Object.assign(document.createElement("p"), { textContent: text }));

const told = ({ ways, metres, minutes }) => {
  const parts = [Object.assign(document.createElement("p"), { className: "lead", textContent: fill(labels.walk, { metres, minutes }) })];
  for (const way of ways) {
    if (ways.length > 1) parts.push(Object.assign(document.createElement("h3"), { textContent: fill(labels.from_to, way) }));
    if (way.problem) parts.push(Object.assign(document.createElement("p"), { textContent: way.problem }));
    const list = Object.assign(document.createElement("ol"), { className: "waysteps small" });
    list.append(...way.steps.map((step) => Object.assign(document.createElement("li"), { textContent: step })));
    if (way.steps.length) parts.push(list);
  }
  part("told").replaceChildren(...(metres || ways.some((way) => way.steps.length) ? parts : parts.slice(1)));
};

// The parts of the way that lie in the hall shown.
const drawWay = () => {
  const legs = (state.ways ?? []).flatMap((way) => way.legs).filter((leg) => leg.hall === hall().code);
  drawn.way.setAttribute("d", legs.map((leg) => `M${leg.points.map((point) => point.join(" ")).join("L")}`).join(""));
};

// ----- moving -----

const fingers = new Map();
let travelled = 0;
const metres = () => state.view.width / svg.clientWidth;
const at = (event) => {
  const edge = svg.getBoundingClientRect();
  return { x: state.view.x + (event.clientX - edge.left) * metres(), y: state.view.y + (event.clientY - edge.top) * metres() };
};
const middle = () => ({ x: state.view.x + state.view.width / 2, y: state.view.y + state.view.height / 2 });

svg.addEventListener("wheel", (event) => {
  // The wheel scrolls the page until the reader has turned to the plan.
  if (!event.ctrlKey && document.activeElement !== svg) return;
  event.preventDefault();
  look(zoomed(state.view, Math.exp(-event.deltaY / 400), at(event), hall()));
}, { passive: false });

svg.addEventListener("pointerdown", (event) => {
  fingers.set(event.pointerId, event);
  if (fingers.size === 1) travelled = 0;
});
svg.addEventListener("pointermove", (event) => {
  const before = fingers.get(event.pointerId);
  if (!before) return;
  travelled += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
  if (fingers.size === 1 && travelled > 4) {
    svg.setPointerCapture(event.pointerId);
    look(moved(state.view, (before.clientX - event.clientX) * metres(), (before.clientY - event.clientY) * metres(), hall()));
  } else if (fingers.size === 2) {
    const [other] = [...fingers.values()].filter((finger) => finger.pointerId !== event.pointerId);
    const apart = (finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY);
    look(zoomed(state.view, apart(event) / Math.max(1, apart(before)), at(event), hall()));
  }
  fingers.set(event.pointerId, event);
});
for (const end of ["pointerup", "pointercancel", "pointerleave"]) svg.addEventListener(end, (event) => fingers.delete(event.pointerId));
svg.addEventListener("click", (event) => {
  const shape = event.target.closest("[data-stand]");
  if (shape && travelled <= 4) choose({ hall: state.hall, stand: Number(shape.dataset.stand) }, { centre: false });
});
svg.addEventListener("keydown", (event) => {
  const step = state.view.width / 8;
  const closer = (factor) => look(zoomed(state.view, factor, middle(), hall()));
  const to = (x, y) => look(moved(state.view, x, y, hall()));
  const actions = {
    ArrowLeft: () => to(-step, 0), ArrowRight: () => to(step, 0), ArrowUp: () => to(0, -step), ArrowDown: () => to(0, step),
    "+": () => closer(1.5), "=": () => closer(1.5), "-": () => closer(1 / 1.5), 0: () => look(whole(hall(), tall())),
  };
  if (event.ctrlKey || event.metaKey || !actions[event.key]) return;
  event.preventDefault();
  actions[event.key]();
});
zoom.addEventListener("click", (event) => {
  const amount = event.target.closest("button")?.value;
  if (amount) look(amount === "all" ? whole(hall(), tall()) : zoomed(state.view, Number(amount), middle(), hall()));
});
new ResizeObserver(() => state.view && look(bounded({ ...state.view, tall: tall() }, hall()))).observe(svg);

// ----- beginning -----

const begin = async () => {
  const response = await fetch(root.dataset.map);
  if (!response.ok) throw new Error(String(response.status));
  data = await response.json();
  entries = indexed(data);
  root.classList.add("ready");
  const wanted = decodeURIComponent(location.hash.slice(1));
  const place = entries.find((entry) => entry.kind === "stand" && entry.label === wanted);
  const first = data.halls.findIndex((one) => one.code === wanted);
  if (data.halls.length) show(place ? place.hall : Math.max(0, first));
  if (place) choose(place);
  field.addEventListener("input", search);
  filters.addEventListener("change", narrow);
  part("go").addEventListener("click", () => walk());
  part("stepfree").addEventListener("change", () => state.ways && part("from").value && part("to").value && walk());
  part("through").addEventListener("click", () => {
    part("way").open = true;
    walk(shown(), "good");
  });
  tabs.addEventListener("click", (event) => {
    const tab = event.target.closest("button");
    if (!tab) return;
    show(Number(tab.value));
    history.replaceState(null, "", `#${encodeURIComponent(hall().code)}`);
  });
  if (field.value) search();
  performance.mark("map-drawn");
  await remember();
};

// What the reader has to do here, and the map for when there is no network.
const remember = async () => {
  try {
    const response = await fetch(root.dataset.mine);
    state.mine = response.ok ? await response.json() : {};
  } catch {
    state.mine = {};
  }
  for (const input of filters.querySelectorAll("[data-own]")) input.closest("label").hidden = !(state.mine[input.value] ?? []).length;
  if ("serviceWorker" in navigator) await navigator.serviceWorker.register(root.dataset.worker).catch(() => undefined);
};

begin().catch(() => {
  said.textContent = labels.failed;
});
