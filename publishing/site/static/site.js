// Adds to pages that read without it: the choice of brightness, a word on old news, points of the map that lead on.
"use strict";

(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try { return localStorage.getItem("theme"); } catch { return null; }
  }

  function isDark() {
    return (root.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";
  }

  if (chosen() === "dark" || chosen() === "light") root.dataset.theme = chosen();

  function brightness() {
    const button = document.getElementById("theme");
    const name = () => { button.textContent = isDark() ? button.dataset.light : button.dataset.dark; };
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch { /* not kept, and still dark */ }
      name();
    });
    dark.addEventListener("change", name);
    name();
    button.hidden = false;
  }

  // A page cannot know that no later one was made; a browser knows what day it is.
  function oldNews() {
    const word = document.querySelector(".old"), held = document.querySelector("[data-day]");
    if (!word || !held) return;
    const days = Math.floor((Date.now() - Date.parse(held.dataset.day + "T00:00:00Z")) / 864e5);
    if (days > 4) {
      word.textContent = word.dataset.text.replace("{days}", String(days));
      word.hidden = false;
    }
  }

  function map() {
    for (const point of document.querySelectorAll("[data-href]")) {
      point.classList.add("live");
      point.addEventListener("click", () => { location.href = point.dataset.href; });
    }
  }

  document.addEventListener("DOMContentLoaded", () => { brightness(); oldNews(); map(); });
  document.addEventListener("keydown", (event) => {
    const box = document.getElementById("q");
    if (event.key === "/" && box && event.target === document.body) { event.preventDefault(); box.focus(); }
  });
})();
