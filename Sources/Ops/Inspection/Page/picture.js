// The picture: all boxes that are seen and the arrows between them, drawn anew when a box opens or closes.

const picture = document.getElementById("picture");
const pen = document.createElement("canvas").getContext("2d");
const sizes = { value: 14, upstream: 14, local: 12 }, lineHeight = 19, margin = 12;
// A frame around the parts of an open box: room beside them, and above them for the title.
const frameRoom = 14, titleRoom = 30;

function widthOf(words, style) {
  pen.font = `${sizes[style]}px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(words).width;
}

function drawn(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// The drawn box that each node is seen in; each drawn item by its box, and its lines of text.
const boxes = new Map();
const items = [];
let connections = [];
// The drawn arrow of an operand.
const arrowOf = new Map();

// MARK: what stands in a box

const countOf = ({ operations, leaves }) => (operations ? `${operations} operation${operations > 1 ? "s" : ""}` : `${leaves} leaves`);

// Lines with their style.
function caption(item) {
  const node = headOf(item), value = brief(valueOf(node));
  if (node.isNumber && item.node) return [["value", value]];
  if (item.parts && !item.operations) return [["value", item.title], ["local", countOf(item)]];
  const lines = item.parts ? closedLines(item, value) : joined(item, node.statement, value);
  if (node.upstream !== null) lines.push(["upstream", `${node.total} = ${brief(upstreamOf(node))}`]);
  return item.parts ? [...lines, ["local", countOf(item)]] : lines;
}

// A statement and its value on one line or two, which stay so many when the value changes.
function joined(item, statement, value) {
  const line = `${statement} = ${value}`;
  item.isJoined ??= line.length <= 40;
  return item.isJoined ? [["value", line]] : [["value", statement], ["value", `= ${value}`]];
}

function closedLines(item, value) {
  const node = headOf(item);
  if (item.title === node.label) return joined(item, writtenOut(node), value);
  return [["value title", item.title], ...joined(item, node.label, value)];
}

// The statement with the formulas of its own nodes in place of n4; its name alone where that is long.
function writtenOut(node) {
  const formula = expanded(node.statement.split(" = ").at(-1), node);
  return formula.length <= 48 && formula !== node.label ? `${node.label} = ${formula}` : node.label;
}

function expanded(formula, node) {
  let result = formula;
  for (const { node: index, label } of node.inputs) {
    const inner = nodes.get(index);
    if (!inner || inner.isNamed || inner.isLeaf || label !== `n${index}` || result.length > 48) continue;
    const part = expanded(inner.statement.split(" = ").at(-1), inner);
    result = result.replace(new RegExp(`(?<![\\p{L}\\p{N}_])${label}(?![\\p{L}\\p{N}_])`, "gu"), (_, place, all) =>
      (standsAlone(part, all.slice(0, place), all.slice(place + label.length)) ? part : `(${part})`));
  }
  return result;
}

// Whether a formula needs no parentheses between what stands before and behind it: a name, a call, or a product in a sum.
function standsAlone(part, before, behind) {
  if (isName(part) || /^[\p{L}\p{N}_]+\([^()]*\)$/u.test(part)) return true;
  if (/^$|[(,] ?$/.test(before) && /^$|^[),]/.test(behind)) return true;
  return !/^-|[+\-] /.test(part) && /^$|[+\-(] $|\($/.test(before) && /^$|^ [+\-]|^\)/.test(behind);
}

// MARK: arrows

const chain = (item) => (item.parent ? [...chain(item.parent), item] : [item]);

// An arrow from box to box for each operand; into and out of a closed box one for all.
function connected() {
  const found = new Map();
  for (const user of tape.nodes) {
    user.inputs.forEach((operand, place) => {
      if (operand.node === null) return;
      const [from, to] = [seen(operand.node), seen(user.index)];
      if (from === to) return;
      const name = `${headOf(from).index}${from.parts ? "b" : ""}>${headOf(to).index}${to.parts ? "b" : `#${place}`}`;
      if (!found.has(name)) found.set(name, connection(from, to, to.node ? operand : null, place));
      found.get(name).operands.push(operand);
    });
  }
  return [...found.values()];
}

function connection(from, to, operand, place) {
  const [source, target] = [chain(from), chain(to)];
  let depth = 0;
  while (source[depth] === target[depth]) depth++;
  return { from, to, operand, place, source, target, depth, operands: [], label: labelOf(operand) };
}

// `2·e = 8`; the number alone where the formula is long, and nothing on the arrow from a plain number.
function labelOf(operand) {
  if (!operand || nodes.get(operand.node).isNumber) return "";
  if (operand.local === null) return operand.formula.length <= 32 ? operand.formula : "";
  const number = text(results[operand.local]);
  return operand.formula.length <= 32 ? equation([operand.formula, number]) : number;
}

// The segments of an arrow: from frame to frame, and in the innermost box of both ends.
function segmentsOf({ from, to, source, target, depth, place, label }) {
  const ways = [];
  for (let k = source.length - 2; k >= depth; k--) ways.push([source[k], source[k + 1], door(source[k], "right", from)]);
  ways.push([source[depth - 1], source[depth], target[depth]]);
  for (let k = depth; k < target.length - 1; k++) ways.push([target[k], door(target[k], "left", from), target[k + 1]]);
  // The operands of one node arrive each at a place of its own.
  const segments = ways.map((way, k) => segment(...way, from, k === ways.length - 1 && to.node ? place : null));
  segments.at(-1).room = label ? widthOf(label, "local") : 0;
  return segments;
}

// Where arrows that come from a box go through a frame.
function door(box, side, from) {
  const doors = box.doors[side];
  if (!doors.has(from)) doors.set(from, { side, width: 0, height: 12 });
  return doors.get(from);
}

// The same for all that come from one box and go the same way.
function segment(box, start, end, origin, place) {
  const known = box.segments.get(origin) ?? [];
  box.segments.set(origin, known);
  let own = known.find((one) => one.start === start && one.end === end && one.place === place);
  if (!own) known.push(own = { box, start, end, origin, place, room: 0 });
  return own;
}

// MARK: places

function arrange(box) {
  for (const part of box.parts) part.isOpen ? arrange(part) : measure(part);
  const list = [...box.doors.left.values(), ...box.parts, ...box.doors.right.values()];
  const place = new Map(list.map((one, k) => [one, k]));
  const through = (item, side, from) => {
    const own = item.isOpen ? item.doors[side].get(from) : null;
    return own ? titleRoom + own.y + own.height / 2 : undefined;
  };
  const segments = [...box.segments.values()].flat();
  for (const one of segments) {
    [one.from, one.to] = [place.get(one.start), place.get(one.end)];
    [one.leaves, one.arrives] = [through(one.start, "right", one.origin), through(one.end, "left", one.origin)];
  }
  const { width, height } = layOut(list, segments);
  [box.width, box.height] = [width + 2 * frameRoom, height + titleRoom + frameRoom];
}

// High enough for the lines and for the labels of the arrows that arrive.
function measure(item) {
  item.isJoined = undefined;
  item.lines = caption(item);
  const widest = item.lines.reduce((most, [style, words]) => Math.max(most, widthOf(words, style.split(" ")[0])), 0);
  const arriving = item.node?.inputs.filter((operand) => operand.node !== null).length ?? 0;
  [item.width, item.height] = [widest + 24, Math.max(item.lines.length * lineHeight + 12, arriving * 18 + 4)];
}

// From places inside of a frame to those of the picture.
function settle(box, left, top) {
  Object.assign(box, { left, top });
  for (const part of box.parts) {
    [part.x, part.y] = [part.x + left, part.y + top];
    if (part.isOpen) settle(part, part.x + frameRoom, part.y + titleRoom);
  }
  const [start, end] = [left - frameRoom, left - frameRoom + box.width];
  for (const [side, x] of [["left", start], ["right", end]]) {
    for (const one of box.doors[side].values()) Object.assign(one, { x, y: one.y + top });
  }
}

// Level where it leaves, passes and arrives; at the end straight, as long as its label.
function curve({ from, to, segments }) {
  const places = [[0, from.x + from.width, from.y + from.height / 2]];
  for (const one of segments) {
    const { left, top } = one.box;
    for (const { x, y, width } of one.between) places.push([left + x, left + x + width, top + y + 3]);
    const through = one.end.side ? one.end : one.end.isOpen ? one.end.doors.left.get(from) : null;
    if (through) places.push([through.x, through.x, through.y + through.height / 2]);
  }
  const last = segments.at(-1);
  places.push([to.x - last.room - 20, to.x, to.y + last.arrives]);
  return places.slice(1).reduce((path, [left, right, y], k) => {
    const half = (places[k][1] + left) / 2;
    return `${path}C${half} ${places[k][2]} ${half} ${y} ${left} ${y}L${right} ${y}`;
  }, `M${places[0][1]} ${places[0][2]}`);
}
