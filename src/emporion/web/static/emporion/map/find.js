// Finding stands by what is on them. Pure: values in, values out.

// Words without accents, case and punctuation, as people type them.
export const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/ø/g, "o")
    .replace(/ł/g, "l")
    .replace(/['’`]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

// What can be found in the map's data: an entry for each exhibitor on each of its stands, and for each stand.
export const indexed = (data) => {
  const entries = [];
  data.halls.forEach((hall, place) => {
    hall.stands.forEach((stand, position) => {
      const at = { hall: place, stand: position };
      const [number] = stand;
      const holders = stand[9];
      entries.push({ ...at, kind: "stand", label: number, detail: "", words: fold(number) });
      for (const row of holders) {
        const [exhibitor, name, other, country] = data.exhibitors[row];
        const from = data.countries[country] ?? "";
        const words = fold(`${name} ${other} ${from} ${number}`);
        entries.push({ ...at, kind: "exhibitor", exhibitor, label: name, detail: from, words });
      }
    });
  });
  return entries;
};

// The entries that hold every word: those that begin with the text first, then exhibitors before bare stands.
export const matching = (entries, text, most = 50) => {
  const wanted = fold(text);
  if (!wanted) return [];
  const words = wanted.split(" ");
  const found = entries.filter((entry) => words.every((word) => holds(entry.words, word)));
  const rank = (entry) => (entry.words.startsWith(wanted) ? 0 : 2) + (entry.kind === "stand" ? 1 : 0);
  return found.sort((a, b) => rank(a) - rank(b)).slice(0, most);
};

// Latin words are found from their beginning, Chinese ones anywhere.
const holds = (words, word) => (/^[\p{ASCII}]+$/u.test(word) ? ` ${words}`.includes(` ${word}`) : words.includes(word));

// Which stands a filter leaves: a set of "hall:stand" keys. `mine` is what the server knows of the reader.
export const FILTERS = {
  free: (stand) => (stand[6] & 2) !== 0,
  least: (stand, data) => stand[9].some((row) => data.exhibitors[row][4] & 1),
  debuts: (stand, data) => stand[9].some((row) => data.exhibitors[row][4] & 2),
  meetings: (stand, data, mine) => holdsOne(stand, data, (mine.meetings ?? []).map((one) => one.exhibitor)),
  favourites: (stand, data, mine) => holdsOne(stand, data, mine.favourites ?? []),
  suggestions: (stand, data, mine) => holdsOne(stand, data, mine.suggestions ?? []),
};

const holdsOne = (stand, data, numbers) => stand[9].some((row) => numbers.includes(data.exhibitors[row][0]));

export const filtered = (data, names, mine) => {
  const kept = new Set();
  if (!names.length) return kept;
  data.halls.forEach((hall, place) => {
    hall.stands.forEach((stand, position) => {
      if (names.some((name) => FILTERS[name](stand, data, mine))) kept.add(`${place}:${position}`);
    });
  });
  return kept;
};
