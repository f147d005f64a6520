// Formulas as they stand in a document, for a page.

/// LaTeX mathematics as MathML, which browsers set without a script.
///
/// ```swift
/// mathML(ofLaTeX: "\\frac{a}{b}")  // <math …><mfrac><mi>a</mi><mi>b</mi></mfrac></math>
/// ```
/// - Returns: nil for what cannot be read.
package func mathML(ofLaTeX latex: String, isDisplay: Bool = true) -> String? {
  let span = MathSpan(latex, at: SourceText(latex).start, isDisplay: isDisplay)
  guard let tokens = try? LaTeXLexer.tokens(of: span) else { return nil }
  let functions = NotationParser.functions(in: tokens, span).union(LaTeXVocabulary.usualFunctions)
  var parser = NotationParser(span, tokens, isFunction: functions.contains)
  var written: [String] = []
  for reading in parser.statements() {
    guard case .statement(let statement) = reading else { return nil }
    written.append(statement.mathML)
  }
  guard !written.isEmpty else { return nil }
  return "<math display=\"\(isDisplay ? "block" : "inline")\">" + written.joined(separator: MathML.sign(","))
    + "</math>"
}

/// Elements of MathML.
package enum MathML {
  static func element(_ name: String, _ parts: String...) -> String { "<\(name)>\(parts.joined())</\(name)>" }
  static func row(_ parts: String...) -> String { "<mrow>\(parts.joined())</mrow>" }
  static func sign(_ text: String) -> String { "<mo>\(escaped(text))</mo>" }
  static func name(_ text: String) -> String { "<mi>\(escaped(text))</mi>" }
  static func list(_ parts: [String]) -> String { "<mrow>\(parts.joined(separator: sign(",")))</mrow>" }

  /// With what stands below and above, as scripts or as the limits of a sum.
  static func scripted(_ base: String, _ below: String?, _ above: String?, areLimits: Bool = false) -> String {
    guard below != nil || above != nil else { return base }
    let names = areLimits ? ("under", "over") : ("sub", "sup")
    return element(
      "m" + (below == nil ? "" : names.0) + (above == nil ? "" : names.1), base, below ?? "", above ?? "")
  }

  /// Text between tags.
  package static func escaped(_ text: String) -> String {
    text.map { ["<": "&lt;", ">": "&gt;", "&": "&amp;"][$0] ?? String($0) }.joined()
  }
}

extension MathStatement {
  fileprivate var mathML: String {
    var text = isContinuation ? "" : parts[0].mathML
    for (relation, part) in zip(relations, parts.dropFirst()) { text += MathML.sign(relation.sign) + part.mathML }
    return text
  }
}

extension Notation {
  fileprivate var mathML: String {
    switch form {
    case .number(let text): return "<mn>\(MathML.escaped(text))</mn>"
    case .symbol(let name): return MathML.name(name)
    case .words(let text): return "<mtext>\(MathML.escaped(text))</mtext>"
    case .dots: return MathML.sign("…")
    case .indices: return MathML.element("mtext", text)
    case .scripts(let base, let below, let above, let primes): return scripts(base.mathML, below, above, primes)
    case .sum(let addends):
      let parts = addends.enumerated().map { place, addend in
        (addend.isNegative ? MathML.sign("−") : place == 0 ? "" : MathML.sign("+")) + addend.term.mathML
      }
      return MathML.row(parts.joined())
    case .product(.symbol("∘"), .compose, let b): return MathML.row(MathML.sign("∘"), b.mathML)
    case .product(let a, let joint, let b): return MathML.row(a.mathML, MathML.sign(joint.rawValue), b.mathML)
    case .fraction(let a, let b): return MathML.element("mfrac", a.mathML, b.mathML)
    case .root(let inner, let degree):
      return degree.map { MathML.element("mroot", inner.mathML, $0.mathML) } ?? MathML.element("msqrt", inner.mathML)
    case .group(let items, let bracket): return group(items, bracket)
    case .bars(let inner): return MathML.row(MathML.sign("|"), inner.mathML, MathML.sign("|"))
    case .norm(let inner): return MathML.row(MathML.sign("‖"), inner.mathML, MathML.sign("‖"))
    case .function(let name, let scripts, let arguments):
      let shown = name == "indicator" ? "𝕀" : name
      let function = self.scripts(MathML.name(shown), scripts.below, scripts.above, scripts.primes)
      return MathML.row(function, group(arguments))
    case .call(let function, let arguments): return MathML.row(function.mathML, group(arguments))
    case .big(let sign, let below, let above, let body):
      let shown = sign == .sum ? MathML.sign("∑") : sign == .prod ? MathML.sign("∏") : MathML.name(sign.rawValue)
      return MathML.row(MathML.scripted(shown, below?.mathML, above?.mathML, areLimits: true), body.mathML)
    case .matrix(let rows): return MathML.row(MathML.sign("["), table(rows), MathML.sign("]"))
    case .cases(let cases):
      return MathML.row(MathML.sign("{"), table(cases.map { [$0.value] + [$0.condition].compactMap { $0 } }))
    case .relation(let a, let sign, let b): return MathML.row(a.mathML, MathML.sign(sign), b.mathML)
    case .derivative(let of, let by): return derivative(of, by)
    case .gradient(let of, let by, let order):
      let power = order == 1 ? nil : Notation.number(order)
      return MathML.row(scripts(MathML.sign("∇"), by, power, 0), of.mathML)
    case .differential(let name): return MathML.row(MathML.sign("∂"), name.mathML)
    case .evaluated(let inner, let below, let above):
      return MathML.row(inner.mathML, scripts(MathML.sign("|"), below, above, 0))
    }
  }

  private func scripts(_ base: String, _ below: Notation?, _ above: Notation?, _ primes: Int) -> String {
    let raised = (primes > 0 ? MathML.sign(String(repeating: "′", count: primes)) : "") + (above?.mathML ?? "")
    return MathML.scripted(base, below?.mathML, raised.isEmpty ? nil : MathML.row(raised))
  }

  private func group(_ items: [Notation], _ bracket: Bracket = .round) -> String {
    let list = MathML.list(items.map(\.mathML))
    return switch bracket {
    case .round: MathML.row(MathML.sign("("), list, MathML.sign(")"))
    case .square: MathML.row(MathML.sign("["), list, MathML.sign("]"))
    case .curly: MathML.row(MathML.sign("{"), list, MathML.sign("}"))
    case .none: list
    }
  }

  private func table(_ rows: [[Notation]]) -> String {
    "<mtable>" + rows.map { "<mtr>" + $0.map { "<mtd>\($0.mathML)</mtd>" }.joined() + "</mtr>" }.joined() + "</mtable>"
  }

  private func derivative(_ of: Notation?, _ by: [Notation]) -> String {
    let d = MathML.sign("∂")
    let order = by.count == 1 ? d : MathML.element("msup", d, "<mn>\(by.count)</mn>")
    let isRepeated = by.count > 1 && by.allSatisfy { $0 == by[0] }
    let below =
      isRepeated
      ? MathML.element("msup", MathML.row(d, by[0].mathML), "<mn>\(by.count)</mn>") : by.map { d + $0.mathML }.joined()
    return MathML.element("mfrac", MathML.row(order, of?.mathML ?? ""), MathML.row(below))
  }
}
