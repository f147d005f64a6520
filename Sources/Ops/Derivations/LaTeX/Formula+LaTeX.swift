extension Formula {
  /// The formula in LaTeX mathematics: `\frac{a}{b}`, `x^{2}`, `\hat{y}`.
  ///
  /// `*` is `\cdot`, `@` is adjacency, `where` is `cases`; what has no command is `\operatorname{…}`.
  /// - Complexity: linear in ``size``.
  public var latex: String { latex(ranks: [:]) }

  /// The same where names are tensors: what works element by element is told from products of matrices, `A \odot B` and
  /// `A^{\circ 2}`, so that it can be read back.
  ///
  /// ```swift
  /// try Formula(parsing: "X@W*y").latex(ranks: ["X": 2, "W": 1, "y": 1])  // X\,W \odot y
  /// ```
  /// - Parameter ranks: how many axes each name has; those not named are numbers.
  /// - Complexity: quadratic in the depth, as the rank of an operand is found where it is multiplied.
  public func latex(ranks: [String: Int]) -> String { LaTeXPrinter(ranks: ranks).text(of: self) }

  /// The formula in MathML, which browsers set without a script.
  public var mathML: String {
    Ops.mathML(ofLaTeX: latex) ?? "<math display=\"block\"><mtext>\(MathML.escaped(description))</mtext></math>"
  }
}

extension Claim {
  /// The claim in LaTeX mathematics; see ``Formula/latex``.
  public var latex: String { latex(ranks: [:]) }

  /// See ``Formula/latex(ranks:)``.
  public func latex(ranks: [String: Int]) -> String {
    let (left, sign, right) = bothSides
    return left.latex(ranks: ranks) + (sign?.latex ?? " = ") + right.latex(ranks: ranks)
  }
}

private struct LaTeXPrinter: FormulaPrinter {
  let ranks: [String: Int]

  /// Without ranks all are numbers, and nothing is counted.
  private func rank(_ formula: Formula) -> Int { ranks.isEmpty ? 0 : formula.rank(ranks) }

  func pieces(of formula: Formula, atLeast minimum: Formula.Precedence, isBehindOperator: Bool) -> [FormulaPiece] {
    switch formula.form {
    case .number(let value): number(value, minimum)
    case .name(let name): [.text(LaTeXName(name).text)]
    case .negative(let a): enclosed(minimum > .negation || isBehindOperator, [.text("-"), .formula(a, .power)])
    case .binary(.divide, let a, let b):
      enclosed(minimum > .product.tighter, fraction([.formula(a, .comparison)], [.formula(b, .comparison)]))
    case .binary(.power, let base, let exponent):
      enclosed(
        minimum > .power,
        raised(base, (rank(base) > 0 ? "\\circ " : "")) + [.formula(exponent, .comparison), .text("}")])
    case .binary(.times, let a, let b) where rank(a) > 0 && rank(b) > 0:
      enclosed(minimum > .product, [.formula(a, .product), .sign(" \\odot "), .formula(b, .product.tighter)])
    case .binary(.matmul, let a, let b): enclosed(minimum > .product, product(a, b))
    case .binary(let symbol, let a, let b):
      enclosed(
        minimum > symbol.precedence,
        [.formula(a, symbol.precedence), .sign(sign(of: symbol)), .formula(b, symbol.precedence.tighter)])
    case .comparison(let symbol, let a, let b):
      enclosed(minimum > .comparison, [.formula(a, .sum), .sign(symbol.latex), .formula(b, .sum)])
    case .call(let name, let arguments): call(name, arguments)
    case .list(let elements): matrix(elements)
    case .transpose(let a): raised(a, "\\top}")
    case .slice(let a, let indices):
      scripted(a) + [.text("_{[" + indices.map(\.text).joined(separator: ",") + "]}")]
    case .einsum(let sum, let operands):
      [.text("\\operatorname{einsum}_{\(sum.latex)}\\left(")] + separated(operands.map { [.formula($0, .sum)] })
        + [.text("\\right)")]
    case .derivative(let of, let by): derivative(of, by)
    }
  }

  private func raised(_ base: Formula, _ above: String) -> [FormulaPiece] { scripted(base) + [.text("^{" + above)] }

  /// In braces where it has scripts of its own.
  private func scripted(_ base: Formula) -> [FormulaPiece] {
    switch base.form {
    case .transpose, .slice: [.text("{"), .formula(base, .postfix), .text("}")]
    case .name(let name) where name.contains("_"): [.text("{"), .formula(base, .postfix), .text("}")]
    default: [.formula(base, .postfix)]
    }
  }

  /// Side by side; of two vectors with a dot, as side by side they would not be read as one number.
  private func product(_ a: Formula, _ b: Formula) -> [FormulaPiece] {
    let isDot = rank(a) == 1 && rank(b) == 1
    let left = rank(a) == 1 && rank(b) == 2 ? raised(a, "\\top}") : [.formula(a, .product)]
    return left + [.sign(isDot ? " \\cdot " : "\\,"), .formula(b, .product.tighter)]
  }

  /// 10⁻⁵ is written out: `e` is a name.
  private func number(_ value: Double, _ minimum: Formula.Precedence) -> [FormulaPiece] {
    let parts = shortest(value).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return [.text(shortest(value))] }
    return enclosed(minimum > .product, [.text("\(parts[0]) \\cdot 10^{\(exponent)}")])
  }

  private func fraction(_ above: [FormulaPiece], _ below: [FormulaPiece]) -> [FormulaPiece] {
    [.text("\\frac{")] + above + [.text("}{")] + below + [.text("}")]
  }

  private func derivative(_ of: Formula, _ by: [Formula]) -> [FormulaPiece] {
    let isTwice = by.count == 2 && by[0] == by[1]
    let names: [FormulaPiece] = (isTwice ? [by[0]] : by).flatMap { [.text("\\partial "), .formula($0, .postfix)] }
    return fraction(
      [.text(by.count == 1 ? "\\partial " : "\\partial^{\(by.count)} "), .formula(of, .postfix)],
      names + (isTwice ? [.text("^{2}")] : []))
  }

  private func call(_ name: String, _ arguments: [Formula.Argument<Formula>]) -> [FormulaPiece] {
    let values = arguments.map(\.value)
    switch (name, arguments.count) {
    case ("sqrt", 1): return [.text("\\sqrt{"), .formula(values[0], .comparison), .text("}")]
    case ("abs", 1) where rank(values[0]) < 2: return [.text("\\left|"), .formula(values[0], .sum), .text("\\right|")]
    case ("norm", 1): return [.text("\\left\\|"), .formula(values[0], .sum), .text("\\right\\|")]
    case ("inverse", 1): return raised(values[0], "-1}")
    case ("where", 3):
      return [
        .text("\\begin{cases}"), .formula(values[1], .sum), .text(" & \\text{if } "), .formula(values[0], .comparison),
        .text(" \\\\ "), .formula(values[2], .sum), .text(" & \\text{otherwise}\\end{cases}"),
      ]
    default: return [.text(function(name) + "\\left(")] + separated(arguments.map(pieces(of:))) + [.text("\\right)")]
    }
  }

  private func pieces(of argument: Formula.Argument<Formula>) -> [FormulaPiece] {
    let value = FormulaPiece.formula(argument.value, .comparison)
    return argument.label.map { [.text("\\mathrm{\($0)}="), value] } ?? [value]
  }

  private func function(_ name: String) -> String {
    if name.last == "′" { return LaTeXName(String(name.dropLast())).text + "'" }
    if ["asin", "acos", "atan"].contains(name) { return "\\arc" + name.dropFirst() }
    if LaTeXVocabulary.functions.contains(name) { return "\\" + name }
    return Language.functions[name] == nil || name.count == 1 ? LaTeXName(name).text : "\\operatorname{\(name)}"
  }

  /// A list of lists by rows; a list of anything else is a column.
  private func matrix(_ elements: [Formula]) -> [FormulaPiece] {
    let lists = elements.map { (element) -> [Formula]? in if case .list(let cells) = element.form { cells } else { nil }
    }
    let widths = lists.map { $0?.count ?? 0 }
    if widths.allSatisfy({ $0 == 1 }) || (widths.count == 1 && widths[0] > 0) {
      // A matrix of one column or row, which set as one would be read as a vector.
      let cells = Formula(.list(lists.flatMap { $0 ?? [] }))
      let shape = Formula(.list([.number(Double(lists.count)), .number(Double(widths[0]))]))
      return call("reshape", [.init(cells), .init(shape)])
    }
    let rows = zip(elements, lists).map { element, cells in
      Array((cells ?? [element]).map { [FormulaPiece.formula($0, .sum)] }.joined(separator: [.text(" & ")]))
    }
    return [.text("\\begin{bmatrix}")] + rows.joined(separator: [.text(" \\\\ ")]) + [.text("\\end{bmatrix}")]
  }

  private func sign(of symbol: Formula.Operator) -> String {
    switch symbol {
    case .times: " \\cdot "
    case .elementwise: " \\odot "
    case .plus, .minus, .divide, .power, .matmul: " \(symbol.rawValue) "
    }
  }

  private func enclosed(_ needed: Bool, _ pieces: [FormulaPiece]) -> [FormulaPiece] {
    needed ? [.text("\\left(")] + pieces + [.text("\\right)")] : pieces
  }
}

extension EinsteinSum {
  /// `ij,jk \to ik`, where `\emptyset` stands for no axes.
  fileprivate var latex: String {
    func text(_ names: [Character]) -> String {
      names.isEmpty ? "\\emptyset" : names.map { LaTeXName(String($0)).text }.joined(separator: " ")
    }
    return operands.map(text).joined(separator: ",") + " \\to " + text(result)
  }
}

/// A name with its accent and its subscript: `ŷ_1` is `\hat{y}_{1}`.
struct LaTeXName {
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
    if name == "𝟏" { return "\\mathbf{1}" }
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
