// The panels beside the plan: what is chosen with its measures, everything as a list, what is wrong, who waits.
import { areaOf, boxOf, isRectangle } from "./shapes.js";

const make = (name, fields = {}, ...children) => {
  const made = Object.assign(document.createElement(name), fields);
  made.append(...children);
  return made;
};
const button = (text, data) => {
  const made = make("button", { type: "button", className: "button quiet", textContent: text });
  Object.assign(made.dataset, data);
  return made;
};
const common = (values) => (values.every((one) => one === values[0]) ? values[0] : undefined);
const BOX = ["x", "y", "width", "depth"];

export class Panel {
  constructor(root, editor) {
    this.editor = editor;
    this.part = (name) => root.querySelector(`[data-part="${name}"]`);
    this.form = this.part("measures");
    this.list = this.part("things");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.apply();
    });
    // What was typed counts when the field is left, as on any form that keeps itself.
    this.form.addEventListener("change", () => this.apply());
    this.list.addEventListener("change", () => editor.choose([...this.list.selectedOptions].map(({ value }) => value)));
  }

  get fields() {
    return Object.fromEntries([...this.form.elements].filter(({ name }) => name).map((one) => [one.name, one]));
  }

  // Which fields are shown, and what they hold.
  show() {
    const { editor } = this;
    const chosen = editor.chosenThings;
    const stands = chosen.filter(({ kind }) => kind === "stand");
    this.part("none").hidden = chosen.length > 0;
    this.form.hidden = !chosen.length;
    this.part("several").hidden = chosen.length < 2;
    for (const one of this.form.querySelectorAll("[data-for]")) one.hidden = !this.isFor(one.dataset.for, chosen, stands);
    this.part("chosen").textContent = chosen.length
      ? editor.say("chosen", { count: chosen.length, things: chosen.slice(0, 6).map((one) => editor.called(one)).join(", ") })
      : editor.say("none");
    if (chosen.length) this.fill(chosen, stands);
    this.exhibitors(stands);
  }

  isFor(what, chosen, stands) {
    const single = chosen.length === 1;
    const allStands = stands.length === chosen.length;
    return {
      stand: single && allStands,
      stands: allStands && chosen.length > 0,
      element: single && !allStands,
      line: single && chosen[0].geometry.type === "LineString",
      door: single && ["entrance", "exit"].includes(chosen[0]?.kind),
      sized: chosen.some(({ geometry }) => geometry.type !== "Point"),
      cut: single && isRectangle(chosen[0]),
      areas: chosen.every(({ kind }) => ["stand", "zone"].includes(kind)),
    }[what];
  }

  fill(chosen, stands) {
    const box = boxOf(...chosen);
    const values = { ...box, area: common(chosen.map(({ area }) => area)) ?? "" };
    values.stand = common(stands.map(({ stand }) => stand)) ?? "";
    values.locked = stands.length > 0 && stands.every(({ locked }) => locked);
    const [first] = chosen;
    Object.assign(values, {
      number: first.number, name: first.name ?? "", width_m: first.width_m ?? "", depth_m: first.depth_m ?? "", main: first.main,
    });
    for (const [name, field] of Object.entries(this.fields)) {
      if (!(name in values)) continue;
      if (field.type === "checkbox") field.checked = Boolean(values[name]);
      else if (document.activeElement !== field || field.value === "") field.value = values[name];
      field.dataset.was = field.type === "checkbox" ? String(field.checked) : String(values[name]);
    }
    this.part("size").textContent = this.editor.say("area", {
      width: box.width, depth: box.depth, area: chosen.reduce((sum, one) => sum + areaOf(one), 0).toFixed(2).replace(/\.?0+$/, ""),
    });
  }

  // What was typed since the fields were filled.
  typed() {
    const changed = {};
    for (const [name, field] of Object.entries(this.fields)) {
      const shown = field.type === "checkbox" ? String(field.checked) : field.value.trim();
      if (field.dataset.was === undefined || field.closest("[hidden]") || shown === field.dataset.was) continue;
      changed[name] = field.type === "checkbox" ? field.checked : field.type === "number" ? this.metres(field) : shown;
    }
    return changed;
  }

  // A number as it was typed; undefined where it is none. An empty width of an aisle is none at all.
  metres(field) {
    if (field.value === "") return ["width_m", "depth_m"].includes(field.name) && !field.validity.badInput ? null : undefined;
    return field.validity.valid ? field.valueAsNumber : undefined;
  }

  apply() {
    const changed = this.typed();
    if (Object.values(changed).includes(undefined)) {
      this.editor.tell("malformed");
      return;
    }
    const box = Object.fromEntries(Object.entries(changed).filter(([name]) => BOX.includes(name)));
    const rest = Object.fromEntries(Object.entries(changed).filter(([name]) => !BOX.includes(name)));
    if (Object.keys(box).length) this.editor.fit(box);
    if (Object.keys(rest).length) this.editor.set(rest);
  }

  // Who stands on the chosen stand, and who is placed there.
  exhibitors(stands) {
    const part = this.part("exhibitors");
    part.replaceChildren();
    if (stands.length !== 1) return;
    const [key] = this.editor.chosen;
    const there = this.editor.draft.facts[key]?.exhibitors ?? [];
    for (const { name } of there) part.append(make("li", { textContent: name }));
    for (const number of stands[0].placed) {
      const name = this.editor.exhibitor(number);
      part.append(make("li", {}, `${name} `, button(this.editor.say("unplace", { name }), { do: "unplace", exhibitor: number })));
    }
    if (!part.children.length) part.append(make("li", { className: "muted", textContent: this.editor.say("nobody") }));
  }

  // Everything on the plan, to choose from without pointing.
  things() {
    const { editor } = this;
    const found = [...editor.draft.things].filter(([key]) => editor.visible(key))
      .map(([key, thing]) => ({ key, name: editor.called(thing), late: thing.kind === "stand" ? 0 : 1 }))
      .sort((a, b) => a.late - b.late || a.name.localeCompare(b.name));
    const text = JSON.stringify(found);
    if (text !== this.listed) {
      this.list.replaceChildren(...found.map(({ key, name }) => make("option", { value: key, textContent: name })));
      this.listed = text;
    }
    for (const option of this.list.options) option.selected = editor.chosen.has(option.value);
  }

  findings(findings) {
    const items = findings.map(({ sentence, severity }, number) => {
      const made = button(sentence, { do: "finding", finding: number });
      made.className = `finding ${severity}`;
      return make("li", {}, made);
    });
    this.part("findings").replaceChildren(...items);
    this.part("sound").textContent = items.length
      ? this.editor.say("problems", { count: items.length }) : this.editor.say("sound");
  }

  waiting(waiting, taken) {
    const items = waiting.filter(({ number }) => !taken.has(number)).map((one) => {
      const wants = this.editor.say("wants", { area: one.area_m2, sides: one.open_sides });
      const made = make("li", { draggable: true }, make("strong", { textContent: one.name }), ` ${one.number} · ${wants}`,
        make("span", { className: "buttons" }, button(this.editor.say("place"), { do: "place", exhibitor: one.number }),
          button(this.editor.say("place_here"), { do: "placeHere", exhibitor: one.number })));
      made.addEventListener("dragstart", (event) => event.dataTransfer.setData("text/plain", one.number));
      return made;
    });
    if (!items.length) items.push(make("li", { className: "muted", textContent: this.editor.say("waiting_none") }));
    this.part("waiting").replaceChildren(...items);
  }
}
