/* data-shrink: README.md */
(() => {
  const EDGE = 2000, HEAVY = 1024 * 1024, QUALITY = .82, HEAD = 262144;

  /* The EXIF segment of a JPEG with its orientation set to "upright", or null. */
  const exifOf = async (file) => {
    const bytes = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
    const view = new DataView(bytes.buffer);
    if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
    for (let at = 2; at + 4 < view.byteLength;) {
      const marker = view.getUint16(at), size = view.getUint16(at + 2);
      if (marker === 0xffda || marker < 0xff00 || size < 2) return null;
      if (marker === 0xffe1 && size > 16 && view.getUint32(at + 4) === 0x45786966 && at + 2 + size <= view.byteLength) {
        const segment = bytes.slice(at, at + 2 + size);
        upright(new DataView(segment.buffer), 10);
        return segment;
      }
      at += 2 + size;
    }
    return null;
  };
  const upright = (view, tiff) => {
    const little = view.getUint16(tiff) === 0x4949;
    const ifd = tiff + view.getUint32(tiff + 4, little);
    const count = view.getUint16(ifd, little);
    for (let i = 0; i < count; i += 1) {
      const entry = ifd + 2 + i * 12;
      if (view.getUint16(entry, little) === 0x0112) view.setUint16(entry + 8, 1, little);
    }
  };
  const smaller = async (file) => {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
    if (scale === 1 && file.size <= HEAVY) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const brush = canvas.getContext("2d");
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (!blob || blob.size >= file.size) return file;
    const exif = await exifOf(file).catch(() => null);
    const parts = exif ? [blob.slice(0, 2), exif, blob.slice(2)] : [blob];
    return new File(parts, file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
  };
  const size = (bytes) => bytes < HEAVY ? Math.round(bytes / 1024) + " KB" : (bytes / HEAVY).toFixed(1).replace(".", ",") + " MB";
  const note = (input, words) => {
    const box = input.closest("[data-file-box]") || input;
    let line = box.parentElement.querySelector(".hint[data-shrink-note]");
    if (!line) {
      line = document.createElement("p");
      line.className = "hint mt-1";
      line.dataset.shrinkNote = "";
      line.setAttribute("role", "status");
      box.after(line);
    }
    line.textContent = words;
  };
  const shrink = async (input) => {
    const files = [...input.files];
    if (!files.length || !window.createImageBitmap || !window.DataTransfer) return;
    const buttons = input.form ? [...input.form.querySelectorAll("button:not([type=button])")].filter((b) => !b.disabled) : [];
    buttons.forEach((b) => { b.disabled = true; });
    note(input, "Mengecilkan foto…");
    try {
      const made = await Promise.all(files.map((f) => smaller(f).catch(() => f)));
      const bag = new DataTransfer();
      made.forEach((f) => bag.items.add(f));
      input.files = bag.files;
      const before = files.reduce((sum, f) => sum + f.size, 0), after = made.reduce((sum, f) => sum + f.size, 0);
      note(input, after < before ? `Foto diperkecil dari ${size(before)} menjadi ${size(after)}.` : `Siap dikirim, ${size(after)}.`);
    } catch (_) {
      note(input, "Berkas dikirim apa adanya.");
    } finally {
      buttons.forEach((b) => { b.disabled = false; });
    }
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches && event.target.matches("input[type=file][data-shrink]")) shrink(event.target);
  });
})();
