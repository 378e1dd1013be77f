/* data-select-all: README.md */
(() => {
  const scope = (box) => box.closest("form, table") || document;
  const members = (box) => [...scope(box).querySelectorAll(`input[type=checkbox][name="${box.dataset.selectAll}"]:not(:disabled)`)];
  const draw = (box) => {
    const all = members(box), on = all.filter((m) => m.checked).length;
    box.checked = all.length > 0 && on === all.length;
    box.indeterminate = on > 0 && on < all.length;
  };
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches("[data-select-all]")) {
      members(box).forEach((m) => { m.checked = box.checked; });
      return;
    }
    document.querySelectorAll("[data-select-all]").forEach((b) => { if (b.dataset.selectAll === box.name) draw(b); });
  });
  document.addEventListener("htmx:after:swap", () => document.querySelectorAll("[data-select-all]").forEach(draw));
})();
