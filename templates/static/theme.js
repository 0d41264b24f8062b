// Light or dark, as the reader chose; without a choice, or without this script, as the device says.
"use strict";
(() => {
  // Browsers complain of a manifest beside a page that was opened as a file, so only served pages have one.
  if (location.protocol !== "file:") {
    const manifest = document.createElement("link");
    manifest.rel = "manifest";
    manifest.href = new URL("../manifest.webmanifest", document.currentScript.src);
    document.head.append(manifest);
  }

  const KEY = "look";
  const root = document.documentElement;

  const kept = () => {
    try {
      return localStorage.getItem(KEY) || "";
    } catch {
      return ""; // the browser keeps nothing
    }
  };

  const show = (choice) => {
    if (choice === "light" || choice === "dark") root.dataset.theme = choice;
    else delete root.dataset.theme;
  };

  show(kept());
  const place = document.getElementById("look");
  if (!place) return;
  const select = place.querySelector("select");
  select.value = root.dataset.theme || "";
  select.addEventListener("change", () => {
    show(select.value);
    try {
      localStorage.setItem(KEY, select.value);
    } catch {} // for this page, then
  });
  place.hidden = false;
  addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    show(event.newValue || "");
    select.value = root.dataset.theme || "";
  });
})();
