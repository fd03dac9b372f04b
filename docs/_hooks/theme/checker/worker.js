// Checks code in a thread of its own. The page sends the parser, the grammar and the rules once,
// and then code, each time with a number; the last one counts. No network from here: what the
// parser's own loader could use is taken away first.
for (const name of ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "importScripts"])
  self[name] = undefined;

// So many milliseconds go by before the page hears of the progress, and a newer code is seen.
const PAUSE = 60;
let ready;
let last = 0;

async function prepare({parser: wasmBinary, grammar, rules}) {
  const {Parser, Language} = TreeSitter;
  await Parser.init({wasmBinary});
  const python = await Language.load(new Uint8Array(grammar));
  const parser = new Parser();
  parser.setLanguage(python);
  const parse = (source) => {
    const parsed = parser.parse(source);
    const made = {tree: flattened(parsed, source), hasError: parsed.rootNode.hasError};
    parsed.delete();
    return made;
  };
  const compiler = new Compiler({
    kind: (name) => python.idForNodeType(name, true),
    field: (name) => python.fieldIdForName(name),
    parse,
  });
  return {parse, comment: compiler.comment, rules: rules.map((rule) => compiler.document(rule))};
}

const pause = () => new Promise((resolve) => setTimeout(resolve));

async function check(turn, source) {
  const {parse, comment, rules} = await ready;
  if (turn !== last) return;
  const begun = performance.now();
  const {tree} = parse(source);
  const isLeftOut = leavesOut(tree, comment);
  const found = [];
  let told = performance.now();
  for (const [number, rule] of rules.entries()) {
    found.push(...findings(rule, tree, isLeftOut));
    if (performance.now() - told < PAUSE) continue;
    postMessage({turn, progress: (number + 1) / rules.length});
    await pause();
    if (turn !== last) return;
    told = performance.now();
  }
  found.sort((one, other) => one.start - other.start || one.end - other.end);
  postMessage({turn, found, milliseconds: performance.now() - begun});
}

onmessage = ({data}) => {
  if (data.rules) {
    ready = prepare(data);
    ready.catch((error) => postMessage({error: String(error)}));
    return;
  }
  last = data.turn;
  check(data.turn, data.source).catch((error) =>
    postMessage({turn: data.turn, error: String(error)}),
  );
};
