/* data-keep (on a long form; its value is the version it was opened with): what was typed and not yet saved is kept on this machine, per person
   and form, at most 24 hours, without the CSRF token; it comes back when the page does, with the version it was typed on. data-keep-done names a form whose typing is saved. */
(() => {
  const PREFIX = "desk-antrean:", AGE = 24 * 3600 * 1000;
  const start = () => {
    const form = document.querySelector("form[data-keep]"), done = document.querySelector("[data-keep-done]");
    const name = `${PREFIX}${document.body.dataset.user}:${form ? form.getAttribute("action") : done && done.dataset.keepDone}`;
    if (done) localStorage.removeItem(name);
    if (!form || !document.body.dataset.user) return;
    const typed = () => [...new FormData(form)].filter(([key, value]) => typeof value === "string" && key !== "csrf_token" && key !== "aksi");
    const keep = () => {
      try {
        localStorage.setItem(name, JSON.stringify([{ at: Date.now(), fields: typed() }]));
      } catch (_) { /* storage full or forbidden: the form itself still holds what was typed */ }
    };
    const bare = (fields) => JSON.stringify(fields.filter(([key]) => key !== "versi"));
    let kept;
    try {
      [kept] = JSON.parse(localStorage.getItem(name) || "[]");
    } catch (_) { /* unreadable: as if nothing was kept */ }
    localStorage.removeItem(name);
    if (kept && Date.now() - kept.at < AGE && !form.querySelector("[aria-invalid]") && bare(kept.fields) !== bare(typed())) {
      for (const control of form.elements) {
        if (!control.name || control.name === "csrf_token" || control.type === "submit") continue;
        const values = kept.fields.filter(([key]) => key === control.name).map(([, value]) => value);
        if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
        else if (values.length) control.value = values[0];
      }
      const line = document.createElement("p");
      line.textContent = "Ketikan Anda yang belum tersimpan dikembalikan. Periksa, lalu simpan draf.";
      const box = document.createElement("div");
      box.className = "msg warn";
      box.append(line);
      document.getElementById("status").replaceChildren(box);
      keep();
    }
    form.addEventListener("input", keep);
    form.addEventListener("submit", keep);
    document.addEventListener("htmx:after:request", (event) => {
      const { request, response } = event.detail.ctx || {};
      if (request && request.form === form && response && response.status < 400) localStorage.removeItem(name);
    });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
