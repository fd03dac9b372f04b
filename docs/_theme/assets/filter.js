// Filters the table of all rules. Without this script the table is plain and complete, and has no form.
// Names of the form's controls are the filters; rows carry the values.
// The state is the address's query.
{
  const table = document.querySelector(".rule-table");
  const rows = Array.from(table.tBodies[0].rows, (row) => ({
    row,
    text: [row.cells[0].textContent, row.dataset.tag, row.dataset.keywords]
      .join(" ")
      .toLowerCase(),
  }));

  const form = document.querySelector(".rule-filter");
  const count = form.querySelector("output");
  const reset = form.querySelector("button");
  const controls = [...form.querySelectorAll("input, select")];
  const [text] = controls;

  const matches = ({ row, text: content }) =>
    controls.every(({ name, value }) =>
      name === "text"
        ? value.toLowerCase().split(/\s+/).every((word) => content.includes(word))
        : !value || row.dataset[name].split(" ").includes(value),
    );

  const show = () => {
    let found = 0;
    for (const entry of rows) {
      entry.row.hidden = !matches(entry);
      found += entry.row.hidden ? 0 : 1;
    }
    table.hidden = !found;
    reset.hidden = !controls.some((control) => control.value);
    count.value = found ? `${found} of ${rows.length} rules` : "No rule matches.";
  };

  const restore = () => {
    const query = new URLSearchParams(location.search);
    for (const control of controls) {
      control.value = query.get(control.name) ?? "";
      // A select has no value after one that it does not offer.
      control.value ||= "";
    }
    show();
  };

  const save = () => {
    const url = new URL(location);
    for (const { name, value } of controls) {
      if (value.trim()) url.searchParams.set(name, value.trim());
      else url.searchParams.delete(name);
    }
    history.replaceState(history.state, "", url);
  };

  // Browsers refuse an address that changes with every key.
  let pause;
  form.addEventListener("input", () => {
    show();
    clearTimeout(pause);
    pause = setTimeout(save, 300);
  });
  form.addEventListener("change", save);
  form.addEventListener("submit", (event) => event.preventDefault());
  reset.addEventListener("click", () => {
    for (const control of controls) control.value = "";
    show();
    save();
    text.focus();
  });
  addEventListener("popstate", restore);

  restore();
}
