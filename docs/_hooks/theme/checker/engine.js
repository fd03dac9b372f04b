// Evaluates rules of ast-grep's over a tree of tree-sitter's: the part of the language that is
// listed in KEYS, with the meaning that ast-grep gives it. What it does not know throws when
// the rules are read: nothing is ignored in silence. Runs in a worker; see worker.js.

// In Rust's regular expressions, \w, \d and \b mean Unicode.
const WORD = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200c\\u200d";
const BOUNDARY = `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`;
const FOREIGN = /(?<!\\)\(\?(?!:)|\\[zAB<>]|\[\[:|&&|--|~~/;

/** A regular expression of Rust's as one of JavaScript's. */
function expression(written) {
  const ignoresCase = written.startsWith("(?i)");
  const source = ignoresCase ? written.slice(4) : written;
  if (FOREIGN.test(source)) throw new Error(`regex ${source} is not supported`);
  let made = "";
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const sign = source[at];
    if (sign === "\\") {
      const next = source[++at];
      if (next === "w") made += inClass ? WORD : `[${WORD}]`;
      else if (next === "d") made += "\\p{Nd}";
      else if (next === "b") made += BOUNDARY;
      // With the flag u, JavaScript refuses to escape what needs no escape.
      else if (/["'`@#%&,:;<=>~ !_-]/.test(next)) made += inClass && next === "-" ? "\\-" : next;
      else made += sign + next;
      continue;
    }
    if (sign === "[") inClass = true;
    if (sign === "]") inClass = false;
    // A dot of Rust's is all but a line feed.
    made += sign === "." && !inClass ? "[^\\n]" : sign;
  }
  return new RegExp(made, ignoresCase ? "iu" : "u");
}

/** A tree as columns, in pre-order: what is below node n are the nodes n + 1 to last[n]. */
class Tree {
  constructor(source) {
    this.source = source;
    for (const name of ["kind", "start", "end", "row", "endRow", "field", "parent", "last"])
      this[name] = [];
    for (const name of ["next", "prev", "child", "named", "missing", "extra"]) this[name] = [];
    this.byKind = new Map();
  }

  text(node) {
    return this.source.slice(this.start[node], this.end[node]);
  }

  children(node) {
    const found = [];
    for (let each = this.child[node]; each >= 0; each = this.next[each]) found.push(each);
    return found;
  }

  /** The child in that field, or -1. */
  inField(node, field) {
    for (let each = this.child[node]; each >= 0; each = this.next[each])
      if (this.field[each] === field) return each;
    return -1;
  }

  isNamedLeaf(node) {
    return !this.children(node).some((each) => this.named[each]);
  }

  /** Whether two nodes stand for the same code. */
  same(one, other) {
    if (one === other) return true;
    if (this.isNamedLeaf(one) || this.isNamedLeaf(other))
      return this.text(one) === this.text(other);
    if (this.kind[one] !== this.kind[other]) return false;
    const [these, those] = [this.children(one), this.children(other)];
    return these.length === those.length && these.every((each, n) => this.same(each, those[n]));
  }
}

/** Copies a tree of web-tree-sitter's, which is slow to ask. */
function flattened(parsed, source) {
  const tree = new Tree(source);
  const cursor = parsed.walk();
  let [parent, before] = [-1, -1];
  for (;;) {
    const node = tree.kind.length;
    const kind = cursor.nodeTypeId;
    tree.kind.push(kind);
    tree.named.push(cursor.nodeIsNamed);
    tree.missing.push(cursor.nodeIsMissing);
    tree.extra.push(["comment", "line_continuation"].includes(cursor.nodeType));
    tree.start.push(cursor.startIndex);
    tree.end.push(cursor.endIndex);
    tree.row.push(cursor.startPosition.row);
    tree.endRow.push(cursor.endPosition.row);
    tree.field.push(cursor.currentFieldId);
    tree.parent.push(parent);
    tree.last.push(node);
    tree.next.push(-1);
    tree.prev.push(before);
    tree.child.push(-1);
    if (before >= 0) tree.next[before] = node;
    else if (parent >= 0) tree.child[parent] = node;
    if (tree.byKind.has(kind)) tree.byKind.get(kind).push(node);
    else tree.byKind.set(kind, [node]);
    if (cursor.gotoFirstChild()) {
      [parent, before] = [node, -1];
      continue;
    }
    let at = node;
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) {
        cursor.delete();
        return tree;
      }
      at = tree.parent[at];
      tree.last[at] = tree.kind.length - 1;
    }
    tree.last[at] = tree.kind.length - 1;
    [parent, before] = [tree.parent[at], at];
  }
}

// What variables are bound to, as a list that is shared and never changed. A match that binds
// nothing is NOTHING, a mismatch null.
const NOTHING = {name: "", node: -1, rest: undefined};

function bound(tree, found, name, node) {
  for (let each = found; each !== NOTHING; each = each.rest)
    if (each.name === name) return tree.same(each.node, node) ? found : null;
  return {name, node, rest: found};
}

const DOCUMENT_KEYS = new Set(
  "id language severity message url metadata rule utils constraints".split(" "),
);
const KEYS = new Set(
  "pattern kind regex nthChild all any not matches inside has precedes follows".split(" "),
);
const both = (one, other) =>
  one && other ? new Set([...one].filter((kind) => other.has(kind))) : one || other;

/**
 * Turns rules into functions. A part of a rule is {match(tree, node, found), kinds}: `kinds`
 * are those of the nodes that can match, or nothing where any can.
 */
class Compiler {
  constructor(language) {
    this.language = language;
    this.comment = language.kind("comment");
  }

  document(rule) {
    for (const key of Object.keys(rule))
      if (!DOCUMENT_KEYS.has(key)) throw new Error(`${rule.id}: ${key} is not supported`);
    this.utilities = new Map();
    this.sources = rule.utils ?? {};
    const main = this.rule(rule.rule);
    const constraints = Object.entries(rule.constraints ?? {}).map(([name, each]) => [
      name,
      this.rule(each),
    ]);
    const match = (tree, node) => {
      const found = main.match(tree, node, NOTHING);
      for (const [name, constraint] of constraints)
        for (let each = found; each && each !== NOTHING; each = each.rest)
          if (each.name === name && !constraint.match(tree, each.node, found)) return null;
      return found;
    };
    return {id: rule.id, match, kinds: main.kinds};
  }

  rule(source) {
    const parts = Object.entries(source).map(([key, value]) => {
      if (!KEYS.has(key)) throw new Error(`${key} is not supported`);
      return [key, value];
    });
    // ast-grep's own order, whatever the order of the keys.
    const order = [...KEYS];
    parts.sort(([one], [other]) => order.indexOf(one) - order.indexOf(other));
    const compiled = parts.map(([key, value]) => this[key](value));
    if (!compiled.length) throw new Error("an empty rule");
    return compiled.length === 1 ? compiled[0] : this.joined(compiled);
  }

  kindOf(name) {
    const id = this.language.kind(name);
    if (!id) throw new Error(`kind ${name} is unknown`);
    return id;
  }

  kind(name) {
    const id = this.kindOf(name);
    const match = (tree, node, found) => (tree.kind[node] === id ? found : null);
    return {match, kinds: new Set([id])};
  }

  regex(source) {
    const wanted = expression(source);
    return {match: (tree, node, found) => (wanted.test(tree.text(node)) ? found : null)};
  }

  nthChild(position) {
    if (typeof position !== "number") throw new Error("nthChild takes a number only");
    const match = (tree, node, found) => {
      if (tree.parent[node] < 0 || !tree.named[node]) return null;
      const named = tree.children(tree.parent[node]).filter((each) => tree.named[each]);
      return named[position - 1] === node ? found : null;
    };
    return {match};
  }

  all(sources) {
    return this.joined(sources.map((each) => this.rule(each)));
  }

  joined(parts) {
    const kinds = parts.reduce((known, part) => both(known, part.kinds), undefined);
    const match = (tree, node, found) => {
      if (kinds && !kinds.has(tree.kind[node])) return null;
      for (const part of parts) {
        found = part.match(tree, node, found);
        if (!found) return null;
      }
      return found;
    };
    return {match, kinds};
  }

  any(sources) {
    const parts = sources.map((each) => this.rule(each));
    const isKnown = parts.every((part) => part.kinds);
    const kinds = isKnown ? new Set(parts.flatMap((part) => [...part.kinds])) : undefined;
    const match = (tree, node, found) => {
      if (kinds && !kinds.has(tree.kind[node])) return null;
      for (const part of parts) {
        const more = part.match(tree, node, found);
        if (more) return more;
      }
      return null;
    };
    return {match, kinds};
  }

  not(source) {
    const part = this.rule(source);
    return {match: (tree, node, found) => (part.match(tree, node, found) ? null : found)};
  }

  matches(id) {
    if (this.utilities.has(id)) return this.utilities.get(id);
    if (!(id in this.sources)) throw new Error(`no utility ${id}`);
    this.utilities.set(id, {
      match() {
        throw new Error(`utility ${id} names itself`);
      },
    });
    const part = this.rule(this.sources[id]);
    this.utilities.set(id, part);
    return part;
  }

  relation(source) {
    const {stopBy = "neighbor", field, ...rest} = source;
    const id = field === undefined ? undefined : this.language.field(field);
    if (field !== undefined && !id) throw new Error(`field ${field} is unknown`);
    if (typeof stopBy === "string" && !["neighbor", "end"].includes(stopBy))
      throw new Error(`stopBy ${stopBy} is unknown`);
    const stop = typeof stopBy === "string" ? stopBy : this.rule(stopBy);
    return {inner: this.rule(rest), stop, field: id};
  }

  /** inside, precedes and follows: along one chain of nodes. */
  chain(column, {inner, stop, field}) {
    const match = (tree, node, found) => {
      let before = node;
      for (let at = tree[column][node]; at >= 0; at = tree[column][at]) {
        const fits = field === undefined || tree.inField(at, field) === before;
        before = at;
        const more = fits ? inner.match(tree, at, found) : null;
        if (more) return more;
        if (stop === "neighbor") return null;
        if (stop !== "end" && stop.match(tree, at, NOTHING)) return null;
      }
      return null;
    };
    return {match};
  }

  inside(source) {
    return this.chain("parent", this.relation(source));
  }

  precedes(source) {
    return this.sibling("next", source);
  }

  follows(source) {
    return this.sibling("prev", source);
  }

  sibling(column, source) {
    if (source.field !== undefined) throw new Error("a field among siblings is not supported");
    return this.chain(column, this.relation(source));
  }

  has(source) {
    const {inner, stop, field} = this.relation(source);
    const near = (tree, node, found) => {
      for (let each = tree.child[node]; each >= 0; each = tree.next[each]) {
        const more = inner.match(tree, each, found);
        if (more) return more;
      }
      return null;
    };
    const until = (tree, node, found) => {
      for (let each = tree.child[node]; each >= 0; each = tree.next[each]) {
        let more = inner.match(tree, each, found);
        if (!more && !stop.match(tree, each, NOTHING)) more = until(tree, each, found);
        if (more) return more;
      }
      return null;
    };
    const below = (tree, from, to, found) => {
      for (const node of this.candidates(tree, inner.kinds, from, to)) {
        const more = inner.match(tree, node, found);
        if (more) return more;
      }
      return null;
    };
    if (field === undefined) {
      if (stop === "neighbor") return {match: near};
      if (stop !== "end") return {match: until};
      return {match: (tree, node, found) => below(tree, node + 1, tree.last[node], found)};
    }
    const match = (tree, node, found) => {
      const child = tree.inField(node, field);
      if (child < 0) return null;
      if (stop === "end") return below(tree, child, tree.last[child], found);
      const more = inner.match(tree, child, found);
      if (more || stop === "neighbor" || stop.match(tree, child, NOTHING)) return more;
      return near(tree, child, found);
    };
    return {match};
  }

  /** The nodes between two that can match: from the lists of their kinds, where these are few. */
  *candidates(tree, kinds, from, to) {
    if (!kinds || kinds.size > 3 || to - from <= 16) {
      for (let node = from; node <= to; node++) yield node;
      return;
    }
    const found = [];
    for (const kind of kinds) {
      const list = tree.byKind.get(kind) ?? [];
      let [low, high] = [0, list.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (list[middle] < from) low = middle + 1;
        else high = middle;
      }
      for (; low < list.length && list[low] <= to; low++) found.push(list[low]);
    }
    yield* kinds.size > 1 ? found.sort((one, other) => one - other) : found;
  }

  pattern(source) {
    const {context, selector, ...others} =
      typeof source === "string" ? {context: source} : source;
    if (Object.keys(others).length) throw new Error(`pattern: ${Object.keys(others)}`);
    // A sign that names may have stands for the dollar of variables.
    const code = context.replace(/(\${1,3})(?=([A-Z_])?)/g, (all, dollars, first) =>
      first || dollars.length === 3 ? "µ".repeat(dollars.length) : dollars,
    );
    const {tree, hasError} = this.language.parse(code);
    if (hasError) throw new Error(`pattern ${context} is no Python`);
    let node = 0;
    if (selector) node = tree.kind.indexOf(this.kindOf(selector));
    else while (tree.child[node] >= 0 && tree.next[tree.child[node]] < 0) node = tree.child[node];
    if (node < 0) throw new Error(`pattern ${context} has no ${selector}`);
    if (!selector && node === 0) throw new Error(`pattern ${context} is not one node`);
    const goal = this.goal(tree, node);
    if (goal.many) throw new Error(`pattern ${context} is no node`);
    const own = goal.isVariable ? undefined : new Set([goal.kind]);
    const kinds = selector ? new Set([tree.kind[node]]) : own;
    const match = (other, at, found) => {
      if (kinds && !kinds.has(other.kind[at])) return null;
      if (goal.isVariable) return this.variable(goal, other, at, found);
      const more = this.fits(goal, other, at, found);
      return more === "skip" ? null : more;
    };
    return {match, kinds};
  }

  /** What a node of a pattern stands for. */
  goal(tree, node) {
    const text = tree.text(node);
    const variable = /^(µ{1,3})([A-Z_][A-Z0-9_]*)?$/.exec(text);
    if (variable && (variable[2] || variable[1].length === 3)) {
      const name = variable[2] ?? "_";
      const many = variable[1].length === 3;
      if (many && !name.startsWith("_")) throw new Error("a named $$$ is not supported");
      const isNamed = variable[1].length === 1;
      return {isVariable: true, many, name: name.startsWith("_") ? null : name, isNamed};
    }
    const kind = tree.kind[node];
    if (tree.child[node] < 0) return {kind, isNamed: tree.named[node], text};
    const children = tree.children(node).filter((each) => !tree.missing[each]);
    return {kind, children: children.map((each) => this.goal(tree, each))};
  }

  variable(goal, tree, node, found) {
    if (goal.isNamed && !tree.named[node]) return null;
    return goal.name ? bound(tree, found, goal.name, node) : found;
  }

  /** What is bound then, null for a mismatch, or "skip" where the node does not count. */
  fits(goal, tree, node, found) {
    if (goal.isVariable) return tree.extra[node] ? "skip" : this.variable(goal, tree, node, found);
    if (goal.children) {
      if (goal.kind !== tree.kind[node]) return null;
      return this.allFit(goal.children, tree.children(node), tree, found);
    }
    const isSame = goal.kind === tree.kind[node];
    if (isSame && (!goal.isNamed || goal.text === tree.text(node))) return found;
    return tree.extra[node] || !tree.named[node] ? "skip" : null;
  }

  allFit(goals, nodes, tree, found) {
    const onlyMany = (from) => goals.slice(from).every((goal) => goal.many);
    let [goal, node] = [0, 0];
    if (!nodes.length) return null;
    while (goal < goals.length) {
      if (goals[goal].many) {
        goal++;
        // Signs such as a comma behind `$$$` belong to it.
        const isSign = (each) => !each.isVariable && !each.children && !each.isNamed;
        while (goal < goals.length && isSign(goals[goal])) goal++;
        if (goal >= goals.length) return found;
        if (goals[goal].many) {
          if (++node >= nodes.length) return found;
          continue;
        }
        for (;;) {
          const more = this.fits(goals[goal], tree, nodes[node], found);
          if (more && more !== "skip") break;
          if (++node >= nodes.length) return null;
        }
      }
      let more = "skip";
      while (more === "skip") {
        if (node >= nodes.length) return onlyMany(goal) ? found : null;
        more = this.fits(goals[goal], tree, nodes[node], found);
        if (more === null) return null;
        node++;
      }
      found = more;
      goal++;
      if (goal < goals.length && node >= nodes.length) return onlyMany(goal) ? found : null;
    }
    return found;
  }
}

/** Says of a rule and a line whether a comment leaves the rule out there. */
function leavesOut(tree, comment) {
  const lines = new Map();
  let file;
  for (const node of tree.byKind.get(comment) ?? []) {
    const said = /^#\s*ast-grep-ignore(.*)$/.exec(tree.text(node));
    if (!said) continue;
    const named = /:(.*)/.exec(said[1]);
    // A reason may stand behind an id.
    const id = (text) => text.trim().split(/\s/)[0];
    const ids = named ? new Set(named[1].split(",").map(id)) : null;
    const [row, before, after] = [tree.row[node], tree.prev[node], tree.next[node]];
    const isBehind = before >= 0 && tree.endRow[before] === row;
    if (row === 0 && !isBehind && (after < 0 || tree.row[after] >= 2)) file = {ids};
    else lines.set(isBehind ? tree.row[before] : row + 1, {ids});
  }
  return (id, row) =>
    [file, lines.get(row)].some((each) => each && (!each.ids || each.ids.has(id)));
}

/** What one compiled rule finds in a tree. */
function* findings(rule, tree, isLeftOut) {
  const lists = rule.kinds
    ? [...rule.kinds].map((kind) => tree.byKind.get(kind) ?? [])
    : [tree.kind.keys()];
  for (const list of lists) {
    for (const node of list) {
      if (!rule.match(tree, node) || isLeftOut(rule.id, tree.row[node])) continue;
      const [start, end] = [tree.start[node], tree.end[node]];
      const line = tree.source.slice(tree.source.lastIndexOf("\n", start - 1) + 1, start);
      // Signs beyond U+FFFF are two for JavaScript, and one for everybody else.
      yield {id: rule.id, start, end, line: tree.row[node] + 1, column: [...line].length + 1};
    }
  }
}
