// Functions on whole tensors by their names in programs: `\operatorname{sum}(X, \mathrm{axis}=0)`.

extension Elaborator {
  /// Nil for what has a meaning in mathematics, and for functions that work element by element.
  func languageCall(_ name: String, _ scripts: Notation.Scripts, _ arguments: [Notation]) throws(Obstacle) -> Term? {
    if name == "einsum" { return try einsum(scripts, arguments) }
    let options = arguments.filter(\.isOption)
    let isOfTensors =
      switch Language.function(name, of: arguments.count - options.count) {
      case .tensor, .rule: !Self.ofMathematics.contains(name)
      case .elementwise, .folded, nil: false
      }
    guard Language.functions[name] != nil, !options.isEmpty || isOfTensors else { return nil }
    guard scripts == Notation.Scripts() else { throw error("scripts at \(name)") }
    let terms = try terms(arguments.filter { !$0.isOption })
    var written = terms.map { Formula.Argument($0.formula) }
    if Self.ofShapes.contains(name), let last = written.last, last.value.constant != nil {
      written[written.count - 1] = Formula.Argument(Formula(.list([last.value])))
    }
    for option in options {
      guard case .relation(let label, _, let value) = option.form, let label = label.symbol else { continue }
      written.append(Formula.Argument(try term(value).formula, label: label))
    }
    return try result(of: name, terms, written)
  }

  /// `\operatorname{einsum}_{ij,jk \to ik}(A, B)`
  private func einsum(_ scripts: Notation.Scripts, _ arguments: [Notation]) throws(Obstacle) -> Term {
    guard let below = scripts.below, scripts == Notation.Scripts(below: below) else {
      throw error("einsum: the names of the axes are expected below it")
    }
    let sum: EinsteinSum
    do throws(EinsteinSum.Mistake) { sum = try EinsteinSum(parsing: below.text) } catch {
      throw self.error("einsum: \(error.message)", at: below)
    }
    let terms = try terms(arguments)
    guard terms.map(\.rank) == sum.operands.map(\.count) else {
      throw error("einsum: \(sum) of shapes \(terms.map(\.shownShape).joined(separator: ", "))")
    }
    var extents: [Character: Extent] = [:]
    for (name, extent) in zip(sum.operands.joined(), terms.flatMap(\.shape)) {
      guard extents[name, default: extent].join(extent) else { throw error("einsum: axis '\(name)' has two extents") }
      extents[name] = extent
    }
    return Term(formula: Formula(.einsum(sum, terms.map(\.formula))), shape: sum.result.map { extents[$0]! })
  }

  /// Those that `function` knows without options, as they stand in texts.
  private static let ofMathematics: Set<String> = [
    "sum", "mean", "max", "min", "norm", "var", "std", "det", "trace", "logsumexp", "softmax", "diag", "dot",
  ]
  private static let ofShapes: Set<String> = ["reshape", "ones", "zeros"]

  /// The shape of a call is found by computing it, with operands of the shapes that are known or tried.
  private func result(
    of name: String, _ terms: [Term], _ written: [Formula.Argument<Formula>]
  ) throws(Obstacle) -> Term {
    let extents = terms.flatMap(\.shape)
    let trial = isTrial ? nil : Trial(Extent.free(extents), number: 0)
    defer { trial?.end() }
    var operands: [(name: String, Tensor<Double>)] = []
    var arguments = written
    for (place, term) in terms.enumerated() where !written[place].value.isConstant {
      let shape = Shape(term.shape.map { draft.used($0) ?? 2 })
      let isLabels = place == 1 && ["crossentropy", "onehot", "take"].contains(name)
      operands.append(("operand\(place)", isLabels ? .zeros(shape) : .nearIdentity(shape)))
      arguments[place] = Formula.Argument(.name("operand\(place)"))
    }
    let call = Program.Statement(
      name: nil, formula: Formula(.call(name, arguments)), location: span.place(notation.start))
    do throws(ParseError) {
      let recorded = try RecordedProgram(Program([call]), at: operands)
      let shape = withExtendedLifetime(recorded.tape) { recorded.output.shape.dimensions }
      let known = shape.map { size in extents.first { $0.size == size } ?? Extent(size) }
      return Term(formula: Formula(.call(name, written)), shape: known)
    } catch {
      throw self.error(error.message)
    }
  }
}

extension Tensor<Double> {
  /// Little beside the diagonal: no matrix of it is singular.
  fileprivate static func nearIdentity(_ shape: Shape) -> Tensor<Double> {
    let last = max(shape.dimensions.last ?? 1, 1)
    let elements = (0..<shape.count).map { (place: Int) -> Double in
      place / last == place % last ? 2.5 : 0.125 / Double(place + 1)
    }
    return Tensor(elements, shape: shape)
  }
}

extension Notation {
  /// `\mathrm{axis}=0`
  fileprivate var isOption: Bool {
    if case .relation(let label, "=", _) = form, let name = label.symbol { name.count > 1 } else { false }
  }
}
