/* data-fade: README.md */
(() => {
  document.addEventListener("htmx:after:settle", (event) => {
    if (!document.body.hasAttribute("data-fade")) return;
    for (const node of event.detail.newContent || []) {
      if (node.nodeType !== 1) continue;
      node.classList.add("fresh");
      node.addEventListener("animationend", () => node.classList.remove("fresh"), { once: true });
    }
  });
})();
