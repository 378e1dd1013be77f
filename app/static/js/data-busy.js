/* data-busy: README.md */
(() => {
  const SHOW = 400, SAY = 10000;
  const running = new Map();
  let shown;

  const draw = () => {
    const bar = document.getElementById("progress");
    clearTimeout(shown);
    if (!bar) return;
    if (!running.size) bar.classList.remove("on");
    else if (!bar.classList.contains("on")) shown = setTimeout(() => bar.classList.add("on"), SHOW);
  };
  const say = (source) => {
    const named = source && source.closest && source.closest("form[data-busy], a[data-busy], button[data-busy]");
    const doing = (named && named.dataset.busy) || "Menunggu jawaban server";
    window.desk.say("", `${doing}, sudah lebih dari 10 detik. Yang sudah terkirim tetap diproses. Anda boleh menunggu di sini atau`, "/", "melanjutkan di Hari ini");
  };
  const mark = (ctx, on) => {
    const target = ctx.target;
    if (!target || !target.setAttribute) return;
    if (on) target.setAttribute("aria-busy", "true");
    else target.removeAttribute("aria-busy");
  };

  document.addEventListener("htmx:before:request", (event) => {
    const ctx = event.detail.ctx;
    running.set(ctx, setTimeout(() => say(ctx.sourceElement), SAY));
    mark(ctx, true);
    draw();
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const ctx = event.detail.ctx;
    clearTimeout(running.get(ctx));
    running.delete(ctx);
    mark(ctx, false);
    draw();
  });
})();
