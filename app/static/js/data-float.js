/* data-float: README.md */
(() => {
  const KEEP = 8000;
  let timer;
  const settle = (status) => {
    clearTimeout(timer);
    if (!status.textContent.trim()) {
      status.classList.remove("float");
      status.replaceChildren();
      return;
    }
    status.classList.add("float");
    if (!status.querySelector(".shut")) {
      const shut = document.createElement("button");
      shut.type = "button";
      shut.className = "shut";
      shut.setAttribute("aria-label", "Tutup pesan");
      shut.textContent = "✕";
      shut.addEventListener("click", () => clear(status));
      status.append(shut);
    }
    const good = status.querySelector(".msg.ok") && !status.querySelector(".msg.bad, .msg.warn, a");
    if (good) timer = setTimeout(() => clear(status), KEEP);
  };
  const clear = (status) => {
    status.classList.remove("float");
    status.replaceChildren();
  };
  const start = () => {
    const status = document.querySelector("[data-float]");
    if (!status) return;
    let own = false;
    new MutationObserver(() => {
      if (own) return;
      own = true;
      settle(status);
      own = false;
    }).observe(status, { childList: true });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && status.classList.contains("float")) clear(status);
    });
    /* Never over what one is typing. */
    document.addEventListener("focusin", (event) => {
      if (!status.classList.contains("float") || !event.target.matches("input, textarea, select")) return;
      const mine = status.getBoundingClientRect(), field = event.target.getBoundingClientRect();
      if (field.bottom > mine.top && field.top < mine.bottom && field.right > mine.left && field.left < mine.right) clear(status);
    });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
