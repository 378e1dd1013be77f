/* data-queue (on a form): what could not be sent because the network was gone is kept on this machine and sent later, once, under the same
   idempotency key (field "kunci"). Kept per person (body data-user), at most 24 hours, without the CSRF token, passwords or files, and forgotten
   at logout (form data-queue-clear). Answers 401, 429 and 5xx keep it waiting; any other answer ends the wait. */
(() => {
  const PREFIX = "desk-antrean:", AGE = 24 * 3600 * 1000, EVERY = 30000, LONGEST = 20000;
  const user = () => document.body.dataset.user || "";
  const name = () => PREFIX + user();
  let sending = false;

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(name()) || "[]").filter((e) => Date.now() - e.at < AGE);
    } catch (_) {
      return [];
    }
  };
  const write = (list) => {
    try {
      if (list.length) localStorage.setItem(name(), JSON.stringify(list));
      else localStorage.removeItem(name());
    } catch (_) { /* storage full or forbidden: the form itself still holds what was typed */ }
    draw(list);
  };
  const draw = (list) => {
    const chip = document.getElementById("queue");
    if (!chip) return;
    chip.hidden = !list.length;
    chip.textContent = list.length ? `${list.length} isian belum terkirim` : "";
  };
  const say = (tone, text, again) => {
    const status = document.getElementById("status");
    if (!status) return;
    const box = document.createElement("div"), line = document.createElement("p");
    box.className = "msg " + tone;
    line.textContent = text + " ";
    if (again) {
      const link = document.createElement("a");
      link.href = again;
      link.textContent = "Muat ulang halaman";
      line.append(link);
    }
    box.append(line);
    status.replaceChildren(box);
  };
  const purge = () => {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(PREFIX)) continue;
      let list;
      try {
        list = JSON.parse(localStorage.getItem(key)).filter((e) => Date.now() - e.at < AGE);
      } catch (_) {
        list = [];
      }
      if (list.length) localStorage.setItem(key, JSON.stringify(list));
      else localStorage.removeItem(key);
    }
  };
  const fieldsOf = (form) => {
    const fields = [];
    for (const [key, value] of new FormData(form)) {
      const control = form.elements[key];
      if (key === "csrf_token" || typeof value !== "string" || (control && control.type === "password")) continue;
      fields.push([key, value]);
    }
    return fields;
  };
  const keep = (form, action) => {
    const chosen = [...form.querySelectorAll("input[type=file]")].some((i) => i.files.length);
    const fields = fieldsOf(form);
    const key = (fields.find((f) => f[0] === "kunci") || [])[1];
    if (chosen || !key || !user() || JSON.stringify(fields).length > LONGEST) {
      say("bad", "Jaringan terputus. Isian ini belum tersimpan dan tetap ada di layar; kirim lagi setelah jaringan kembali.");
      return;
    }
    write([...read().filter((e) => e.key !== key), { action, fields, key, at: Date.now() }]);
    say("warn", "Jaringan terputus. Isian disimpan di komputer ini dan dikirim sendiri setelah jaringan kembali.");
  };
  const post = (entry, token) => fetch(entry.action, {
    method: "POST", credentials: "same-origin",
    headers: { "HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": location.href, Accept: "text/html" },
    body: new URLSearchParams([...entry.fields, ["csrf_token", token]]),
  });
  const send = async () => {
    const token = document.querySelector("input[name=csrf_token]");
    if (sending || !token || !user() || navigator.onLine === false) return;
    const list = read();
    draw(list);
    if (!list.length) return;
    sending = true;
    let saved = 0, refused = 0;
    try {
      for (const entry of list) {
        const answer = await post(entry, token.value);
        if (answer.status === 401 || answer.status === 429 || answer.status >= 500) break;
        if (answer.ok) saved += 1;
        else refused += 1;
        write(read().filter((e) => e.key !== entry.key));
        if (answer.ok) show(await answer.text());
      }
    } catch (_) { /* still no network: the next timer tries again */ }
    sending = false;
    if (refused) say("warn", `${refused} isian yang tertunda tidak diterima karena datanya sudah berubah atau perlu diperbaiki.`, location.href);
    else if (saved) say("ok", `${saved} isian yang tertunda sudah tersimpan.`, "");
  };
  /* The answer is the fresh row: put it where the old one stands. */
  const show = (html) => {
    const id = (/\bid="(checklist-entry-\d+)"/.exec(html) || [])[1];
    const row = id && document.getElementById(id);
    if (row && window.htmx) window.htmx.swap({ text: html, target: row, swap: "outerHTML", sourceElement: row });
  };

  document.addEventListener("htmx:error", (event) => {
    const ctx = event.detail.ctx;
    const form = ctx && ctx.sourceElement && ctx.sourceElement.closest && ctx.sourceElement.closest("form[data-queue]");
    if (!ctx || ctx.response) return;
    if (form) keep(form, ctx.request.action);
    else say("bad", "Jaringan terputus. Tidak ada yang disimpan; coba lagi setelah jaringan kembali.");
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-queue-clear]")) return;
    for (const key of Object.keys(localStorage)) if (key === name() || key.startsWith(`${name()}:`)) localStorage.removeItem(key);
  });
  const start = () => {
    try {
      purge();
    } catch (_) {
      return;
    }
    draw(read());
    send();
    setInterval(send, EVERY);
    window.addEventListener("online", send);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
