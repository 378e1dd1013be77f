/* data-focus: what must be read first (an error summary) gets the focus, on load and after a swap. */
(() => {
  const seen = new WeakSet();
  const focus = () => {
    const found = [...document.querySelectorAll("[data-focus]")].filter((e) => !seen.has(e));
    if (!found.length) return;
    found.forEach((e) => seen.add(e));
    found[0].focus();
  };
  document.addEventListener("DOMContentLoaded", focus);
  document.addEventListener("htmx:after:swap", focus);
})();
