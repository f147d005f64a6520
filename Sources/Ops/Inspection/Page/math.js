// Formulas as MathML, made of the text that tables have. Each part between two signs of equality is a formula of its own,
// so that long ones wrap; a very long part stays text.

const mathml = (name, ...parts) => {
  const made = document.createElementNS("http://www.w3.org/1998/Math/MathML", name);
  made.append(...parts);
  return made;
};

const raised = new Map([..."⁰¹²³⁴⁵⁶⁷⁸⁹⁻ᵀ"].map((sign, place) => [sign, "0123456789−T"[place]]));
// Brackets within brackets, five deep.
const bracketed = Array.from({ length: 4 }).reduce((inner) => String.raw`\((?:[^()]|${inner})*\)`, String.raw`\([^()]*\)`);
const differentiated = `${identifier.source}(?:${bracketed})?|${bracketed}`;
const pieces = new RegExp(
  String.raw`([d∂])(${differentiated})/\1(${differentiated})` +
  String.raw`|[${[...raised.keys()].join("")}]+|\d+(?:\.\d+)?(?:e-?\d+)?|${identifier.source}|\S`, "gu");
const totals = new Set(tape.nodes.map((node) => node.total));

// Brackets as high as a line; a minus sign stands for a difference only behind an operand.
function operator(sign, last) {
  const made = mathml("mo", sign === "-" ? "−" : sign);
  if ("()[]".includes(sign)) made.setAttribute("stretchy", "false");
  if (sign === "-" && (!last || last.localName === "mo" && !")]".includes(last.textContent))) {
    made.setAttribute("form", "prefix");
  }
  return made;
}

function differential(sign, of) {
  const letter = mathml("mi", sign);
  letter.setAttribute("mathvariant", "normal");
  return mathml("mrow", letter, ...formulaParts(of));
}

function formulaParts(text) {
  const row = [];
  for (const [token, sign, above, below] of text.matchAll(pieces)) {
    if (sign && (sign === "∂" || totals.has(token))) {
      row.push(mathml("mfrac", differential(sign, above), differential(sign, below)));
    } else if (sign) {
      row.push(...formulaParts(token.replace("/", " / ")));
    } else if (raised.has(token[0])) {
      row.push(mathml("msup", row.pop() ?? mathml("mrow"), mathml("mn", [...token].map((x) => raised.get(x)).join(""))));
    } else {
      row.push(/^\d/.test(token) ? mathml("mn", token) : isName(token) ? mathml("mi", token) : operator(token, row.at(-1)));
    }
  }
  return row;
}

function formula(text) {
  if (text.length > 120) return text;
  const math = mathml("math", ...formulaParts(text));
  math.setAttribute("alttext", text);
  return math;
}

// Words between formulas, and what is a sentence itself.
const between = /(^(?:Forward|Backward) through .*?:  |;  | so far |^Forward: |^Backward: (?:to )?| comes |; so far | {2,}with g = |: {2})/;
const isProse = (piece) => /\p{L} \p{L}|(?:^|\s)(?:from|all|shape) /u.test(piece);

// A line, with its formulas set as such.
const typeset = (line) => line.split(between).flatMap((piece) =>
  (!piece || between.test(piece) || isProse(piece) ? [piece] :
    piece.split(" = ").flatMap((part, place) => (place ? [" = ", formula(part)] : [formula(part)]))));
