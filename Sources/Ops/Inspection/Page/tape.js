// The tape: its nodes as they were recorded, and their numbers at the inputs as they are.

const tape = decoded(JSON.parse(document.getElementById("tape").textContent));
const nodes = new Map(tape.nodes.map((node) => [node.index, node]));
const output = nodes.get(tape.output);
const inputs = tape.program.inputs.map((index) => nodes.get(index)?.start.map(finite) ?? []);

let results = evaluate(tape.program, inputs);

const valueOf = (node) => results[node.value];
const upstreamOf = (node) => (node.upstream === null ? null : results[node.upstream]);
// What a node sends to its operands, latest node first.
const usesOf = new Map(tape.nodes.map((node) => [node.index, []]));
for (const user of [...tape.nodes].reverse()) {
  user.inputs.forEach((operand, place) => {
    if (operand.term !== null) usesOf.get(operand.node).push({ user, operand, place });
  });
}

// Texts stand once, with private characters where labels belong.
function decoded({ words, nodes, ...rest }) {
  const labels = new Map(nodes.map(([index, label]) => [index, words[label]]));
  const made = nodes.map(([index, , statement, operation, flags, value, upstream, total, operands, shape = [], start]) => {
    const own = [index, ...operands.map((operand) => operand[0])].map((node) => labels.get(node));
    const text = (word) => words[word].replace(/[\uE000-\uF8FF]/g, (mark) => own[mark.charCodeAt(0) - 0xE000] ?? mark);
    const inputs = operands.map((operand) => (Array.isArray(operand) ?
      { node: operand[0], label: labels.get(operand[0]), formula: text(operand[1]), partial: text(operand[2]),
        local: operand[3], term: operand[4] } :
      { node: null, label: words[operand], formula: "", partial: "", local: null, term: null }));
    const [isLeaf, isNumber, isHooked, isNamed] = [1, 2, 4, 8].map((bit) => (flags & bit) !== 0);
    return { index, label: labels.get(index), statement: text(statement), operation: words[operation], isLeaf, isNumber,
      isHooked, isNamed, shape, start, value, upstream, total: text(total), inputs };
  });
  return { ...rest, nodes: made };
}

function grouped(list, key) {
  const groups = new Map();
  for (const item of list) {
    const own = groups.get(key(item));
    if (own) own.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

// MARK: numbers

// At most six digits.
function shortNumber(x) {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
  return String(Number(x.toPrecision(6)) + 0).replace("e+", "e");
}

const inProduct = (text) => (text.startsWith("-") ? `(${text})` : text);
const inSum = (word, place) => (place && word.startsWith("-") ? `(${word})` : word);
// A sum or difference as a factor stands in parentheses.
const asFactor = (formula) => (/^-|[+\-] /.test(formula) ? `(${formula})` : formula);

function text(x) {
  if (typeof x === "number") return shortNumber(x);
  if (x.data.length <= 8) return nested(x.data.map(shortNumber), x.shape);
  const [low, high] = [Math.min(...x.data), Math.max(...x.data)].map(shortNumber);
  return `[${x.shape.join(", ")}] ${low === high ? `all ${low}` : `from ${low} to ${high}`}`;
}

// The same for a box: of a tensor fewer digits, or none of its elements, where they would be too wide.
function brief(x) {
  const long = text(x);
  if (long.length <= 40 || typeof x === "number") return long;
  const rounded = x.data.length <= 8 ? nested(x.data.map((number) => shortNumber(Number(number.toPrecision(3)))), x.shape) : long;
  if (rounded.length <= 40) return rounded;
  const ends = [Math.min(...x.data), Math.max(...x.data)].map((number) => shortNumber(Number(number.toPrecision(3))));
  return `[${x.shape.join(", ")}] from ${ends[0]} to ${ends[1]}`;
}

function nested(words, shape) {
  if (shape.length <= 1) return `[${words.join(", ")}]`;
  const n = words.length / shape[0];
  const rows = Array.from({ length: shape[0] }, (_, i) => nested(words.slice(i * n, (i + 1) * n), shape.slice(1)));
  return `[${rows.join(", ")}]`;
}

// A number counts for every element.
function plus(a, b) {
  if (typeof a === "number" && typeof b === "number") return a + b;
  const [whole, other] = typeof a === "number" ? [b, a] : [a, b];
  return { shape: whole.shape, data: Array.from(whole.data, (x, i) => x + (typeof other === "number" ? other : other.data[i])) };
}
