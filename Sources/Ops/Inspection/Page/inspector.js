// The page: what was recorded, where the reader is, and how that is shown.

const tape = JSON.parse(document.getElementById("tape").textContent);
const nodes = new Map(tape.nodes.map((node) => [node.index, node]));
const output = nodes.get(tape.output);
const inputs = tape.program.inputs.map((index) => nodes.get(index)?.start.map(finite) ?? []);

let results = evaluate(tape.program, inputs);
let chosen = null;

const valueOf = (node) => results[node.value];
const upstreamOf = (node) => (node.upstream === null ? null : results[node.upstream]);
// What a node sends to its operands, latest node first.
const usesOf = new Map(tape.nodes.map((node) => [node.index, []]));
for (const user of [...tape.nodes].reverse()) {
  user.inputs.forEach((operand, place) => {
    if (operand.term !== null) usesOf.get(operand.node).push({ user, operand, place });
  });
}

// MARK: numbers

// At most six digits.
function shortNumber(x) {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
  return String(Number(x.toPrecision(6)) + 0).replace("e+", "e");
}

const inProduct = (text) => (text.startsWith("-") ? `(${text})` : text);
// A sum or difference as a factor stands in parentheses.
const asFactor = (formula) => (/^-|[+\-] /.test(formula) ? `(${formula})` : formula);

function text(x) {
  if (typeof x === "number") return shortNumber(x);
  if (x.data.length <= 8) return nested(x.data.map(shortNumber), x.shape);
  const [low, high] = [Math.min(...x.data), Math.max(...x.data)].map(shortNumber);
  return `[${x.shape.join(", ")}] ${low === high ? `all ${low}` : `from ${low} to ${high}`}`;
}

function nested(words, shape) {
  if (shape.length <= 1) return `[${words.join(", ")}]`;
  const n = words.length / shape[0];
  const rows = Array.from({ length: shape[0] }, (_, i) => nested(words.slice(i * n, (i + 1) * n), shape.slice(1)));
  return `[${rows.join(", ")}]`;
}

// MARK: steps

// Forward an operation each; backward what each node sends to each operand.
const steps = [
  { kind: "start" },
  ...tape.nodes.filter((node) => !node.isLeaf && node.upstream !== null).map((node) => ({ kind: "value", node })),
  { kind: "seed", node: output },
  ...[...tape.nodes].reverse().flatMap((user) =>
    user.inputs.flatMap((operand, place) => (operand.term === null ? [] : [{ kind: "send", user, operand, place }]))),
  { kind: "end" },
];
const seedPlace = steps.findIndex((step) => step.kind === "seed");
// Where each node's value is known, and where all contributions to its upstream gradient have arrived.
const valueKnown = new Map(), upstreamKnown = new Map([[tape.output, seedPlace]]);
steps.forEach((step, place) => {
  if (step.kind === "value") valueKnown.set(step.node.index, place);
  if (step.kind === "send") upstreamKnown.set(step.operand.node, place);
});
const lastStep = steps.length - 1;
const pace = 900;
let now = lastStep;

function sentence(step) {
  switch (step.kind) {
    case "start": return "Forward: each operation computes its value from its operands.";
    case "value": return `Forward: ${formulaLines(step.node)[0]}`;
    case "seed": return `Backward: the walk begins with ${step.node.total} = 1`;
    case "send": return sending(step);
    case "end": return `All is known: ${output.label} = ${text(valueOf(output))}. Change an input, or step back.`;
  }
}

const equation = (parts) => parts.filter((part, k) => part && part !== parts[k - 1]).join(" = ");

const identifier = /[\p{L}\p{M}_][\p{L}\p{M}\p{Nd}₀-₉_]*/u;
const isName = (label) => label.match(identifier)?.[0] === label;

// The formula with numbers for its operands, where these are numbers with names: `5·1`.
function substituted(node) {
  const operands = node.inputs.filter((operand) => operand.node !== null);
  if (!operands.every((operand) => isName(operand.label) && !nodes.get(operand.node).shape.length)) return "";
  const known = new Map(operands.map((operand) => [operand.label, text(valueOf(nodes.get(operand.node)))]));
  const formula = node.statement.split(" = ").at(-1);
  return formula.replace(new RegExp(`${identifier.source}(?!\\()`, "gu"), (word) =>
    (known.has(word) ? inProduct(known.get(word)) : word));
}

function sending({ user, operand, place }) {
  const target = nodes.get(operand.node), uses = usesOf.get(operand.node);
  const rank = uses.findIndex((use) => use.user === user && use.place === place);
  const product = contribution({ user, operand });
  const hook = hookText(target);
  if (uses.length === 1 && !hook) return `Backward: ${target.total} = ${product}`;
  if (uses.length === 1) return `Backward: to ${target.total} comes ${product}${hook}`;
  const arrived = uses.slice(0, rank + 1).map((use) => text(results[use.operand.term]));
  const isLast = rank === uses.length - 1;
  const end = !isLast ? " + …" : hook || ` = ${text(upstreamOf(target))}`;
  return `Backward: to ${target.total} comes ${product}; so far ${arrived.map(inSum).join(" + ")}${end}`;
}

const hookText = (node) => (node.isHooked ? `, of which its hook makes ${text(upstreamOf(node))}` : "");
const inSum = (word, place) => (place && word.startsWith("-") ? `(${word})` : word);

// upstream × local, in derivatives, formula and number.
function contribution({ user, operand }) {
  const upstream = text(upstreamOf(user));
  if (operand.local === null) {
    return `${operand.formula} = ${text(results[operand.term])}   with g = ${user.total} = ${upstream}`;
  }
  const local = text(results[operand.local]);
  return equation([`${user.total} · ${operand.partial}`, `${upstream} · ${asFactor(operand.formula)}`,
    `${upstream} · ${inProduct(local)}`, text(results[operand.term])]);
}

// MARK: the picture

const boxes = new Map([...document.querySelectorAll("[data-node]")].map((box) => [Number(box.dataset.node), box]));
// The arrow of an operand among those between the same nodes.
function arrowOf(user, place, kind) {
  const { node } = user.inputs[place];
  const rank = user.inputs.slice(0, place).filter((operand) => operand.node === node).length;
  return arrows[kind].get(`${node}-${user.index}`)?.[rank];
}
const arrows = Object.fromEntries(["arrow", "label"].map((kind) => {
  const found = new Map();
  for (const part of document.querySelectorAll(`[data-${kind}]`)) {
    const name = part.dataset[kind];
    found.set(name, [...(found.get(name) ?? []), part]);
  }
  return [kind, found];
}));

// Words in the width that was left for others.
function write(element, words) {
  if (!element || element.textContent === words) return;
  element.dataset.room ??= Math.max(element.getComputedTextLength(), 30) + 14;
  element.textContent = words;
  element.removeAttribute("textLength");
  if (element.getComputedTextLength() > element.dataset.room) {
    element.setAttribute("textLength", element.dataset.room);
    element.setAttribute("lengthAdjust", "spacingAndGlyphs");
  }
}

function writeNumbers() {
  for (const node of tape.nodes) {
    const [value, upstream] = boxes.get(node.index)?.querySelectorAll("text") ?? [];
    write(value, node.isNumber ? text(valueOf(node)) : `${node.statement} = ${text(valueOf(node))}`);
    if (upstream && node.upstream !== null) write(upstream, `${node.total} = ${text(upstreamOf(node))}`);
    node.inputs.forEach((operand, place) => {
      if (operand.local === null || operand.formula.length > 32) return;
      const number = text(results[operand.local]);
      write(arrowOf(node, place, "label")?.firstElementChild, equation([operand.formula, number]));
    });
  }
}

// What bears the mark of the current step, and what of each node is shown: only what differs is touched.
let marked = [];
const shown = new Map();

function mark(step) {
  for (const part of marked) part.classList.remove("now");
  const arrow = step.kind === "send" ? [arrowOf(step.user, step.place, "arrow")] :
    step.kind === "value" ? step.node.inputs.map((_, place) => arrowOf(step.node, place, "arrow")) : [];
  const around = [step.node?.index, step.user?.index, step.operand?.node].map((index) => boxes.get(index));
  marked = [...arrow, ...around].filter((part) => part);
  for (const part of marked) part.classList.add("now");
}

function reveal(node, isEnd) {
  const box = boxes.get(node.index);
  const isComputed = node.isLeaf || now >= (valueKnown.get(node.index) ?? 0);
  const hasArrived = isEnd || now >= (upstreamKnown.get(node.index) ?? Infinity);
  const state = `${isComputed} ${hasArrived}`;
  if (!box || shown.get(node) === state) return;
  shown.set(node, state);
  box.classList.toggle("unseen", !isComputed);
  box.querySelectorAll("text")[1]?.classList.toggle("waiting", !hasArrived);
}

function showStep() {
  const step = steps[now];
  for (const node of tape.nodes) reveal(node, step.kind === "end");
  mark(step);
  byId("status").replaceChildren(...typeset(sentence(step)));
  byId("count").textContent = `${now} / ${lastStep}`;
  byId("place").value = now;
  byId("place").setAttribute("aria-valuetext", sentence(step));
  follow(step.operand?.node ?? step.node?.index);
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");
// Where the picture is scrolled to and how much of it is seen: kept, so that no step has to ask for a layout.
const picture = document.getElementById("picture");
const frame = { left: 0, width: picture.clientWidth };
picture.addEventListener("scroll", () => { frame.left = picture.scrollLeft; });
new ResizeObserver(() => { frame.width = picture.clientWidth; }).observe(picture);
const middles = new Map([...boxes].map(([index, box]) => {
  const { x, width } = box.querySelector("rect");
  return [index, x.baseVal.value + width.baseVal.value / 2];
}));

// Scrolls the picture, not the page.
function follow(index) {
  const place = middles.get(index) - frame.left, margin = Math.min(100, frame.width / 3);
  if (!(place < margin || place > frame.width - margin)) return;
  const left = middles.get(index) - frame.width / 2;
  picture.scrollTo({ left, behavior: calm.matches || timer ? "auto" : "smooth" });
}
