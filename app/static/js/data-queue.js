/* data-queue: README.md */
(() => {
  const PREFIX = "desk-antrean:", AGE = 24 * 3600 * 1000, EVERY = 30000, FLIGHT = 65000, LONGEST = 20000, AWAY = [502, 503, 504], HASH = "#belum-";
  const user = () => document.body.dataset.user || "";
  const name = () => PREFIX + user();
  const here = () => location.pathname + location.search;
  const byId = (id) => document.getElementById(id);
  const flying = new Set();
  let sending = false;

  /* Keeping */
  const load = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key) || "[]").filter((e) => Date.now() - e.at < AGE);
    } catch (_) {
      return [];
    }
  };
  const store = (key, list) => {
    try {
      if (list.length) localStorage.setItem(key, JSON.stringify(list));
      else localStorage.removeItem(key);
    } catch (_) { /* storage full or forbidden: the form itself still holds what was typed */ }
  };
  const change = (edit) => {
    store(name(), edit(load(name())));
    draw();
  };
  const drop = (...keys) => change((list) => list.filter((e) => !keys.includes(e.key)));
  const mark = (key, said) => change((list) => list.map((e) => e.key === key ? { ...e, ...said } : e));
  const waiting = () => load(name()).filter((e) => !e.sent || Date.now() - e.sent > FLIGHT);
  /* Texts that js/data-keep.js holds: another page's, or this page's that could not be saved. */
  const texts = () => Object.keys(localStorage).filter((key) => key.startsWith(`${name()}:`)).flatMap(load)
    .filter((e) => e.page && (e.lost || e.page !== location.pathname));

  /* Drawing */
  const make = (tag, text, about) => Object.assign(document.createElement(tag), { textContent: text }, about);
  const line = (e) => {
    const item = make("li", "", { className: "border-top mt-2 pt-2" }), facts = make("dl", "", { className: "facts" }), acts = make("div", "", { className: "acts mt-0" });
    const at = new Date(e.at).toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });
    item.append(make("strong", e.what), make("span", ` pukul ${at}`, { className: "soft" }));
    for (const [label, value] of e.said || []) facts.append(make("dt", label), make("dd", value));
    if (e.why) item.append(make("p", `Tidak diterima. ${e.why}`, { className: "late mb-0" }));
    if (e.said && e.said.length) item.append(facts);
    if (e.why || !e.key) acts.append(make("a", e.key ? "Buka dan perbaiki" : "Lanjutkan menulis", { href: e.page + (e.key ? HASH + e.key : "") }));
    if (e.key) acts.append(make("button", "Buang", { type: "button", className: "btn btn-text btn-small", onclick: () => confirm(`Buang "${e.what}"? Isiannya tidak dapat dikembalikan.`) && drop(e.key) }));
    item.append(acts);
    return item;
  };
  const draw = () => {
    if (!byId("queue")) return;
    const all = user() ? [...waiting(), ...texts()] : [];
    byId("queue").parentNode.hidden = !all.length;
    byId("queue").textContent = all.length ? `${all.length} isian belum terkirim` : "";
    byId("unsent-list").replaceChildren(...all.map(line));
  };
  const say = (tone, text, url, words = "Muat ulang halaman") => {
    const status = byId("status");
    if (!status) return;
    const box = make("div", "", { className: "msg " + tone }), line = make("p", text + " ");
    if (url) line.append(make("a", words, { href: url }));
    box.append(line);
    status.replaceChildren(box);
  };

  /* What leaves a form */
  const formOf = (ctx) => ctx && ctx.sourceElement && ctx.sourceElement.closest && ctx.sourceElement.closest("form[data-queue]");
  const holdsFile = (form) => [...form.querySelectorAll("input[type=file]")].some((i) => i.files.length);
  const saidIn = (form) => [...form.elements].flatMap((c) => {
    if (!c.name || !c.labels || !c.labels[0] || /password|file/.test(c.type)) return [];
    const boxed = /checkbox|radio/.test(c.type);
    const value = boxed ? c.checked && "ya" : c.selectedOptions ? c.value && c.selectedOptions[0].text : c.value;
    return value ? [[c.labels[0].textContent, value]] : [];
  });
  const entryOf = (ctx, form) => {
    const fields = [...ctx.request.body].filter(([key, value]) => key !== "csrf_token" && typeof value === "string" && (form.elements[key] || {}).type !== "password");
    const key = (fields.find((f) => f[0] === "kunci") || [])[1];
    if (!key || !user() || holdsFile(form) || JSON.stringify(fields).length > LONGEST) return null;
    const row = form.closest(".entry"), title = (row || document).querySelector(row ? ".ti a" : "h1");
    const button = ctx.request.submitter || (ctx.sourceElement === form ? form.querySelector("button:not([type=button])") : ctx.sourceElement);
    const verb = button.getAttribute("aria-label") || button.textContent.trim();
    return { key, fields, action: ctx.request.action, at: Date.now(), page: row ? title.pathname : here(), what: `${verb} · ${title.textContent.trim()}`, said: saidIn(form) };
  };
  const wait = (ctx, form, why) => {
    flying.delete(ctx.kept.key);
    mark(ctx.kept.key, { sent: 0 });
    if (!form.elements.versi) {
      /* A new record: the form is free for the next one. */
      form.reset();
      form.elements.kunci.value = [...crypto.getRandomValues(new Uint8Array(9))].map((b) => b.toString(16).padStart(2, "0")).join("");
    }
    if (why) say("warn", `${why} Isian disimpan di komputer ini dan dikirim sendiri setelah jaringan kembali.`);
  };
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    const form = formOf(ctx);
    ctx.kept = form && entryOf(ctx, form);
    if (!ctx.kept) return;
    flying.add(ctx.kept.key);
    change((list) => [...list.filter((e) => e.key !== ctx.kept.key && e.key !== form.dataset.queue), { ...ctx.kept, sent: Date.now() }]);
  });
  document.addEventListener("htmx:after:request", (event) => {
    const ctx = event.detail.ctx, form = formOf(ctx), { status, headers } = ctx.response;
    const to = headers.get("HX-Redirect") && new URL(headers.get("HX-Redirect"), location);
    if (form && ctx.kept) {
      const away = AWAY.includes(status);
      if (away || status === 400 || status === 401 || status === 429) wait(ctx, form, away && "Server belum dapat menerima.");
      else drop(ctx.kept.key);
      if (away || status === 400) event.preventDefault();
      if (status === 400) send();
    }
    /* A redirect to a place on this very page would only scroll. */
    if (to && to.hash && to.pathname + to.search === here()) {
      event.preventDefault();
      location.hash = to.hash;
      location.reload();
    }
  });
  document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
    if (!ctx || ctx.text !== undefined) return;
    const form = formOf(ctx), sender = ctx.request.form;
    if (form && ctx.kept) wait(ctx, form, "Jaringan terputus.");
    else if (sender && holdsFile(sender)) say("bad", "Jaringan terputus. Berkas tidak disimpan di komputer ini; isian dan berkas tetap di layar. Kirim lagi setelah jaringan kembali.");
    else if (sender && sender.matches("[data-keep]")) say("warn", "Jaringan terputus. Ketikan disimpan di komputer ini dan dikirim sendiri setelah jaringan kembali.");
    else say("bad", "Jaringan terputus. Tidak ada yang disimpan; kirim lagi setelah jaringan kembali.");
    draw();
  });
  const land = (key) => flying.delete(key) && mark(key, { sent: 0 });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => ctx.kept && land(ctx.kept.key));
  window.addEventListener("pagehide", () => flying.forEach(land));

  /* Sending again */
  const ask = async (url, fields) => {
    const answer = await fetch(url, {
      method: fields ? "POST" : "GET", signal: AbortSignal.timeout && AbortSignal.timeout(FLIGHT), body: fields && new URLSearchParams(fields),
      headers: { "HX-Request": "true", "HX-Current-URL": location.href },
    });
    return { status: answer.status, text: await answer.text() };
  };
  const reasonIn = (html) => {
    const found = new DOMParser().parseFromString(html, "text/html").querySelectorAll(".summary li, p.summary, .msg p");
    return [...found].slice(0, 3).map((p) => p.textContent.trim()).join(" ");
  };
  /* The answer is the fresh row: put it where the old one stands. */
  const show = (html) => {
    const id = (/\bid="(checklist-entry-\d+)"/.exec(html) || [])[1], row = id && byId(id);
    if (row && window.htmx) window.htmx.swap({ text: html, target: row, swap: "outerHTML", sourceElement: row });
    return Boolean(row);
  };
  const send = async () => {
    const list = user() && !sending && navigator.onLine !== false ? waiting().filter((e) => !e.why) : [];
    if (!list.length) return;
    sending = true;
    let saved = 0, refused = 0, unseen = 0;
    try {
      const door = await ask("/akun/kunci-formulir");
      const { akun, kunci } = door.status === 200 ? JSON.parse(door.text) : {};
      if (String(akun) === user()) {
        document.querySelectorAll("input[name=csrf_token]").forEach((i) => { i.value = kunci; });
        for (const e of list) {
          const { status, text } = await ask(e.action, [...e.fields, ["csrf_token", kunci]]);
          if (status === 401 || status === 429 || AWAY.includes(status)) break;
          if (status >= 500) continue;
          if (status < 400) {
            drop(e.key);
            saved += 1;
            if (!show(text)) unseen += 1;
          } else {
            mark(e.key, { why: reasonIn(text) });
            refused += 1;
          }
        }
      }
    } catch (_) { /* still no network: the next timer tries again */ }
    sending = false;
    if (refused) say("warn", `${refused} isian yang tertunda tidak diterima. Isian dan alasannya ada di daftar belum terkirim.`);
    else if (saved) say("ok", `${saved} isian yang tertunda sudah tersimpan.`, unseen && here());
  };

  /* Putting right what was refused: back into its form, on the newest version and with a new key */
  const fill = (form, fields, but) => {
    for (const control of form.elements) {
      if (!control.name || control.name === "csrf_token" || but.test(control.type)) continue;
      const values = fields.filter(([key]) => key === control.name).map(([, value]) => value);
      if (/checkbox|radio/.test(control.type)) control.checked = values.includes(control.value);
      else if (values.length) control.value = values[0];
    }
  };
  window.desk = { fill, say, draw };
  const refill = () => {
    const key = location.hash.startsWith(HASH) && location.hash.slice(HASH.length), entry = key && load(name()).find((e) => e.key === key);
    if (!entry) return;
    const forms = [...document.querySelectorAll("form[data-queue]")].filter((f) => f.getAttribute("action") === entry.action || [...f.elements].some((b) => b.getAttribute("formaction") === entry.action));
    const form = forms.sort((a, b) => b.elements.length - a.elements.length)[0];
    if (!form) {
      say("warn", "Formulirnya tidak ada lagi di halaman ini. Isian Anda tetap ada di daftar belum terkirim.");
      return;
    }
    fill(form, entry.fields, /submit|hidden|file|password/);
    form.dataset.queue = key;
    for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    byId("queue").parentNode.open = false;
    const first = [...form.elements].find((c) => c.type !== "hidden");
    if (first) first.focus();
    say("warn", "Isian Anda dikembalikan ke formulirnya. Perbaiki, lalu kirim lagi.");
  };

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-queue-clear]")) return;
    const left = load(name()).length + texts().length;
    if (left && !confirm(`Masih ada ${left} isian yang belum terkirim. Keluar menghapusnya dari komputer ini. Tetap keluar?`)) {
      event.preventDefault();
      return;
    }
    for (const key of Object.keys(localStorage)) if (key === name() || key.startsWith(`${name()}:`)) localStorage.removeItem(key);
  });
  const start = () => {
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) store(key, load(key));
    } catch (_) {
      return;
    }
    draw();
    refill();
    send();
    setInterval(send, EVERY);
    window.addEventListener("online", send);
    window.addEventListener("storage", draw);
    window.addEventListener("hashchange", refill);
    const now = byId("unsent-send");
    if (now) now.addEventListener("click", send);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
