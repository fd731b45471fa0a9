// Every time on a page is the venue's. Where the reader's own clock differs then, it is shown beside, that of a range
// once after both its ends.
(() => {
  const language = document.documentElement.lang || "en";
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const offset = (text) => {
    const found = /T.*?(?:Z|([+-])(\d\d):?(\d\d))$/.exec(text);
    if (!found) return null;
    return found[1] ? Number(`${found[1]}1`) * (Number(found[2]) * 60 + Number(found[3])) : 0;
  };
  const dayOf = (moment, zone) => moment.toLocaleDateString("en-CA", { timeZone: zone });
  // The reader's own time, with its day where that is another than the one before it; none where the clocks agree.
  const ownTime = (time, before) => {
    const minutes = offset(time.dateTime), moment = new Date(time.dateTime);
    if (minutes === null || Number.isNaN(moment.valueOf()) || minutes === -moment.getTimezoneOffset()) return null;
    const day = before ?? dayOf(new Date(moment.valueOf() + minutes * 60_000), "UTC");
    const another = dayOf(moment) !== day;
    const text = moment.toLocaleString(language, another ? { day: "numeric", month: "short", ...clock } : clock);
    return { text, day: dayOf(moment) };
  };
  const showOwn = (place, times) => {
    let before = null;
    const shown = [];
    for (const time of times) {
      time.dataset.own = "";
      const own = ownTime(time, before);
      if (!own) continue;
      before = own.day;
      shown.push(own.text);
    }
    if (!shown.length) return;
    const own = document.createElement("span");
    own.className = "own-time";
    own.textContent = `(${shown.join("–")} ${document.body.dataset.ownTime})`;
    own.title = Intl.DateTimeFormat().resolvedOptions().timeZone;
    place.after(" ", own);
  };
  const showAll = (root) => {
    for (const range of root.querySelectorAll(".range")) {
      const times = range.querySelectorAll("time[datetime]:not([data-own])");
      if (times.length) showOwn(times[times.length - 1], times);
    }
    for (const time of root.querySelectorAll("time[datetime]:not([data-own])")) showOwn(time, [time]);
  };
  document.addEventListener("DOMContentLoaded", () => showAll(document));
  document.addEventListener("htmx:afterSettle", (event) => showAll(event.target.parentNode ?? document));
})();
