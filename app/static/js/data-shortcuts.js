/* data-shortcuts: README.md */
(() => {
  const STORE = "desk-pintasan";
  const root = () => document.querySelector("[data-shortcuts]");
  const items = () => [...root().querySelectorAll("[data-shortcut-item]")];
  const off = () => localStorage.getItem(STORE) === "mati";
  let last = 0;

  const current = () => {
    const here = document.activeElement && document.activeElement.closest("[data-shortcut-item]");
    return here && root().contains(here) ? here : null;
  };
  const go = (index) => {
    const all = items();
    if (!all.length) return;
    last = Math.max(0, Math.min(index, all.length - 1));
    if (!all[last].hasAttribute("tabindex")) all[last].tabIndex = -1;
    all[last].focus();
    all[last].scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const here = current();
    go(here ? items().indexOf(here) + by : last);
  };
  const typing = (e) => e.isContentEditable || e.matches("input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select");
  const help = () => root().querySelector("[data-shortcut-help]") || document.querySelector("[data-shortcut-help]");

  document.addEventListener("keydown", (event) => {
    if (!root() || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "?") {
      const sheet = help();
      if (!sheet) return;
      event.preventDefault();
      sheet.showModal();
      return;
    }
    if (off()) return;
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      step(event.key === "j" ? 1 : -1);
      return;
    }
    const here = current();
    const deed = here && /^[a-z]$/.test(event.key) && here.querySelector(`[data-key="${event.key}"]`);
    if (!deed) return;
    event.preventDefault();
    last = items().indexOf(here);
    if (deed.matches("input:not([type=submit]), textarea, select")) deed.focus();
    else deed.click();
    const fold = deed.matches("summary") && deed.parentElement;
    if (fold && fold.open) fold.querySelector("textarea, input:not([type=hidden])").focus();
  });
  document.addEventListener("focusin", () => {
    const here = root() && current();
    if (here) last = items().indexOf(here);
  });
  /* A verified item may leave the queue: the one that took its place gets the focus. */
  document.addEventListener("htmx:after:swap", (event) => {
    if (!root() || !root().contains(event.target)) return;
    if (document.activeElement === document.body) go(last);
  });
  const draw = () => document.querySelectorAll("[data-shortcut-off]").forEach((b) => {
    b.setAttribute("aria-pressed", String(off()));
    b.textContent = off() ? "Nyalakan pintasan" : "Matikan pintasan";
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest || !event.target.closest("[data-shortcut-off]")) return;
    if (off()) localStorage.removeItem(STORE);
    else localStorage.setItem(STORE, "mati");
    draw();
  });
  document.addEventListener("DOMContentLoaded", draw);
})();
