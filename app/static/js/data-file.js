/* data-file: README.md */
(() => {
  const words = (input) => {
    const names = [...input.files].map((file) => file.name);
    return names.length > 2 ? `${names.length} berkas dipilih` : names.join(", ") || "Belum ada berkas dipilih";
  };
  const part = (name, text) => {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = text;
    return span;
  };
  const dress = () => document.querySelectorAll("input[data-file]:not(.file-box input)").forEach((input) => {
    const box = document.createElement("div");
    box.className = "file-box";
    box.setAttribute("data-file-box", "");
    input.before(box);
    const button = part("btn btn-secondary", input.multiple ? "Pilih berkas…" : "Pilih satu berkas…"), said = part("soft", words(input));
    button.setAttribute("aria-hidden", "true");
    said.setAttribute("aria-hidden", "true");
    box.append(button, said, input);
  });
  document.addEventListener("change", (event) => {
    const box = event.target.matches("input[data-file]") && event.target.closest(".file-box");
    if (box) box.querySelector(".soft").textContent = words(event.target);
  });
  document.addEventListener("DOMContentLoaded", dress);
  document.addEventListener("htmx:after:swap", dress);
})();
