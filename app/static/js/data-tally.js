/* data-tally: README.md */
(() => {
  const WORDS = ["Tidak ada", "Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan", "Sembilan", "Sepuluh"];
  const points = (n) => new Intl.NumberFormat("id-ID").format(n);
  const seen = (count) => count.closest("section").querySelectorAll(count.dataset.tally === "waiting" ? ".entry.wait" : ".entry.todo").length;
  const number = (node) => Number(node.textContent.replace(/\D/g, ""));
  let first;
  const start = () => {
    first = [...document.querySelectorAll("[data-tally]")].map((count) => ({ count, said: number(count), rows: seen(count) }));
  };
  const draw = () => {
    if (!first || !first.length) return;
    let change = 0;
    for (const { count, said, rows } of first) {
      const now = said + seen(count) - rows;
      change += now - said;
      count.textContent = points(now);
      document.querySelectorAll(`[data-tally-of="${count.dataset.tally}"]`).forEach((node) => { node.textContent = points(now); });
    }
    const sum = document.querySelector("[data-tally-sum]");
    if (!sum) return;
    const left = Number(sum.dataset.tallySum) + change;
    sum.textContent = left < 1 ? "Tidak ada yang menunggu Anda" : `${WORDS[left] || points(left)} hal menunggu Anda`;
  };
  document.addEventListener("DOMContentLoaded", start);
  document.addEventListener("htmx:after:swap", draw);
})();
