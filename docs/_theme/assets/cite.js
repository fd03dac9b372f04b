// Puts a button beside a rule's id that copies a citation for a review, in Markdown.
(() => {
  const id = document.querySelector(".rule-facts > code");
  // A page that is not served securely may not write to the clipboard.
  if (!id || !navigator.clipboard) return;

  const canonical = document.querySelector("link[rel=canonical]");
  const address = canonical ? canonical.href : location.origin + location.pathname;
  const title = document.querySelector("meta[property='og:title']").content;

  const box = document.createElement("span");
  box.className = "rule-cite";
  // The status is there before it has a text: so screen readers announce the text.
  box.innerHTML =
    '<button type="button" aria-label="Copy citation" title="Copy a citation in Markdown">' +
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M9 9h11v11H9zM5 15H4V4h11v1"/></svg>' +
    '</button><span role="status"></span>';
  id.replaceWith(box);
  box.prepend(id);
  const [, button, status] = box.children;

  let timer;
  const say = (text) => {
    clearTimeout(timer);
    status.textContent = text;
    timer = setTimeout(() => (status.textContent = ""), 3000);
  };
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(`[${id.textContent}](${address}): ${title}`).then(
      () => say("Citation copied"),
      () => say("Not copied: the browser refused"),
    );
  });
})();
