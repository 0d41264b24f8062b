// The page to search on. Indexes are loaded when somebody searches, the newest first, and only until there is enough to show.
"use strict";
(() => {
  const ENOUGH = 10; // results: then no older index is loaded unasked
  const INDEXES = 24; // or that many indexes were searched, or as many articles as `limit` says
  const AT_ONCE = 1000; // articles
  const SHOWN = 10; // results at a time
  const LENGTH = 180; // characters of an excerpt that shows no word searched for

  const form = document.getElementById("search");
  const input = form.elements.q;
  const found = document.getElementById("found");
  const list = document.getElementById("results");
  const more = document.getElementById("more");
  const words = form.dataset;
  const root = new URL(words.root, location.href);
  const base = new URL("search/", root);
  const language = document.documentElement.lang || "en";
  const searchers = new Map(); // by program
  let asked = null; // for the list of indexes
  let indexes = []; // all that there are, newest first
  let loading = Promise.resolve();
  let loaded = 0; // how many of them are
  let turn = 0; // counts searches: the answer to an older one is dropped

  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text) made.textContent = text;
    return made;
  };

  const say = (text, withArchive) => {
    found.replaceChildren(text);
    if (withArchive) found.append(" ", element("a", words.archive, { href: new URL("archive/index.html", root).pathname }));
  };

  const date = (text, style) => {
    const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
    try {
      return new Intl.DateTimeFormat(language, { ...style, timeZone: "UTC" }).format(day);
    } catch {
      return text.slice(0, 10);
    }
  };

  const searcher = (program) => {
    if (!searchers.has(program)) {
      const folder = new URL(`pagefind/${program}/`, base).href;
      const started = import(`${folder}pagefind.js`).then(async (made) => {
        await made.options({ basePath: folder, baseUrl: "/", noWorker: true, metaCacheTag: program, excerptLength: 28 });
        await made.init();
        return made;
      });
      searchers.set(program, started);
    }
    return searchers.get(program);
  };

  // Each word needs a part of its own of each index.
  const limit = (text) => Math.max(1500, 6000 / (text.split(/\s+/).length + 0.5));

  const load = async () => {
    const next = [];
    let articles = 0;
    while (loaded + next.length < indexes.length && next.length < INDEXES / 2 && articles < AT_ONCE) {
      const index = indexes[loaded + next.length];
      next.push(index);
      articles += index[2];
    }
    loaded += next.length;
    const all = Promise.all(
      next.map(async ([month, code, , program, tag]) => {
        const made = await searcher(program);
        await made.mergeIndex(new URL(`${month}/`, base).href, { language: code, baseUrl: "/", metaCacheTag: tag });
      })
    );
    loading = Promise.all([loading, all]);
    await loading;
  };

  const ask = async (text) => {
    await loading;
    const answers = await Promise.all([...searchers.values()].map(async (made) => (await made).search(text)));
    return answers.flatMap((answer) => answer.results).sort((one, other) => other.score - one.score);
  };

  const searched = () => indexes.slice(0, loaded).reduce((sum, [, , count]) => sum + count, 0);

  const plain = (html) => html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("\u200B", "");

  // Pagefind's excerpts are HTML with nothing in it but marks: the rest is text, and stays text. What they take from
  // the headline stands above them already.
  const excerpt = ({ content, excerpt: html, meta: { title } }) => {
    const made = element("p", "", { class: "summary" });
    const place = title ? content.indexOf(title) : -1;
    const headed = place < 0 ? 0 : place + title.length;
    const start = content.indexOf(plain(html.replace(/<\/?mark>/g, "")).trim());
    let skip = start < 0 ? 0 : Math.max(0, headed - start);
    html.split(/<\/?mark>/).forEach((part, number) => {
      const text = plain(part);
      const shown = text.slice(skip);
      skip = Math.max(0, skip - text.length);
      if (shown) made.append(number % 2 ? element("mark", shown) : shown);
    });
    if (made.textContent.length < 40 && !made.querySelector("mark")) {
      const rest = content.slice(headed);
      made.replaceChildren(rest.length > LENGTH ? rest.slice(0, LENGTH).replace(/\s\S*$/, " …") : rest);
    }
    const first = made.firstChild;
    if (first) first.textContent = first.textContent.replace(/^[\s.:·]+/, "");
    const shown = made.textContent;
    if (content.indexOf(shown) > headed + 3) made.prepend("… ");
    if (!shown.endsWith("…") && !content.trimEnd().endsWith(shown.trimEnd())) made.append(" …");
    return made;
  };

  const item = (data) => {
    const { kicker, title, date: day, lang } = data.meta;
    const made = element("li");
    const card = element("article", "", { class: "card", dir: "auto", ...(lang ? { lang } : {}) });
    if (kicker) card.append(element("p", kicker, { class: "kicker" }));
    const heading = element("h2");
    const path = (data.raw_url || data.url).replace(/^\/+/, "");
    heading.append(element("a", title || path, { href: new URL(path, root).href, dir: "auto" }));
    card.append(heading, excerpt(data));
    if (day) {
      const meta = element("p", "", { class: "meta", lang: language });
      meta.append(element("time", date(day, { dateStyle: "long" }), { datetime: day }));
      card.append(meta);
    }
    made.append(card);
    return made;
  };

  const button = (text, action) => {
    const made = element("button", text, { type: "button" });
    made.addEventListener("click", action);
    more.append(made);
  };

  const show = async (mine, text, results) => {
    const next = results.slice(list.children.length, list.children.length + SHOWN);
    const items = await Promise.all(next.map(async (result) => item(await result.data())));
    if (mine !== turn) return;
    list.append(...items);
    more.replaceChildren();
    if (list.children.length < results.length) {
      button(words.more, async () => {
        const before = list.children.length;
        await show(mine, text, results);
        list.children[before]?.querySelector("a").focus();
      });
    }
    if (loaded < indexes.length) button(words.older, () => run(text, true));
  };

  const told = (text, results) => {
    if (loaded < indexes.length) {
      const since = date(`${indexes[loaded - 1][0]}-01`, { month: "long", year: "numeric" });
      return words.soFar.replace("{date}", since).replace("{count}", results.length);
    }
    return results.length ? words.found.replace("{}", results.length) : words.none.replace("{}", text);
  };

  const run = async (text, further = false) => {
    const mine = ++turn;
    try {
      if (!text) {
        list.replaceChildren();
        more.replaceChildren();
        say("");
        return;
      }
      say(words.busy);
      asked ||= fetch(new URL("index.json", base)).then((answer) => answer.json());
      indexes = (await asked).indexes;
      if (!indexes.length) return say(words.empty, true);
      if (!loaded) await load();
      let results = [];
      let articles = further ? searched() : 0;
      let number = further ? loaded : 0;
      if (further) await load();
      for (;;) {
        if (mine !== turn) return;
        results = await ask(text);
        const enough = (results.length >= ENOUGH && !further) || searched() - articles >= limit(text);
        if (enough || loaded >= indexes.length || loaded - number >= INDEXES) break;
        await load();
      }
      if (mine !== turn) return;
      list.replaceChildren();
      await show(mine, text, results);
      if (mine === turn) say(told(text, results));
    } catch (error) {
      if (mine === turn) say(words.failed, true);
      throw error;
    }
  };

  const search = () => {
    const text = input.value.trim();
    const address = new URL(location.href);
    if (text) address.searchParams.set("q", text);
    else address.searchParams.delete("q");
    history.replaceState(null, "", address);
    return run(text);
  };

  const links = () => [...list.querySelectorAll("h2 a")];

  const move = (event) => {
    const all = links();
    const place = all.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && all.length && (place >= 0 || document.activeElement === input)) {
      all[Math.min(place + 1, all.length - 1)].focus();
    } else if (event.key === "ArrowUp" && place >= 0) {
      (all[place - 1] || input).focus();
    } else if (event.key === "Escape" && place >= 0) {
      input.focus();
    } else {
      return;
    }
    event.preventDefault();
  };

  if (location.protocol === "file:") {
    say(words.server, true);
    return;
  }
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 300);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    search();
  });
  document.addEventListener("keydown", move);
  window.addEventListener("popstate", () => {
    input.value = new URL(location.href).searchParams.get("q") || "";
    run(input.value.trim());
  });
  const query = new URL(location.href).searchParams.get("q");
  if (query) {
    input.value = query;
    run(query.trim());
  }
  input.focus();
})();
