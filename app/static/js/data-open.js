/* data-open: README.md */
(() => {
  const panelOf = (link) => document.querySelector(link.getAttribute("hx-target"));
  const draw = (link, open) => {
    link.setAttribute("aria-expanded", String(open));
    link.textContent = open ? "Tutup" : "Buka";
    const name = link.getAttribute("aria-label");
    if (name) link.setAttribute("aria-label", name.replace(/^(Buka|Tutup)/, link.textContent));
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[data-open]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const panel = panelOf(link);
    if (!panel || !panel.firstElementChild) return;
    event.preventDefault();
    event.stopPropagation();
    panel.replaceChildren();
    draw(link, false);
  }, true);
  document.addEventListener("htmx:after:swap", (event) => {
    const { sourceElement: link, target } = event.detail.ctx;
    if (link && link.matches && link.matches("a[data-open]")) draw(link, true);
    /* A deed from inside the panel closed it: the focus goes to the row it stood under. */
    const row = target && target.matches && target.matches(".entry") && document.getElementById(target.id);
    if (row && document.activeElement === document.body) row.querySelector(".tick, .op").focus();
  });
})();
