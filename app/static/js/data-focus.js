/* data-focus: README.md */
(() => {
  const seen = new WeakSet();
  const focus = () => {
    const found = [...document.querySelectorAll("[data-focus]")].filter((e) => !seen.has(e));
    if (!found.length) return;
    found.forEach((e) => seen.add(e));
    const panel = found[0].closest("[data-panel]");
    const field = panel && panel.querySelector("[aria-invalid=true]");
    (field || found[0]).focus();
  };
  document.addEventListener("DOMContentLoaded", focus);
  document.addEventListener("htmx:after:swap", focus);
})();
