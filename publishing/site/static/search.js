// Searches the index that publishing/site/search_index.py wrote. Files are read as scripts when a search needs them.
"use strict";

const insights = (() => {
  const taken = new Map(), waiting = new Map();

  // Each file of the index calls this with what it holds.
  function take(name, value) {
    taken.set(name, value);
  }

  function read(name) {
    if (taken.has(name)) return Promise.resolve(taken.get(name));
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `search/${name}.js`;
        script.onload = () => { script.remove(); resolve(taken.get(name)); };
        script.onerror = () => { script.remove(); waiting.delete(name); reject(new Error(`search/${name}.js`)); };
        document.head.append(script);
      }));
    }
    return waiting.get(name);
  }

  // The same cut as publishing/site/tokens.py.
  const FEW = new Set(("a an and are as at be been but by can do does for from has have in into is it its of on or our such " +
    "than that the their then there these they this to via was we were which while with you your").split(" "));
  const HANGUL = /^[가-힣]/;

  function runs(text) {
    return text.normalize("NFKC").toLowerCase().match(/[가-힣]+|(?:(?![가-힣])[\p{L}\p{N}])+/gu) ?? [];
  }

  function singular(word) {
    return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
  }

  function termsOf(run) {
    if (!HANGUL.test(run)) return FEW.has(run) ? [] : [singular(run)];
    return Array.from({ length: Math.max(1, run.length - 1) }, (_, n) => run.slice(n, n + 2));
  }

  function cut(text) {
    return runs(text).flatMap(termsOf);
  }

  function bucket(term, buckets) {
    const second = term.length > 1 && !HANGUL.test(term) ? term.charCodeAt(1) : 0;
    return (term.charCodeAt(0) * 31 + second) % buckets;
  }

  // How much each paper of a block speaks of a term, 0 to 1; a word also stands for longer ones that begin so.
  function weights(held, term) {
    const found = new Map();
    const add = (pairs, share) => {
      for (let n = 0; n < pairs.length; n += 2) {
        found.set(pairs[n], Math.max(found.get(pairs[n]) ?? 0, share * pairs[n + 1] / 100));
      }
    };
    if (Object.hasOwn(held, term)) add(held[term], 1);
    const begins = HANGUL.test(term) ? term.length === 1 : term.length > 2;
    if (begins) for (const longer in held) if (longer !== term && longer.startsWith(term)) add(held[longer], 0.6);
    return found;
  }

  // A word of Hangul is found where its first pair and half of all its pairs are: endings and particles stand last.
  function matches(terms, byTerm) {
    const found = new Map();
    for (const [paper, first] of byTerm[0]) {
      let sum = first, there = 1;
      for (const one of byTerm.slice(1)) {
        const weight = one.get(paper);
        if (weight !== undefined) { sum += weight; there += 1; }
      }
      if (there * 2 >= terms.length) found.set(paper, sum / terms.length);
    }
    return found;
  }

  // [{month, row, score}] for every paper that answers, the best first; score is from 0 to 100.
  async function search(text, blocks, keep) {
    const words = runs(text).map(termsOf).filter((terms) => terms.length);
    if (!words.length) return { hits: [], all: true };
    const months = await Promise.all(blocks.months.map(async ([month]) => {
      const needed = [...new Set(words.flat().map((term) => bucket(term, blocks.buckets)))];
      const [rows, ...held] = await Promise.all([read(month), ...needed.map((n) => read(`${month}.${n}`))]);
      const of = (term) => weights(held[needed.indexOf(bucket(term, blocks.buckets))], term);
      return { month, rows, words: words.map((terms) => matches(terms, terms.map(of))) };
    }));
    const papers = blocks.months.reduce((sum, [, count]) => sum + count, 0);
    const rare = words.map((_, n) => {
      const count = months.reduce((sum, month) => sum + month.words[n].size, 0);
      return Math.log(1 + papers / (count + 0.5));
    });
    const whole = rare.reduce((sum, one) => sum + one, 0);
    const found = [];
    for (const { month, rows, words: held } of months) {
      for (const paper of new Set(held.flatMap((one) => [...one.keys()]))) {
        const row = rows[paper];
        if (!keep(month, row)) continue;
        const score = held.reduce((sum, one, n) => sum + rare[n] * (one.get(paper) ?? 0), 0) / whole;
        const all = held.every((one) => one.has(paper));
        found.push({ month, row, score: Math.round(score * 1000) / 10, all });
      }
    }
    const complete = found.filter((one) => one.all);
    const hits = complete.length ? complete : found;
    const day = (one) => `${one.month}-${String(one.row[0]).padStart(2, "0")}`;
    hits.sort((a, b) => b.score - a.score || (day(a) < day(b) ? 1 : -1));
    return { hits: hits.map((one) => ({ ...one, day: day(one) })), all: complete.length > 0 };
  }

  return { take, read, search, cut };
})();

document.addEventListener("DOMContentLoaded", async () => {
  const form = document.getElementById("search"), told = document.getElementById("told");
  const list = document.getElementById("hits"), more = document.getElementById("more");
  const PAGE = 20;
  const blocks = await insights.read("blocks");
  for (const name of ["category", "source"]) {
    const held = name === "category" ? blocks.categories : blocks.sources;
    for (const [key, label] of held) form.elements[name].append(new Option(label, key));
  }
  form.hidden = false;
  document.getElementById("without").hidden = true;
  let hits = [], turn = 0;

  function keeper() {
    const { category, source, since, until, votes } = Object.fromEntries(new FormData(form));
    const wanted = blocks.categories.findIndex(([key]) => key === category);
    const listed = blocks.sources.findIndex(([key]) => key === source);
    return (month, [day, , filed, sources, count]) => {
      const when = `${month}-${String(day).padStart(2, "0")}`;
      return (!category || filed === wanted) && (!source || (sources >> listed) & 1) && (!since || when >= since) &&
        (!until || when <= until) && count >= Number(votes || 0);
    };
  }

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  async function show(from) {
    const now = turn, page = hits.slice(from, from + PAGE);
    const days = new Map(await Promise.all([...new Set(page.map((hit) => hit.day))].map(
      async (day) => [day, await insights.read(day)])));
    if (now !== turn) return;
    for (const { day, row, score } of page) {
      const [slug, heading, name, title] = days.get(day)[row[1]];
      const line = element("li"), text = element("div");
      const figure = element("span", score.toFixed(1), "score");
      figure.title = form.dataset.score;
      const link = element("a", heading);
      link.href = `paper/${slug}.html`;
      if (!title) link.lang = "en";
      const head = element("p");
      head.append(link);
      text.append(head);
      if (name || title) {
        const about = element("p", "", "small");
        if (name) about.append(element("b", name));
        if (name && title) about.append(" · ");
        if (title) { const original = element("span", title); original.lang = "en"; about.append(original); }
        text.append(about);
      }
      const when = element("a", day);
      when.href = `day/${day}.html#p-${slug}`;
      const where = element("p", "", "small");
      where.append(when, ` · ${blocks.categories[row[2]][1]}`);
      if (row[4]) where.append(` · ${(row[4] === 1 ? form.dataset.vote : form.dataset.votes).replace("{count}", String(row[4]))}`);
      text.append(where);
      line.append(figure, text);
      list.append(line);
    }
    more.hidden = from + PAGE >= hits.length;
  }

  async function ask() {
    turn += 1;
    const now = turn, text = form.elements.q.value;
    list.replaceChildren();
    more.hidden = true;
    hits = [];
    if (!text.trim()) { told.textContent = ""; return; }
    told.textContent = form.dataset.searching;
    try {
      const found = await insights.search(text, blocks, keeper());
      if (now !== turn) return;
      hits = found.hits;
      const form_of = hits.length ? (found.all ? "found" : "any") : "none";
      await show(0);
      if (now === turn) told.textContent = form.dataset[form_of].replace("{count}", String(hits.length));
    } catch (error) {
      if (now === turn) told.textContent = form.dataset.failed.replace("{file}", error.message);
    }
  }

  function remember() {
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    try { history.replaceState(null, "", `?${asked}`); } catch { /* a page from a folder keeps its address */ }
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); remember(); ask(); });
  document.getElementById("filters").addEventListener("change", () => { remember(); ask(); });
  more.addEventListener("click", () => show(list.children.length));
  const asked = new URLSearchParams(location.search);
  for (const [name, value] of asked) if (form.elements[name]) form.elements[name].value = value;
  if ([...asked.keys()].some((name) => name !== "q")) document.getElementById("filters").open = true;
  if (asked.get("q")) ask(); else if (matchMedia("(hover: hover)").matches) form.elements.q.focus();
});
