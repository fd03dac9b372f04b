// The page that checks code: asks a worker, and shows what it answers. The code stays in the page.
(() => {
  const whenRead = (then) => {
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", then);
    else then();
  };
  // Opened from a folder, a browser starts no worker and reads no other file.
  if (location.protocol === "file:") {
    whenRead(() => {
      document.querySelector(".check").hidden = true;
    });
    return;
  }
  const base = new URL(".", document.currentScript.src);
  const address = (path) => new URL(`check/${path}`, base);
  const asked = async (path, kind) => {
    const answer = await fetch(address(path));
    if (!answer.ok) throw new Error(`${path}: status ${answer.status}`);
    return answer[kind]();
  };

  /** Starts the worker with all that it needs: from then on, nothing is asked for. */
  async function begin() {
    const worker = new Worker(address("worker.js"));
    const [parser, grammar, rules] = await Promise.all([
      asked("parser.wasm", "arrayBuffer"),
      asked("python.wasm", "arrayBuffer"),
      asked("rules.json", "json"),
    ]);
    worker.postMessage({parser, grammar, rules}, [parser, grammar]);
    return {worker, rules};
  }

  const program = (name) => asked(`examples/${name}.txt`, "text");
  const wanted = /^[a-z0-9-]+\/\w+$/.exec(new URLSearchParams(location.search).get("example"))?.[0];
  const first = wanted && program(wanted);
  // It takes a slow network a while to bring all of these: for a program that is to be shown, before
  // the page is there, and else when it is painted.
  const painted = new Promise((resolve) => {
    if (document.readyState === "complete") resolve();
    else addEventListener("load", resolve);
  });
  const begun = wanted ? begin() : painted.then(begin);
  for (const promise of [begun, first]) promise?.catch?.(() => {});
  whenRead(start);

  function start() {
    const form = document.querySelector(".check");
    const source = form.querySelector("textarea");
    const gutter = form.querySelector(".check-gutter");
    const status = form.querySelector("output");
    const copy = form.querySelector("[name=copy]");
    const example = form.querySelector("[name=example]");
    const file = form.querySelector("[type=file]");
    const list = document.querySelector(".check-findings");
    const rules = new Map();
    let worker;
    let turn = 0;
    let timer;
    let shown = [];
    // What the last answer is about: the field may hold something newer by then.
    let checked = "";

    async function prepare() {
      const made = await begun;
      worker = made.worker;
      worker.onmessage = ({data}) => hear(data);
      worker.onerror = () => fail("the worker does not start");
      for (const rule of made.rules) rules.set(rule.id, rule);
    }

    const fail = (why) => {
      status.textContent = `The code cannot be checked here: ${why}. Use the command below.`;
    };

    function check() {
      clearTimeout(timer);
      status.textContent = "Checking …";
      // Typed before all is there, it is checked then.
      if (!worker) return;
      checked = source.value;
      worker.postMessage({turn: ++turn, source: checked});
    }

    function hear({turn: answered, found, progress, error}) {
      if (answered !== undefined && answered !== turn) return;
      if (error) fail(error);
      else if (found) show(found);
      else status.textContent = `Checking … ${Math.round(progress * 100)} %`;
    }

    function element(name, properties, ...children) {
      const made = Object.assign(document.createElement(name), properties);
      made.append(...children);
      return made;
    }

    /** Text in which backticks mark code. */
    const marked = (text) =>
      text.split("`").map((part, n) => (n % 2 ? element("code", {}, part) : part));

    function ruleOf(finding) {
      const {severity, message, metadata, url} = rules.get(finding.id);
      const own = new URL(`../rules/${metadata.rule}/`, base).href;
      const [, sentence] = /^(.*) \S+$/s.exec(message);
      return {severity, sentence, name: metadata.rule, own, url: url ?? own};
    }

    function show(found) {
      shown = found;
      const lines = checked.split("\n");
      const first = new Map();
      list.replaceChildren(
        ...found.map((finding, n) => {
          if (!first.has(finding.line)) first.set(finding.line, n);
          const {severity, sentence, name, own} = ruleOf(finding);
          const jump = element("button", {type: "button"}, `Line ${finding.line}`);
          jump.addEventListener("click", () => select(finding));
          return element(
            "li",
            {id: `finding-${n}`, className: severity},
            element("p", {}, jump, " ", element("strong", {}, severity), " "),
            element("pre", {}, lines[finding.line - 1].trim()),
            element("p", {}, ...marked(sentence), " ", element("a", {href: own}, name)),
          );
        }),
      );
      gutter.replaceChildren(
        ...lines.map((_, n) => {
          const at = first.get(n + 1);
          if (at === undefined) return element("span", {}, n + 1);
          return element("a", {href: `#finding-${at}`, tabIndex: -1}, n + 1);
        }),
      );
      gutter.scrollTop = source.scrollTop;
      const findings = found.length === 1 ? "1 finding" : `${found.length || "No"} findings`;
      const size = lines.length === 1 ? "1 line" : `${lines.length} lines`;
      const hint = found.length ? "" : " That is no proof: see what the checks do not see.";
      status.textContent = `${findings} in ${size}.${hint}`;
      copy.hidden = !found.length;
    }

    function select({start, end, line}) {
      source.focus();
      source.setSelectionRange(start, end);
      const height = parseFloat(getComputedStyle(source).lineHeight);
      source.scrollTop = Math.max(0, (line - 4) * height);
    }

    /** The findings for a review, with the published addresses. */
    function asMarkdown() {
      const lines = shown.map((finding) => {
        const {sentence, name, url} = ruleOf(finding);
        return `- Line ${finding.line}: ${sentence} [${name}](${url})`;
      });
      return `${lines.join("\n")}\n`;
    }

    /** Puts a program into the field. */
    async function load(name, text) {
      example.value = name;
      source.value = await text;
    }

    async function open(chosen) {
      if (!chosen) return;
      source.value = await chosen.text();
      check();
    }

    source.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(check, 200);
    });
    source.addEventListener("scroll", () => {
      gutter.scrollTop = source.scrollTop;
    });
    example.addEventListener("change", () => {
      if (!example.value) return;
      load(example.value, program(example.value))
        .then(check)
        .catch(({message}) => fail(message));
    });
    file.addEventListener("change", () => open(file.files[0]));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("dragover", (event) => event.preventDefault());
    form.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      open(event.dataTransfer.files[0]);
    });
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(asMarkdown());
      status.textContent = "The findings are copied as Markdown.";
    });

    Promise.all([prepare(), wanted && load(wanted, first)])
      .then(check)
      .catch(({message}) => fail(message));
  }
})();
