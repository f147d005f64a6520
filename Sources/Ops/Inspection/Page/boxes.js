// Boxes that hold others, as a tree: the nodes of a named statement, layers, and parts that recur.
//
// Each holds an interval of a sequence in which operands stand before what uses them, so that no two of them lead to
// one another.

const longestList = 50;
const usersOf = new Map(tape.nodes.map((node) => [node.index, []]));
for (const user of tape.nodes) for (const { node } of user.inputs) if (node !== null) usersOf.get(node).push(user.index);

const groups = [];
// The box of each node.
const itemOf = new Map(tape.nodes.map((node) => [node.index, { node, parent: null }]));

// A box with a title; `first` is what its first statement is called.
function group(title, parts, first = headOf(parts.at(-1)).label) {
  return { title, parts, first, head: headOf(parts.at(-1)), isOpen: false };
}

// `y1 … y166`, or `h ×30` where the name is always the same.
function run(items, parts = items) {
  const first = items[0].first ?? items[0].node.label, last = headOf(items.at(-1)).label;
  const times = items.reduce((sum, item) => sum + (item.times ?? 1), 0);
  return Object.assign(group(first === last ? `${first} ×${times}` : `${first} … ${last}`, parts, first), { times });
}

// The node that a box is there for.
function headOf(item) { return item.node ?? item.head; }

// Counts the operations and leaves in each.
function connect(parent) {
  [parent.operations, parent.leaves] = [0, 0];
  for (const part of parent.parts) {
    part.parent = parent;
    if (part.parts) {
      groups.push(part);
      connect(part);
    }
    parent.operations += part.operations ?? (part.node.isLeaf ? 0 : 1);
    parent.leaves += part.leaves ?? (part.node.isLeaf ? 1 : 0);
  }
}

function boxesOf(list) {
  const owner = owners(list);
  const members = grouped(list.map((node) => itemOf.get(node.index)), (item) => owner.get(item.node.index));
  const isLeaf = (items) => items.length === 1 && items[0].node.isLeaf;
  const parts = [...members].sort(([a], [b]) => a - b).map(([, items]) => items);
  const statements = parts.filter((items) => !isLeaf(items)).map(statement);
  const { rest, parts: layers } = layered(statements, parts.filter(isLeaf).map(([item]) => item), owner);
  return [...chunked(alike(rest)), ...chunked(repeated(layers))];
}

// The statement that each node was computed for: the first named one that it leads to.
function owners(list) {
  const owner = new Map();
  for (const node of [...list].reverse()) {
    const own = usersOf.get(node.index).map((user) => owner.get(user));
    const isOwn = node.isNamed || node === output || !own.length;
    owner.set(node.index, isOwn ? node.index : own.reduce((a, b) => Math.min(a, b)));
  }
  return owner;
}

function statement(items) {
  if (items.length === 1) return items[0];
  return group(headOf(items.at(-1)).label, items.length > 12 ? unwrapped(chunked(repeated(items))) : items);
}

// MARK: names with an index

const numeral = /\d+|[₀-₉]+/;
const indexOf = (node) => (node.isNamed ? node.label.match(numeral)?.[0] ?? null : null);
const stemOf = (node) => (node.isNamed ? node.label.replace(numeral, "#") : `${node.operation} ${node.shape.join("×")}`);

// Statements next to each other with the same index become one box, with the leaves of that index that only they use.
function layered(statements, leaves, owner) {
  const parts = [], partOf = new Map();
  for (const item of statements) {
    const index = indexOf(headOf(item));
    if (index === null || parts.at(-1)?.index !== index) parts.push({ index, leaves: [], items: [] });
    parts.at(-1).items.push(item);
    partOf.set(owner.get(headOf(item).index), parts.at(-1));
  }
  const rest = [];
  for (const leaf of leaves) {
    const users = new Set(usersOf.get(leaf.node.index).map((user) => partOf.get(owner.get(user))));
    const [part] = users, isOfPart = users.size === 1 && part && indexOf(leaf.node) === part.index && part.index !== null;
    (isOfPart ? part.leaves : rest).push(leaf);
  }
  return { rest, parts: parts.map(layer) };
}

function layer({ leaves, items }) {
  if (leaves.length + items.length === 1) return items[0];
  const labels = items.map((item) => headOf(item).label);
  const prefix = labels[0].slice(0, labels[0].match(numeral)?.index ?? 0) + (labels[0].match(numeral)?.[0] ?? "");
  const isPrefix = labels.every((label) => /^[._/]/.test(label.slice(prefix.length)) && label.startsWith(prefix));
  const parts = items.length === 1 && items[0].parts ? items[0].parts : items;
  return group(isPrefix ? prefix : span(items), [...leaves, ...parts], labels[0]);
}

// `z1, a1`; `z1 … q1`.
function span(items) {
  const labels = items.map((item) => item.title ?? item.node.label);
  return labels.length < 4 ? labels.join(", ") : `${labels[0]} … ${labels.at(-1)}`;
}

// MARK: repetitions

const sign = (item) => (item.node || headOf(item).isNamed ? "" : item.parts.map(sign).join(" ")) + stemOf(headOf(item));

// What recurs three times or more becomes one box, which holds a box for each time.
function repeated(items) {
  const signs = items.map(sign), result = [];
  for (let i = 0; i < items.length;) {
    const found = repetition(signs, i);
    if (!found) {
      result.push(items[i++]);
      continue;
    }
    const times = Array.from({ length: found.count }, (_, k) => {
      const part = items.slice(i + k * found.period, i + (k + 1) * found.period);
      return part.length === 1 ? part[0] : group(span(part), part, part[0].first ?? part[0].node.label);
    });
    result.push(run(times, chunked(times)));
    i += found.count * found.period;
  }
  return result;
}

// The longest stretch from a place on that is one part again and again.
function repetition(signs, start) {
  let best = null;
  for (let period = 1; period <= 32 && start + 3 * period <= signs.length; period++) {
    let same = 0;
    while (start + same + period < signs.length && signs[start + same] === signs[start + same + period]) same++;
    const count = Math.floor(same / period) + 1;
    if (count >= 3 && count * period > (best ? best.count * best.period : 0)) best = { period, count };
  }
  return best;
}

// Leaves of one name but for the index, four or more.
function alike(leaves) {
  return [...grouped(leaves, sign).values()].flatMap((list) =>
    (list.length < 4 ? list : [run(list, chunked(list))]));
}

// A long list in parts of equal length, so that no box opens to more than one can look through.
function chunked(items) {
  if (items.length <= longestList) return items;
  const size = Math.max(20, Math.ceil(items.length / 25));
  return Array.from({ length: Math.ceil(items.length / size) }, (_, k) => {
    const part = items.slice(k * size, (k + 1) * size);
    return part.length === 1 ? part[0] : run(part, chunked(part));
  });
}

// A box around everything says nothing.
function unwrapped(items) {
  const boxes = items.filter((item) => !item.node?.isLeaf);
  if (boxes.length !== 1 || !boxes[0].parts) return items;
  return unwrapped([...items.filter((item) => item !== boxes[0]), ...boxes[0].parts]);
}

// MARK: open and closed

const everything = { parts: unwrapped(boxesOf(tape.nodes)), parent: null, isOpen: true };
connect(everything);

// The box that a node is seen in: its own, or the outermost closed one around it.
function seen(index) {
  let result = itemOf.get(index);
  for (let box = result.parent; box; box = box.parent) if (!box.isOpen) result = box;
  return result;
}

// Opens the outer boxes first, all of one depth or none, as long as no more than so many are seen.
function openUpTo(most) {
  for (const box of groups) box.isOpen = false;
  let count = everything.parts.length, level = everything.parts.filter((part) => part.parts);
  while (level.length) {
    count += level.reduce((sum, box) => sum + box.parts.length - 1, 0);
    if (count > most) return;
    for (const box of level) box.isOpen = true;
    level = level.flatMap((box) => box.parts).filter((part) => part.parts);
  }
}

// - Returns: whether something was closed.
function openAround(index) {
  let isNew = false;
  for (let box = itemOf.get(index).parent; box; box = box.parent) {
    if (!box.isOpen) [box.isOpen, isNew] = [true, true];
  }
  return isNew;
}
