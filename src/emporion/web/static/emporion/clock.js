// A hold's clock: minutes and seconds that are left, told to screen readers each minute and at the end.
// Without this script the page says until when the stand is held.
(() => {
  const two = (number) => String(number).padStart(2, "0");

  const show = (clock) => {
    const left = Math.floor((Date.parse(clock.dataset.until) - Date.now()) / 1000);
    const text = clock.querySelector(".left");
    if (left <= 0) {
      text.setAttribute("aria-live", "assertive");
      text.textContent = clock.dataset.over;
      return;
    }
    const hours = Math.floor(left / 3600);
    const minutes = two(Math.floor(left / 60) % 60);
    text.setAttribute("aria-live", left % 60 === 0 ? "polite" : "off");
    text.textContent = hours ? `${hours}:${minutes}:${two(left % 60)}` : `${minutes}:${two(left % 60)}`;
  };

  const all = () => document.querySelectorAll(".clock[data-until]").forEach(show);
  document.addEventListener("DOMContentLoaded", all);
  document.addEventListener("htmx:afterSwap", all);
  setInterval(all, 1000);
})();
