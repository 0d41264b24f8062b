// The reload script of `digest serve`. No file of the site holds it: the server adds it to what it sends.
(() => {
  "use strict";
  const shown = document.currentScript.src.split("?")[1];
  let source = null;
  let panel = null;

  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { all: initial; }
    section { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto; box-sizing: border-box;
      padding: 1rem 1.25rem; background: #2b1416; color: #fff; font: 15px/1.5 system-ui, sans-serif; border-top: 4px solid #ff6b6b; }
    h2 { margin: 0 3rem .5rem 0; font-size: 1rem; }
    ul { margin: 0; padding: 0; list-style: none; }
    li { margin: .75rem 0; }
    code { font: 13px/1.5 ui-monospace, monospace; color: #ffc9c9; overflow-wrap: anywhere; }
    p { margin: 0; overflow-wrap: anywhere; }
    .hint { color: #d8f5a2; }
    button { position: absolute; top: .75rem; right: 1rem; font: inherit; padding: .1rem .6rem; color: inherit;
      background: transparent; border: 1px solid currentColor; border-radius: 4px; cursor: pointer; }
  `);

  const element = (name, text, kind) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };

  const show = (problems, more) => {
    panel?.remove();
    panel = null;
    if (!problems.length) return;
    panel = element("digest-problems");
    panel.lang = "en";
    const root = panel.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [style];
    const section = element("section");
    section.setAttribute("role", "alert");
    const count = problems.length + more;
    section.append(element("h2", count === 1 ? "One problem" : `${count} problems`));
    const list = element("ul");
    for (const problem of problems) {
      const item = element("li");
      const place = problem.line ? `${problem.path}:${problem.line}` : problem.path;
      item.append(element("code", `${problem.severity}: ${place}`), element("p", problem.message), element("p", problem.hint, "hint"));
      list.append(item);
    }
    if (more) list.append(element("li", `… and ${more} more, in the terminal.`));
    const close = element("button", "Hide");
    close.addEventListener("click", () => panel.remove());
    section.append(list, close);
    root.append(section);
    document.documentElement.append(panel);
  };

  const listen = () => {
    if (source || document.visibilityState === "hidden") return;
    source = new EventSource("/.digest/events");
    source.addEventListener("message", (event) => {
      const state = JSON.parse(event.data);
      document.documentElement.dataset.digest = state.version;
      if (state.version !== shown) location.reload();
      else show(state.problems, state.more);
    });
  };

  // A browser opens few connections to one server: a page that nobody sees gives its own back.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      source?.close();
      source = null;
    } else {
      listen();
    }
  });
  window.addEventListener("pagehide", () => source?.close());
  listen();
})();
