// The hall plan comes closer and moves: wheel, buttons, two fingers, dragging, and the keyboard.
// Without this script the plan is whole, its stands are links, and all are listed below it.
document.addEventListener("DOMContentLoaded", () => {
  const plan = document.getElementById("plan");
  if (!plan) return;
  const whole = plan.viewBox.baseVal;
  const home = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  const view = { ...home };
  const fingers = new Map();
  const CLOSEST = 16;
  const TYPE = 11;
  let dragged = 0;

  const labels = [...plan.querySelectorAll("a")].map((link) => ({
    box: link.querySelector(".stand"),
    number: link.querySelector(".label"),
    name: link.querySelector(".who"),
  }));
  const zoneNames = plan.querySelectorAll(".zonename");

  // Metres per pixel on the screen.
  const scale = () => {
    const box = plan.getBoundingClientRect();
    return Math.max(view.width / box.width, view.height / box.height);
  };

  const widthOf = (text, size) => {
    let width = 0;
    for (const letter of text) width += letter.charCodeAt(0) > 0x2e80 ? 1 : 0.58;
    return width * size;
  };

  // Type keeps its size on the screen; what does not fit into its stand is hidden until it does.
  const letter = () => {
    const type = TYPE * scale();
    for (const { box, number, name } of labels) {
      const width = box.width.baseVal.value * 0.94;
      const depth = box.height.baseVal.value;
      const numberFits = widthOf(number.textContent, type) <= width && type <= depth;
      const nameFits = name && numberFits && widthOf(name.textContent, type) <= width && 2.6 * type <= depth;
      number.style.fontSize = `${type}px`;
      number.style.translate = nameFits ? `0 ${-0.65 * type}px` : "";
      number.classList.toggle("tight", !numberFits);
      if (!name) continue;
      name.style.fontSize = `${type}px`;
      name.style.translate = `0 ${0.65 * type}px`;
      name.classList.toggle("tight", !nameFits);
    }
    nameZones(1.35 * type);
  };

  // A zone's name stays inside the hall; numbers beneath it give way. Closer up the stands speak for themselves.
  const nameZones = (type) => {
    const near = view.width < home.width / 2.2;
    const names = [...zoneNames].map((zone) => {
      const half = widthOf(zone.textContent, type) / 2;
      const x = Math.min(home.x + home.width - half - 3, Math.max(home.x + half + 3, Number(zone.dataset.x)));
      zone.style.fontSize = `${type}px`;
      zone.setAttribute("x", x);
      zone.classList.toggle("tight", near || 2 * half > home.width / zoneNames.length);
      return { x, y: Number(zone.getAttribute("y")), half, shown: !zone.classList.contains("tight") };
    });
    for (const { number } of labels) {
      const x = Number(number.getAttribute("x"));
      const y = Number(number.getAttribute("y"));
      const under = (name) => name.shown && Math.abs(name.x - x) < name.half + type && Math.abs(name.y - y) < type;
      number.classList.toggle("covered", names.some(under));
    }
  };

  const show = () => {
    const box = plan.getBoundingClientRect();
    const tall = box.height / box.width;
    const widest = Math.max(home.width, home.height / tall);
    view.width = Math.min(widest, Math.max(home.width / CLOSEST, view.width));
    view.height = view.width * tall;
    view.x = within(view.x, view.width, home.x, home.width);
    view.y = within(view.y, view.height, home.y, home.height);
    plan.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    // Whole, the plan leaves a finger's stroke to the page; closer, the stroke moves the plan.
    plan.classList.toggle("close", view.width < widest * 0.999);
    letter();
  };

  // The edge of the view so that it stays over the hall, or in its middle where the view is larger.
  const within = (edge, size, start, whole) =>
    size >= whole ? start - (size - whole) / 2 : Math.min(start + whole - size, Math.max(start, edge));

  const at = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY);
    return point.matrixTransform(plan.getScreenCTM().inverse());
  };

  // The point under the pointer stays where it is.
  const zoom = (factor, point) => {
    const width = Math.max(home.width / CLOSEST, view.width / factor);
    const by = width / view.width;
    view.x = point.x - (point.x - view.x) * by;
    view.y = point.y - (point.y - view.y) * by;
    view.width = width;
    show();
  };

  const middle = () => ({ x: view.x + view.width / 2, y: view.y + view.height / 2 });
  const move = (x, y) => {
    view.x += x;
    view.y += y;
    show();
  };

  const closeTo = (link) => {
    const box = link.querySelector(".stand").getBBox();
    view.width = home.width / 3;
    show();
    view.x = box.x + box.width / 2 - view.width / 2;
    view.y = box.y + box.height / 2 - view.height / 2;
    show();
  };

  plan.addEventListener("wheel", (event) => {
    // The wheel scrolls the page until the reader has turned to the plan.
    if (!event.ctrlKey && document.activeElement !== plan) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 400), at(event));
  }, { passive: false });

  plan.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    if (fingers.size === 1) dragged = 0;
  });

  plan.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    dragged += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
    if (fingers.size === 1 && dragged > 4 && plan.classList.contains("close")) {
      plan.classList.add("moving");
      plan.setPointerCapture(event.pointerId);
      const metres = scale();
      move((before.clientX - event.clientX) * metres, (before.clientY - event.clientY) * metres);
    } else if (fingers.size === 2) {
      const [other] = [...fingers.values()].filter((finger) => finger.pointerId !== event.pointerId);
      const apart = (finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY);
      zoom(apart(event) / Math.max(1, apart(before)), at(event));
    }
    fingers.set(event.pointerId, event);
  });

  for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
    plan.addEventListener(end, (event) => {
      fingers.delete(event.pointerId);
      plan.classList.remove("moving");
    });
  }

  // Choosing a stand shows who is on it without loading the hall again.
  plan.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    if (dragged > 4) {
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey || !window.htmx) return;
    event.preventDefault();
    const address = link.getAttribute("href");
    for (const chosen of plan.querySelectorAll("[aria-current]")) chosen.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    htmx.ajax("GET", address, { target: "#stand-card", swap: "outerHTML" });
    history.replaceState(null, "", address);
  });

  plan.addEventListener("keydown", (event) => {
    const step = view.width / 8;
    const actions = {
      ArrowLeft: () => move(-step, 0),
      ArrowRight: () => move(step, 0),
      ArrowUp: () => move(0, -step),
      ArrowDown: () => move(0, step),
      "+": () => zoom(1.5, middle()),
      "=": () => zoom(1.5, middle()),
      "-": () => zoom(1 / 1.5, middle()),
      0: () => zoom(1 / (4 * CLOSEST), middle()),
    };
    if (event.ctrlKey || event.metaKey || !actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  });

  const buttons = document.querySelector(".zoom");
  const amounts = { in: 1.6, out: 1 / 1.6, all: 1 / (4 * CLOSEST) };
  buttons.hidden = false;
  buttons.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) zoom(amounts[button.dataset.zoom], middle());
  });

  plan.classList.add("live");
  addEventListener("resize", show);
  const chosen = plan.querySelector("a[aria-current]");
  // A narrow screen begins with the hall's whole depth and moves along its length.
  view.width = Infinity;
  if (plan.clientWidth < 600) view.width = (home.height * plan.clientWidth) / plan.clientHeight;
  if (chosen) closeTo(chosen);
  else show();
});
