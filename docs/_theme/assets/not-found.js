// Names the rules that an address which leads nowhere most likely meant.
const SHOWN = 5;
// Parts of addresses and of titles that say nothing about a rule.
const FILLERS = new Set(
  "and are for from has html how index page reference references rule rules that the their them then to use what when where with your dbos docs python".split(" "),
);

const words = (text) =>
  text
    .replace(/[a-z](?=[A-Z])|[A-Z](?=[A-Z][a-z])/g, "$&-")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 2 && !FILLERS.has(word));

// Insertions, deletions, replacements and swaps of neighbours that turn one into the other.
const edits = (one, other) => {
  const rows = [[...Array(other.length + 1).keys()]];
  for (let i = 1; i <= one.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= other.length; j++) {
      const differs = one[i - 1] === other[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(
        rows[i - 1][j] + 1,
        rows[i][j - 1] + 1,
        rows[i - 1][j - 1] + differs,
      );
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[one.length][other.length];
};

// 1 for the same word; less for the same stem or a typing error; 0 for another word.
const likeness = (one, other) => {
  if (one === other) return 1;
  const shorter = Math.min(one.length, other.length);
  let same = 0;
  while (same < shorter && one[same] === other[same]) same++;
  if (same >= 3 && same >= 0.8 * shorter) return 0.8;
  return shorter >= 5 && edits(one, other) <= (shorter < 8 ? 1 : 2) ? 0.6 : 0;
};

const best = (word, others) => Math.max(0, ...others.map((other) => likeness(word, other)));

// How well a rule fits the words; one in its id says more than one in its title.
const score = (rule, asked) => {
  const id = words(rule.dataset.id);
  const title = words(rule.querySelector("a").textContent);
  return asked.reduce((sum, word) => sum + Math.max(3 * best(word, id), best(word, title)), 0);
};

const readable = (path) => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // A stray % is no code of a character.
  }
};

const { content: source } = document.getElementById("not-found-rules");
const rules = [...source.querySelectorAll("li")];
const base = JSON.parse(document.getElementById("__config").textContent).base;
// The address below the site's own, without the ending of a file.
const path = readable(location.pathname.replace(base, "/")).replace(/\.[a-z]+$/i, "");
const asked = words(path);

const names = path.split("/").map((part) => part.toLowerCase().replaceAll("_", "-"));
const exact = rules.filter((rule) => names.includes(rule.dataset.id));
const meant = exact.length === 1 ? exact[0] : null;

const ranked = rules
  .map((rule) => ({ rule, score: rule === meant ? Infinity : score(rule, asked) }))
  .sort((one, other) => other.score - one.score);
const likely = ranked
  .filter((entry) => entry.score > 0 && entry.score >= (2 / 3) * ranked[0].score)
  .slice(0, SHOWN);

if (likely.length) {
  source.querySelector("h2").textContent =
    likely.length === 1 ? "Did you mean this rule?" : "The likeliest rules";
  source.querySelector("ul").replaceChildren(...likely.map((entry) => entry.rule));
  document.querySelector(".not-found").append(source);
}
if (asked.length) {
  const search = document.querySelector(".not-found-links > li");
  const link = search.querySelector("a");
  link.href += `?${new URLSearchParams({ q: asked.join(" ") })}`;
  search.querySelector("span").textContent = asked.join(" ");
  search.hidden = false;
}
