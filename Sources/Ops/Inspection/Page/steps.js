// Both walks step by step, and what is said of each step.

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
const valueKnown = new Map(), upstreamKnown = new Map([[tape.output, seedPlace]]), sendPlaces = new Map();
steps.forEach((step, place) => {
  if (step.kind === "value") valueKnown.set(step.node.index, place);
  if (step.kind === "send") {
    upstreamKnown.set(step.operand.node, place);
    sendPlaces.set(step.operand, place);
  }
});

// The steps that are shown, from the first to the last step of the walk that each is: through a closed box it is one.
let moments = [];
let lastStep = 0, now = 0;
const pace = 900;

function gatherMoments() {
  moments = [];
  steps.forEach((step, place) => {
    const item = step.kind === "value" ? seen(step.node.index) : step.kind === "send" ? seen(step.user.index) : null;
    const box = item?.parts ? item : null, last = moments.at(-1);
    if (box && last?.box === box && last.kind === step.kind) last.to = place;
    else moments.push({ box, kind: step.kind, from: place, to: place });
  });
  lastStep = moments.length - 1;
}

// How far the walk has come.
const arrived = () => moments[now].to;
const stepsOf = (moment) => steps.slice(moment.from, moment.to + 1);

function sentence(moment) {
  if (moment.to > moment.from) return moment.kind === "value" ? boxForward(moment) : boxBackward(moment);
  const step = steps[moment.from];
  switch (step.kind) {
    case "start": return "Forward: each operation computes its value from its operands.";
    case "value": return `Forward: ${formulaLines(step.node)[0]}`;
    case "seed": return `Backward: the walk begins with ${step.node.total} = 1`;
    case "send": return sending(step);
    case "end": return `All is known: ${output.label} = ${text(valueOf(output))}. Change an input, or step back.`;
  }
}

// MARK: through a closed box

const atMost = (count, list) => [...list.slice(0, count), ...(list.length > count ? ["…"] : [])].join(";  ");

// What comes out of it.
function boxForward(moment) {
  const own = stepsOf(moment).map((step) => step.node);
  const leaving = own.filter((node) =>
    node === output || usersOf.get(node.index).some((user) => seen(user) !== moment.box));
  const values = leaving.map((node) => `${node.label} = ${text(valueOf(node))}`);
  return `Forward through ${moment.box.title}, ${own.length} operations:  ${atMost(3, values)}`;
}

// What it sends to others.
function boxBackward(moment) {
  const own = stepsOf(moment);
  const targets = [...new Set(own.map((step) => step.operand.node))].filter((node) => seen(node) !== moment.box);
  const sums = targets.map((index) => {
    const node = nodes.get(index);
    if (upstreamKnown.get(index) <= moment.to) return `${node.total} = ${text(upstreamOf(node))}`;
    const terms = usesOf.get(index).filter((use) => sendPlaces.get(use.operand) <= moment.to);
    return `${node.total} so far ${text(terms.map((use) => results[use.operand.term]).reduce(plus))}`;
  });
  return `Backward through ${moment.box.title}, ${own.length} steps:  ${atMost(4, sums)}`;
}

// MARK: a single step

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

function formulaLines(node) {
  const value = text(valueOf(node));
  const formula = node.isLeaf ? `${node.label} = ${value}, a ${node.operation}` :
    equation([node.statement, substituted(node), value]);
  return node.shape.length ? [formula, `shape [${node.shape.join(", ")}]`] : [formula];
}

function sending({ user, operand, place }) {
  const target = nodes.get(operand.node), uses = usesOf.get(operand.node);
  const rank = uses.findIndex((use) => use.user === user && use.place === place);
  const product = contribution({ user, operand });
  const hook = hookText(target);
  if (uses.length === 1 && !hook) return `Backward: ${target.total} = ${product}`;
  if (uses.length === 1) return `Backward: to ${target.total} comes ${product}${hook}`;
  const terms = uses.slice(0, rank + 1).map((use) => text(results[use.operand.term]));
  const isLast = rank === uses.length - 1;
  const end = !isLast ? " + …" : hook || ` = ${text(upstreamOf(target))}`;
  return `Backward: to ${target.total} comes ${product}; so far ${terms.map(inSum).join(" + ")}${end}`;
}

const hookText = (node) => (node.isHooked ? `, of which its hook makes ${text(upstreamOf(node))}` : "");

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
