// A press on a drawing writes its place, in per cent, into the form below; without this the fields are typed into.
(() => {
  document.addEventListener("DOMContentLoaded", () => {
    const drawing = document.querySelector("[data-places]");
    if (!drawing) return;
    const picture = drawing.querySelector("img"), mark = drawing.querySelector(".chosen");
    const fields = ["x", "y"].map((name) => document.getElementById(`id_${name}`));
    picture.addEventListener("click", (event) => {
      const box = picture.getBoundingClientRect();
      const place = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
      place.forEach((share, axis) => {
        const percent = Math.min(100, Math.max(0, share * 100)).toFixed(1);
        fields[axis].value = percent;
        mark.setAttribute(axis ? "cy" : "cx", `${percent}%`);
      });
      mark.removeAttribute("hidden");
      document.getElementById("id_text").focus({ preventScroll: false });
    });
  });
})();
