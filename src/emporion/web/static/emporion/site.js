// On a phone the filters start folded away, so that the list comes first.
document.addEventListener("DOMContentLoaded", () => {
  if (!matchMedia("(max-width: 59.99rem)").matches) return;
  for (const filters of document.querySelectorAll("details.filters")) filters.open = false;
});

// Every time on a page is the venue's. Where the reader's own clock differs then, it is shown beside.
(() => {
  const language = document.documentElement.lang || "en";
  const offset = (text) => {
    const found = /T.*?(?:Z|([+-])(\d\d):?(\d\d))$/.exec(text);
    if (!found) return null;
    return found[1] ? Number(`${found[1]}1`) * (Number(found[2]) * 60 + Number(found[3])) : 0;
  };
  const dayOf = (moment, zone) => moment.toLocaleDateString("en-CA", { timeZone: zone });
  const showOwn = (time) => {
    const minutes = offset(time.dateTime), moment = new Date(time.dateTime);
    if (minutes === null || Number.isNaN(moment.valueOf()) || minutes === -moment.getTimezoneOffset()) return;
    const atVenue = new Date(moment.valueOf() + minutes * 60_000);
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const another = dayOf(moment) !== dayOf(atVenue, "UTC");
    const own = document.createElement("span");
    own.className = "own-time";
    const shown = moment.toLocaleString(language, another ? { day: "numeric", month: "short", ...clock } : clock);
    own.textContent = `(${shown} ${document.body.dataset.ownTime})`;
    own.title = Intl.DateTimeFormat().resolvedOptions().timeZone;
    time.after(" ", own);
    time.dataset.own = "";
  };
  const showAll = (root) => {
    for (const time of root.querySelectorAll("time[datetime]:not([data-own])")) showOwn(time);
  };
  document.addEventListener("DOMContentLoaded", () => showAll(document));
  document.addEventListener("htmx:afterSettle", (event) => showAll(event.target));
})();
