// A button that copies the page's own Markdown, which the head of the page links.
(() => {
  const source = document.querySelector('link[type="text/markdown"]');
  const place = document.querySelector(".copy-markdown");
  // Browsers have the clipboard on secure addresses only.
  if (!source || !place || !navigator.clipboard?.write) return;

  const text = async () => {
    const response = await fetch(source.href);
    if (!response.ok) throw new Error(`${source.href}: ${response.status}`);
    return new Blob([await response.text()], { type: "text/plain" });
  };

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy as Markdown";
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      // The promise goes in, not its result: Safari forgets the click while it waits.
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": text() })]);
      status.textContent = "Copied";
    } catch {
      status.textContent = "Not copied";
    }
    setTimeout(() => { status.textContent = ""; }, 3000);
  });
  place.append(status, button);
})();
