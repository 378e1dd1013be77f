/* data-keep: README.md */
(() => {
  const AGE = 24 * 3600 * 1000;
  const start = () => {
    const form = document.querySelector("form[data-keep]"), done = document.querySelector("[data-keep-done]");
    const name = `desk-antrean:${document.body.dataset.user}:${form ? form.getAttribute("action") : done && done.dataset.keepDone}`;
    if (done) localStorage.removeItem(name);
    if (!form || !document.body.dataset.user) return;
    const typed = () => [...new FormData(form)].filter(([key, value]) => typeof value === "string" && key !== "csrf_token" && key !== "aksi");
    const keep = () => {
      try {
        localStorage.setItem(name, JSON.stringify([{ at: Date.now(), fields: typed(), page: location.pathname, what: document.querySelector("h1").textContent, lost }]));
      } catch (_) { /* storage full or forbidden: the form itself still holds what was typed */ }
    };
    const bare = (fields) => JSON.stringify(fields.filter(([key]) => key !== "versi"));
    let kept, lost = false;
    try {
      [kept] = JSON.parse(localStorage.getItem(name) || "[]");
    } catch (_) { /* unreadable: as if nothing was kept */ }
    localStorage.removeItem(name);
    if (kept && Date.now() - kept.at < AGE && !form.querySelector("[aria-invalid]") && bare(kept.fields) !== bare(typed())) {
      window.desk.fill(form, kept.fields, /submit/);
      window.desk.say("warn", "Ketikan Anda yang belum tersimpan dikembalikan. Periksa, lalu simpan draf.");
      keep();
    }
    form.addEventListener("input", keep);
    form.addEventListener("submit", keep);
    const tell = (event) => {
      const { request, text, response } = event.detail.ctx || {};
      if (!request || request.form !== form) return;
      lost = text === undefined || response.status >= 500;
      if (text !== undefined && response.status < 400) localStorage.removeItem(name);
      else keep();
      window.desk.draw();
    };
    const again = () => lost && form.dispatchEvent(new Event("change"));
    document.addEventListener("htmx:after:request", tell);
    document.addEventListener("htmx:error", tell);
    window.addEventListener("online", again);
    setInterval(again, 30000);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
