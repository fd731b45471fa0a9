// On a phone the filters start folded away, so that the list comes first.
document.addEventListener("DOMContentLoaded", () => {
  if (!matchMedia("(max-width: 59.99rem)").matches) return;
  for (const filters of document.querySelectorAll("details.filters")) filters.open = false;
});
