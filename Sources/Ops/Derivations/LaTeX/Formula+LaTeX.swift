extension Formula {
  /// The formula in LaTeX mathematics: `\frac{a}{b}`, `x^{2}`, `\hat{y}`.
  ///
  /// `*` is `\cdot`, `@` is adjacency, `where` is `cases`; what has no command is `\operatorname{…}`.
  /// - Complexity: linear in ``size``.
  public var latex: String {
    var printer = LaTeXPrinter()
    printer.write(self)
    return printer.text
  }

  /// The formula in MathML, which browsers set without a script.
  public var mathML: String {
    Ops.mathML(ofLaTeX: latex) ?? "<math display=\"block\"><mtext>\(MathML.escaped(description))</mtext></math>"
  }
}

extension Claim {
  /// The claim in LaTeX mathematics; see ``Formula/latex``.
  public var latex: String {
    switch self {
    case .gradient(let c, let w, let right):
      Formula(.derivative(.name(c), by: [.name(w)])).latex + " = " + right.latex
    case .second(let c, let w, let b, let right):
      Formula(.derivative(.name(c), by: [.name(w), .name(b)])).latex + " = " + right.latex
    case .identity(let left, let right): left.latex + " = " + right.latex
    case .relation(let left, let sign, let right): left.latex + sign.latex + right.latex
    }
  }
}

/// Writes from left to right with a list of what is still to come, so that depth costs memory and not stack.
private struct LaTeXPrinter {
  enum Piece {
    case text(String)
    case sign(String)
    case formula(Formula, Formula.Precedence)
  }

  var text = ""
  /// A minus sign right behind an operator gets parentheses: `a \cdot (-b)`.
  private var isBehindOperator = false

  mutating func write(_ formula: Formula) {
    var pending = [Piece.formula(formula, .comparison)]
    while let piece = pending.popLast() {
      switch piece {
      case .text(let string):
        text += string
        isBehindOperator = false
      case .sign(let string):
        text += string
        isBehindOperator = true
      case .formula(let formula, let minimum): pending += pieces(of: formula, atLeast: minimum).reversed()
      }
    }
  }

  /// One level, in parentheses if it binds looser than `minimum`.
  private func pieces(of formula: Formula, atLeast minimum: Formula.Precedence) -> [Piece] {
    switch formula.form {
    case .number(let value): number(value, minimum)
    case .name(let name): [.text(LaTeXName(name).text)]
    case .negative(let a): enclosed(minimum > .negation || isBehindOperator, [.text("-"), .formula(a, .power)])
    case .binary(.divide, let a, let b):
      enclosed(minimum > .product.tighter, fraction([.formula(a, .comparison)], [.formula(b, .comparison)]))
    case .binary(.power, let base, let exponent):
      enclosed(minimum > .power, [.formula(base, .postfix), .text("^{"), .formula(exponent, .comparison), .text("}")])
    case .binary(let symbol, let a, let b):
      enclosed(
        minimum > symbol.precedence,
        [.formula(a, symbol.precedence), .sign(sign(of: symbol)), .formula(b, symbol.precedence.tighter)])
    case .comparison(let symbol, let a, let b):
      enclosed(minimum > .comparison, [.formula(a, .sum), .sign(symbol.latex), .formula(b, .sum)])
    case .call(let name, let arguments): call(name, arguments)
    case .list(let elements): matrix(elements)
    case .transpose(let a): [.formula(a, .postfix), .text("^{\\top}")]
    case .slice(let a, let indices):
      [.formula(a, .postfix), .text("_{[" + indices.map(\.text).joined(separator: ",") + "]}")]
    case .derivative(let of, let by): derivative(of, by)
    }
  }

  /// 10⁻⁵ is written out: `e` is a name.
  private func number(_ value: Double, _ minimum: Formula.Precedence) -> [Piece] {
    let parts = shortest(value).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return [.text(shortest(value))] }
    return enclosed(minimum > .product, [.text("\(parts[0]) \\cdot 10^{\(exponent)}")])
  }

  private func fraction(_ above: [Piece], _ below: [Piece]) -> [Piece] {
    [.text("\\frac{")] + above + [.text("}{")] + below + [.text("}")]
  }

  private func derivative(_ of: Formula, _ by: [Formula]) -> [Piece] {
    let isTwice = by.count == 2 && by[0] == by[1]
    let names: [Piece] = (isTwice ? [by[0]] : by).flatMap { [.text("\\partial "), .formula($0, .postfix)] }
    return fraction(
      [.text(by.count == 1 ? "\\partial " : "\\partial^{\(by.count)} "), .formula(of, .postfix)],
      names + (isTwice ? [.text("^{2}")] : []))
  }

  private func call(_ name: String, _ arguments: [Formula.Argument<Formula>]) -> [Piece] {
    let values = arguments.map(\.value)
    switch (name, arguments.count) {
    case ("sqrt", 1): return [.text("\\sqrt{"), .formula(values[0], .comparison), .text("}")]
    case ("abs", 1): return [.text("\\left|"), .formula(values[0], .sum), .text("\\right|")]
    case ("norm", 1): return [.text("\\left\\|"), .formula(values[0], .sum), .text("\\right\\|")]
    case ("where", 3):
      return [
        .text("\\begin{cases}"), .formula(values[1], .sum), .text(" & \\text{if } "), .formula(values[0], .comparison),
        .text(" \\\\ "), .formula(values[2], .sum), .text(" & \\text{otherwise}\\end{cases}"),
      ]
    default: return [.text(function(name) + "\\left(")] + separated(arguments.map(pieces(of:))) + [.text("\\right)")]
    }
  }

  private func pieces(of argument: Formula.Argument<Formula>) -> [Piece] {
    let value = Piece.formula(argument.value, .comparison)
    return argument.label.map { [.text("\\mathrm{\($0)}="), value] } ?? [value]
  }

  private func function(_ name: String) -> String {
    if ["asin", "acos", "atan"].contains(name) { return "\\arc" + name.dropFirst() }
    return LaTeXVocabulary.functions.contains(name) ? "\\" + name : "\\operatorname{\(name)}"
  }

  /// A list of lists by rows; a list of anything else is a column.
  private func matrix(_ elements: [Formula]) -> [Piece] {
    let rows: [[Formula]] = elements.map { if case .list(let cells) = $0.form { cells } else { [$0] } }
    let written = rows.map { Array($0.map { [Piece.formula($0, .sum)] }.joined(separator: [.text(" & ")])) }
    return [.text("\\begin{bmatrix}")] + Array(written.joined(separator: [.text(" \\\\ ")]))
      + [.text("\\end{bmatrix}")]
  }

  private func sign(of symbol: Formula.Operator) -> String {
    switch symbol {
    case .times: " \\cdot "
    case .matmul: "\\,"
    case .plus, .minus, .divide, .power: " \(symbol.rawValue) "
    }
  }

  private func enclosed(_ needed: Bool, _ pieces: [Piece]) -> [Piece] {
    needed ? [.text("\\left(")] + pieces + [.text("\\right)")] : pieces
  }

  private func separated(_ items: [[Piece]]) -> [Piece] { Array(items.joined(separator: [.text(", ")])) }
}

/// A name with its accent and its subscript: `ŷ_1` is `\hat{y}_{1}`.
private struct LaTeXName {
  let text: String

  init(_ name: String) {
    let parts = name.split(separator: "_", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      text = Self.base(name)
      return
    }
    text = Self.base(parts[0]) + "_{" + Self.subscripted(parts[1]) + "}"
  }

  private static func base(_ name: String) -> String {
    if let letter = letters[name] { return letter }
    if let (letter, accent) = accented[name] { return "\\\(accent){\(letter)}" }
    return name.count == 1 && name != "_" ? name : word(name)
  }

  private static func subscripted(_ name: String) -> String {
    if let letter = letters[name] { return letter }
    let isIndex = name.allSatisfy { $0.isASCII && $0.isNumber } || name.count <= 2 && name.allSatisfy(\.isLetter)
    return isIndex ? name : word(name)
  }

  private static func word(_ name: String) -> String {
    "\\mathrm{" + name.map { $0 == "_" ? "\\_" : String($0) }.joined() + "}"
  }

  /// Greek letters, by themselves and in words.
  private static let letters: [String: String] = {
    let commands = LaTeXVocabulary.letters.filter { !$0.key.hasPrefix("var") && $0.value.first?.isASCII == false }
    let words = commands.keys.filter { $0 != "ell" && $0 != "hbar" }.map { ($0, "\\" + $0) }
    return Dictionary(words + commands.map { ($1, "\\" + $0) }, uniquingKeysWith: { $1 })
  }()

  private static let accented: [String: (letter: String, accent: String)] = {
    let plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".map { (String($0), String($0)) }
    var known: [String: (String, String)] = [:]
    for (name, letter) in plain + letters.filter({ $0.key.count == 1 }) {
      for (accent, sign) in LaTeXVocabulary.accents where !sign.isEmpty { known[name + sign] = (letter, accent) }
    }
    return known
  }()
}

extension Formula.Comparison {
  fileprivate var latex: String {
    switch self {
    case .less, .greater: " \(rawValue) "
    case .lessOrEqual: " \\leq "
    case .greaterOrEqual: " \\geq "
    case .equal: " = "
    case .notEqual: " \\neq "
    }
  }
}
