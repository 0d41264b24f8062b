// The addresses on the page about feeds can be selected without this; with it, a button copies each.
"use strict";

const told = document.getElementById("copied");

for (const field of document.querySelectorAll(".address input")) {
  field.addEventListener("focus", () => field.select());
  const button = field.parentElement.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // pages without https, and old browsers
    }
    told.textContent = told.dataset.copied;
  });
}
