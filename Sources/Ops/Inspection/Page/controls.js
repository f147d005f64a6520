// What the reader does: inputs, a node to look at, search.

// MARK: inputs

function changed() {
  results = evaluate(tape.program, inputs);
  writeNumbers();
  showStep();
  if (chosen) showDetails();
}

function fillInputs() {
  tape.program.inputs.forEach((index, place) => {
    const node = nodes.get(index);
    if (!node || node.isNumber || node.upstream === null && !node.shape.length) return;
    byId("inputs").append(node.shape.length ? tensorFields(node, place) : numberFields(node, place));
  });
  if (!tape.program.inputs.length) {
    byId("inputs").append(paragraph("They cannot be changed here: only the program that recorded this can go on."));
  }
}

function numberFields(node, place) {
  const start = inputs[place][0], reach = Math.max(2 * Math.abs(start), 1) || 1;
  const field = element("input", { type: "number", step: "any", value: start });
  const slider = element("input", { type: "range", min: -reach, max: reach, step: reach / 200, value: start });
  slider.setAttribute("aria-label", `${node.label}, slider`);
  const set = (other) => (event) => {
    const number = event.target.valueAsNumber;
    if (Number.isNaN(number)) return;
    other.value = number;
    inputs[place] = [number];
    changed();
  };
  field.addEventListener("input", set(slider));
  slider.addEventListener("input", set(field));
  return element("label", {}, element("span", { textContent: node.label }), field, slider);
}

// Fields for a small tensor; a large one is only looked at.
function tensorFields(node, place) {
  const columns = node.shape.at(-1);
  const title = element("summary", { textContent: `${node.label}  [${node.shape.join(", ")}]` });
  const part = element("details", {}, title);
  if (inputs[place].length > 64) return element("details", {}, title, heatMap(valueOf(node)));
  const fields = element("div", { className: "fields" });
  fields.style.gridTemplateColumns = `repeat(${columns}, minmax(4.2rem, 7rem))`;
  inputs[place].forEach((number, i) => {
    const field = element("input", { type: "number", step: "any", value: number });
    field.setAttribute("aria-label", `${node.label} ${indices(i, node.shape).join(", ")}`);
    field.addEventListener("input", () => {
      if (Number.isNaN(field.valueAsNumber)) return;
      inputs[place][i] = field.valueAsNumber;
      changed();
    });
    fields.append(field);
  });
  part.append(fields);
  part.open = tape.program.inputs.length < 8;
  return part;
}

// MARK: a node

let chosen = null;

function choose(index) {
  if (chosen) boxes.get(chosen.index)?.classList.remove("chosen");
  chosen = nodes.get(index) ?? null;
  if (!chosen) return;
  boxes.get(index)?.classList.add("chosen");
  showDetails();
}

function showDetails() {
  const lines = [...formulaLines(chosen), ...chosen.inputs.flatMap(localLine), upstreamLine(chosen)];
  byId("details").replaceChildren(element("h2", { textContent: chosen.label }), ...lines.map(paragraph),
    ...tensorParts(chosen), ...pathsTo(chosen));
}

const paragraph = (line) => element("p", {}, ...typeset(line));

function localLine(operand) {
  if (operand.term === null) return [];
  if (operand.local === null) return [`to ${operand.label} it sends ${operand.formula}, g being its upstream gradient`];
  return [`${operand.partial} = ${equation([operand.formula, text(results[operand.local])])}`];
}

function upstreamLine(node) {
  if (node === output) return `${node.total} = 1: here the walk begins`;
  if (node.upstream === null) return "It has no gradient: the output does not depend on it, or it is a tensor of data.";
  const terms = usesOf.get(node.index).map((use) => text(results[use.operand.term])).map(inSum).join(" + ");
  const isLong = dataOf(upstreamOf(node)).length > 8;
  if (node.isHooked) return `${node.total} = ${text(upstreamOf(node))}: what its hook makes of what arrives`;
  return equation([node.total, isLong ? "" : terms, text(upstreamOf(node))]);
}

function tensorParts(node) {
  if (!node.shape.length) return [];
  const parts = [heatMap(valueOf(node)), numbers(valueOf(node))];
  if (node.upstream === null) return parts;
  return [...parts, paragraph(`${node.total}:`), heatMap(upstreamOf(node)), numbers(upstreamOf(node))];
}

// Every path from the output with its product, the first fifty written out.
function pathsTo(goal) {
  const leads = new Set([goal.index]);
  for (const node of tape.nodes) {
    if (node.inputs.some((operand) => operand.term !== null && leads.has(operand.node))) leads.add(node.index);
  }
  if (goal === output || !leads.has(tape.output)) return [];
  const found = [], limit = 50;
  const walk = (node, trail) => {
    if (found.length > limit) return;
    if (node === goal) return void found.push(trail);
    for (const operand of node.inputs) {
      if (operand.term !== null && leads.has(operand.node)) walk(nodes.get(operand.node), [...trail, operand]);
    }
  };
  walk(output, []);
  const lines = found.slice(0, limit).map(pathText);
  if (found.length > limit) lines.push("…");
  const count = found.length > limit ? `more than ${limit}` : found.length;
  return [element("h2", { textContent: found.length === 1 ? "1 path" : `${count} paths` }), ...lines.map(paragraph)];
}

function pathText(trail) {
  const route = [output.label, ...trail.map((operand) => operand.label)].join(" ← ");
  if (trail.some((operand) => operand.local === null)) return route;
  const factors = trail.map((operand) => results[operand.local]);
  return `${route}:  ${equation([trail.map((operand) => operand.partial).join(" · "),
    factors.map((x, k) => (k ? inProduct(shortNumber(x)) : shortNumber(x))).join(" · "),
    shortNumber(factors.reduce(elementary.chain, 1))])}`;
}

// Red is above 0, blue below; what is larger than 32 on a side is shown in part.
function heatMap(x) {
  const columns = x.shape.at(-1), rows = x.data.length / columns || 0, reach = Math.max(...x.data.map(Math.abs)) || 1;
  const map = element("table", { className: "heat" });
  map.setAttribute("role", "img");
  map.setAttribute("aria-label", `heat map, ${text(x)}`);
  for (let i = 0; i < Math.min(rows, 32); i++) {
    const row = map.insertRow();
    for (let j = 0; j < Math.min(columns, 32); j++) {
      const part = x.data[i * columns + j] / reach;
      row.insertCell().style.background =
        `color-mix(in srgb, ${part < 0 ? "#2563eb" : "#d1331f"} ${Math.round(100 * Math.abs(part))}%, var(--grey))`;
    }
  }
  return map;
}

function numbers(x) {
  const columns = x.shape.at(-1), table = element("table", { className: "numbers" });
  for (let i = 0; i < Math.min(x.data.length, 4096); i += columns) {
    const row = table.insertRow();
    for (const number of x.data.slice(i, i + columns)) row.insertCell().textContent = shortNumber(number);
  }
  return element("details", { open: x.data.length <= 16 }, element("summary", { textContent: "numbers" }), table);
}

// MARK: open and closed

// Draws the boxes as they are open now, at the same step of the walk.
function redraw() {
  const place = moments.length ? arrived() : steps.length - 1;
  gatherMoments();
  now = moments.findIndex((moment) => moment.to >= place);
  byId("place").max = lastStep;
  draw();
  if (chosen) boxes.get(chosen.index).classList.add("chosen");
  markFound();
  const count = items.filter((item) => !item.isOpen).length;
  byId("seen").textContent = !groups.length ? "" :
    `${count} boxes for ${tape.nodes.length} nodes: a stack opens on a click, the title above its parts closes it.`;
}

// Opens or closes a box, which stays where the reader sees it.
function toggle(item) {
  const left = item.x - picture.scrollLeft;
  item.isOpen = !item.isOpen;
  redraw();
  picture.scrollLeft = item.x - left;
  frame.left = picture.scrollLeft;
  showStep();
  choose(headOf(item).index);
  item.drawn.focus({ preventScroll: true });
}

function openSome(most) {
  openUpTo(most);
  redraw();
  showStep();
}

// No more than can be drawn.
byId("open").addEventListener("click", () => openSome(1500));
byId("close").addEventListener("click", () => openSome(0));
for (const name of ["open", "close"]) byId(name).hidden = !groups.length;

// MARK: search

let found = [], foundPlace = 0;

function markFound() {
  for (const item of items) item.drawn.classList.remove("found");
  for (const node of found) boxes.get(node.index).classList.add("found");
}

function showFound(place) {
  const node = found[place];
  foundPlace = place;
  byId("found").textContent = found.length ? `${place + 1} of ${found.length}` : byId("search").value.trim() ? "none" : "";
  if (!node) return markFound();
  if (openAround(node.index)) {
    redraw();
    showStep();
  } else {
    markFound();
  }
  boxes.get(node.index).scrollIntoView({ block: "nearest", inline: "center" });
}

byId("search").addEventListener("input", (event) => {
  const wanted = event.target.value.trim().toLowerCase();
  const isFound = (node) => wanted && `${node.statement} ${node.operation}`.toLowerCase().includes(wanted);
  found = tape.nodes.filter(isFound);
  showFound(0);
});
byId("search").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !found.length) return;
  showFound((foundPlace + (event.shiftKey ? found.length - 1 : 1)) % found.length);
  choose(found[foundPlace].index);
});

openUpTo(24);
fillInputs();
redraw();
go(lastStep);
choose(tape.output);
