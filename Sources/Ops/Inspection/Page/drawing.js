// Draws what is arranged, and writes the numbers into it.

function draw() {
  for (const box of [everything, ...groups]) Object.assign(box, { doors: { left: new Map(), right: new Map() }, segments: new Map() });
  connections = connected();
  for (const one of connections) one.segments = segmentsOf(one);
  arrange(everything);
  settle(everything, margin, margin);
  const layers = ["frames", "arrows", "boxes"].map(() => drawn("g"));
  const [width, height] = [everything.width - 2 * frameRoom + 2 * margin, everything.height - titleRoom - frameRoom + 2 * margin];
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": "the graph of the tape" },
    arrowhead(), ...layers);
  for (const map of [boxes, arrowOf, shown]) map.clear();
  items.length = 0;
  for (const one of connections) layers[1].append(...arrowParts(one));
  drawParts(everything, layers[0], layers[2]);
  for (const node of tape.nodes) boxes.set(node.index, seen(node.index).drawn);
  marked = [];
  picture.replaceChildren(svg);
}

const arrowhead = () => drawn("defs", {}, drawn("marker", { id: "head", viewBox: "0 0 8 8", refX: 7, refY: 4,
  markerUnits: "userSpaceOnUse", markerWidth: 9, markerHeight: 9, orient: "auto" },
  drawn("path", { d: "M0 0L8 4L0 8z", class: "head" })));

function arrowParts(one) {
  one.path = drawn("path", { d: curve(one), class: "arrow" });
  for (const operand of one.operands) arrowOf.set(operand, one.path);
  if (!one.label) return [one.path];
  const width = one.segments.at(-1).room, right = one.to.x - 14, middle = one.to.y + one.segments.at(-1).arrives;
  one.words = drawn("text", { x: right - width / 2, y: middle + 4, class: "local", "text-anchor": "middle" }, one.label);
  const behind = drawn("rect", { x: right - width - 2, y: middle - 8, width: width + 4, height: 16, class: "behind" });
  return [one.path, behind, one.words];
}

function drawParts(box, frames, layer) {
  for (const part of box.parts) {
    items.push(part);
    part.drawn = part.isOpen ? drawnFrame(part, frames) : drawnBox(part);
    layer.append(part.drawn);
    if (part.isOpen) drawParts(part, frames, layer);
  }
}

const rectangle = (item, style, shift = 0) => drawn("rect",
  { x: item.x + shift, y: item.y + shift, rx: 8, width: item.width, height: item.height, class: style });

function drawnBox(item) {
  const node = headOf(item), kind = item.node ? (node.isLeaf ? node.operation : node === output ? "output" : "operation") :
    node === output ? "output" : item.operations ? "operation" : node.operation;
  const x = item.x + item.width / 2, middle = item.y + item.height / 2 + 5;
  item.words = item.lines.map(([style, words], line) =>
    drawn("text", { x, y: middle + (line - (item.lines.length - 1) / 2) * lineHeight, class: style, "text-anchor": "middle" }, words));
  const stack = item.parts ? [rectangle(item, `box ${kind}`, 6), rectangle(item, `box ${kind}`, 3)] : [];
  const label = item.parts ? `${item.title}: ${countOf(item)}` : node.statement;
  return button(item, label, ...stack, rectangle(item, `box ${kind}`), ...item.words);
}

// The title above the parts of an open box closes it.
function drawnFrame(item, frames) {
  frames.append(rectangle(item, "frame"));
  const [x, y] = [item.x + 12, item.y + 20];
  const bar = drawn("rect", { x: item.x + 1, y: item.y + 1, width: item.width - 2, height: titleRoom - 2, class: "bar" });
  return button(item, item.title, bar, drawn("text", { x, y, class: "local" }, `− ${item.title}`));
}

function button(item, label, ...parts) {
  const made = drawn("g", { tabindex: 0, role: "button", "aria-label": label }, ...parts);
  if (item.parts) made.setAttribute("aria-expanded", item.isOpen);
  const press = () => (item.parts ? toggle(item) : choose(item.node.index));
  made.addEventListener("click", press);
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press();
  });
  return made;
}

// MARK: numbers

// Words in the width that there is for them.
function write(element, words, room) {
  if (element.textContent === words) return;
  element.textContent = words;
  element.removeAttribute("textLength");
  if (element.getComputedTextLength() > room) {
    element.setAttribute("textLength", room);
    element.setAttribute("lengthAdjust", "spacingAndGlyphs");
  }
}

function writeNumbers() {
  for (const item of items) {
    if (item.isOpen) continue;
    caption(item).forEach(([, words], line) => write(item.words[line], words, item.width - 10));
  }
  for (const one of connections) if (one.label) write(one.words, labelOf(one.operand), Math.max(one.segments.at(-1).room, 30) + 14);
}

// MARK: the step

// What bears the mark of the current step, and what of each box is shown: only what differs is touched.
let marked = [];
const shown = new Map();

function mark(moment) {
  for (const part of marked) part.classList.remove("now");
  const own = stepsOf(moment);
  const operands = own.flatMap((step) => (step.kind === "send" ? [step.operand] : step.kind === "value" ? step.node.inputs : []));
  const around = own.flatMap((step) => [step.node?.index, step.user?.index, step.operand?.node]);
  marked = [...new Set([...operands.map((operand) => arrowOf.get(operand)), ...around.map((index) => boxes.get(index))])]
    .filter((part) => part);
  for (const part of marked) part.classList.add("now");
}

function reveal(item, isEnd) {
  if (item.isOpen) return;
  const node = headOf(item);
  const isComputed = node.isLeaf || arrived() >= (valueKnown.get(node.index) ?? 0);
  const hasArrived = isEnd || arrived() >= (upstreamKnown.get(node.index) ?? Infinity);
  const state = `${isComputed} ${hasArrived}`;
  if (shown.get(item) === state) return;
  shown.set(item, state);
  item.drawn.classList.toggle("unseen", !isComputed);
  item.drawn.querySelector(".upstream")?.classList.toggle("waiting", !hasArrived);
}

function showStep() {
  const moment = moments[now], step = steps[moment.to], said = sentence(moment);
  for (const item of items) reveal(item, step.kind === "end");
  mark(moment);
  byId("status").replaceChildren(...typeset(said));
  byId("count").textContent = `${now} / ${lastStep}`;
  byId("place").value = now;
  byId("place").setAttribute("aria-valuetext", said);
  const index = step.operand?.node ?? step.node?.index;
  follow(moment.box ?? (index === undefined ? null : seen(index)));
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");
// Where the picture is scrolled to and how much of it is seen: kept, so that no step has to ask for a layout.
const frame = { left: 0, width: picture.clientWidth };
picture.addEventListener("scroll", () => { frame.left = picture.scrollLeft; });
new ResizeObserver(() => { frame.width = picture.clientWidth; }).observe(picture);

// Scrolls the picture, not the page.
function follow(item) {
  if (!item) return;
  const middle = item.x + item.width / 2, place = middle - frame.left, room = Math.min(100, frame.width / 3);
  if (!(place < room || place > frame.width - room)) return;
  picture.scrollTo({ left: middle - frame.width / 2, behavior: calm.matches || timer ? "auto" : "smooth" });
}
