/* data-copy: README.md */
(() => {
  const copyOld = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  const copy = (text) => {
    if (!navigator.clipboard || !window.isSecureContext) return Promise.resolve(copyOld(text));
    return navigator.clipboard.writeText(text).then(() => true, () => copyOld(text));
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.querySelector(button.dataset.copy);
    if (!source) return;
    copy(source.value === undefined ? source.innerText : source.value).then((done) => {
      const words = button.dataset.words || (button.dataset.words = button.textContent.trim());
      button.textContent = done ? "Tersalin" : "Belum tersalin, salin dengan tangan";
      button.focus();
      setTimeout(() => { button.textContent = words; }, 3000);
    });
  });
})();
