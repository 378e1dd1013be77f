/* data-confirm-leave: README.md */
(() => {
  const dirty = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest && event.target.closest("form[data-confirm-leave]");
    if (form) dirty.add(form);
  });
  document.addEventListener("submit", (event) => dirty.delete(event.target));
  document.addEventListener("htmx:error", (event) => {
    const form = event.detail.ctx && event.detail.ctx.request && event.detail.ctx.request.form;
    if (form && form.matches("[data-confirm-leave]")) dirty.add(form);
  });
  window.addEventListener("beforeunload", (event) => {
    if (![...dirty].some((form) => form.isConnected)) return;
    event.preventDefault();
    event.returnValue = "";
  });
})();
