/// One call of a function on tensors.
struct FunctionCall<T: FormulaAlgebra> {
  let name: String
  let arguments: [Formula.Argument<T>]
  let part: Formula

  var operands: [T] { arguments.filter { $0.label == nil }.map(\.value) }

  func misfit(_ operands: [T]) -> ParseError { part.misfit(name, operands) }

  /// The formula of an argument, for what must be known before computing.
  func formula(_ place: Int) -> Formula {
    guard case .call(_, let arguments) = part.form else { return part }
    return arguments[place].value
  }

  func formula(labelled label: String) -> Formula? { arguments.firstIndex { $0.label == label }.map(formula) }

  /// The option `axis`, counted from 0; nil where it is left out.
  func axis(rank: Int) throws(ParseError) -> Int? {
    guard let formula = formula(labelled: "axis") else { return nil }
    guard let axis = formula.wholeValue else { throw formula.error("axis: expected a whole number") }
    guard (-rank..<rank).contains(axis) else {
      throw formula.error("\(name): no axis \(axis) in a tensor of \(rank) dimensions")
    }
    return axis < 0 ? axis + rank : axis
  }
}

// MARK: - Rules on tensors

extension FunctionCall {
  /// A rule with its options: those behind the operands, in the order of its fields, and those with names.
  func value<R: TensorRule>(of rule: R.Type) throws(ParseError) -> T {
    let x = Operands(list: Array(operands[..<R.arity]))
    guard R.along != .all else { return try value(of: rule, x, try options(of: rule, x.a.shape)) }
    guard x.a.shape.rank > 0 else { throw part.error("\(name): a vector or a matrix is needed") }
    let axis = try axis(rank: x.a.shape.rank)
    let options = try options(of: rule, x.a.shape)
    return R.along == .lastKept
      ? x.a.mapped(by: rule, [axis ?? -1], options) : x.a.reduced(by: rule, axis.map { [$0] }, false, options)
  }

  private func value<R: TensorRule>(
    of rule: R.Type, _ x: Operands<T>, _ options: R.Options
  ) throws(ParseError) -> T {
    do throws(ShapeError) { _ = try R.shape(Call(x.map(\.shape), options)) } catch {
      throw part.error(error.description)
    }
    return T.apply(rule, x, options)
  }

  private func options<R: TensorRule>(of rule: R.Type, _ shape: Shape) throws(ParseError) -> R.Options {
    if let written = part.rule?.options as? R.Options { return written }
    var options = R.Options()
    for (place, field) in R.Options.fields.enumerated() {
      let behind = R.arity + place
      guard let written = formula(labelled: field.name) ?? (behind < operands.count ? formula(behind) : nil) else {
        continue
      }
      let numbers = try wholeNumbers(written, field.name)
      do throws(ShapeError) { try field.read(&options, numbers, shape) } catch {
        throw written.error("\(name): \(error.description)")
      }
    }
    return options
  }

  func wholeNumbers(_ formula: Formula, _ name: String) throws(ParseError) -> [Int] {
    var list = [formula]
    if case .list(let elements) = formula.form { list = elements }
    let numbers = list.compactMap(\.wholeValue)
    guard numbers.count == list.count else { throw formula.error("\(name): expected whole numbers") }
    return numbers
  }
}
