/// The meaning of a form on whole tensors, with its shapes checked first; nil for one that works element by element.
///
/// Not specialized: a dozen algebras times thirty forms took a quarter of the package's build, for what is written on a
/// line of text.
@_semantics("optimize.sil.specialize.generic.never")
func tensorForm<T: FormulaAlgebra>(_ form: Formula.Form<T>, _ part: Formula) throws(ParseError) -> T? {
  switch form {
  case .list(let elements): return try stacked(elements, part)
  case .transpose(let a): return a.asRowOrTransposed
  case .slice(let a, let indices): return try slice(a, indices, part)
  case .einsum(let sum, let operands):
    if let misfit = sum.misfit(operands.map(\.shape)) {
      throw part.form.operands[misfit.operand].error("einsum: \(misfit.message)")
    }
    return sum.value(of: operands)
  case .binary(.matmul, let a, let b): return try matmul(a, b, part)
  case .binary(let symbol, let a, let b):
    try checkShapes([a, b], symbol.rawValue, part)
    return nil
  case .comparison(let symbol, let a, let b):
    try checkShapes([a, b], symbol.rawValue, part)
    return nil
  case .call(let name, let arguments):
    let call = FunctionCall(name: name, arguments: arguments, part: part)
    switch Language.function(of: part) {
    case .tensor(let function): return try call.value(of: function)
    case .rule(let rule): return try call.value(of: rule)
    case .elementwise, .folded, nil:
      try checkShapes(call.operands, name, part)
      return nil
    }
  case .number, .name, .negative, .derivative: return nil
  }
}

private func checkShapes<T: FormulaAlgebra>(
  _ values: [T], _ operation: String, _ part: Formula
) throws(ParseError) {
  var common: Shape? = .scalar
  for value in values { common = common?.broadcast(with: value.shape) }
  if common == nil { throw part.misfit(operation, values) }
}

extension Formula {
  func misfit(_ operation: String, _ operands: [some FormulaAlgebra]) -> ParseError {
    error("\(operation): shapes \(operands.map { "\($0.shape)" }.joined(separator: " and ")) do not fit")
  }
}

/// `[a, b]`: numbers to a vector, vectors to the rows of a matrix.
func stacked<T: FormulaAlgebra>(_ elements: [T], _ part: Formula) throws(ParseError) -> T {
  guard let first = elements.first else { throw part.error("a list needs at least one element") }
  guard first.shape.rank < Shape.maximalRank else { throw part.error("more than 8 dimensions") }
  if let other = elements.first(where: { $0.shape != first.shape }) {
    throw part.error("the elements of a list have shapes \(first.shape) and \(other.shape)")
  }
  return Ops.stacked(elements)
}

/// As on paper: a vector is a column, its transpose a row, so that `w' @ x` is a number and `δ @ a'` a matrix. Of more than two
/// axes the leading ones count matrices and broadcast.
func matmul<T: FormulaAlgebra>(_ a: T, _ b: T, _ part: Formula) throws(ParseError) -> T {
  let (left, right) = (a.shape, b.shape)
  let fault = "matmul: \(left) × \(right): "
  guard left.rank > 0, right.rank > 0 else { throw part.error(fault + "two vectors or matrices are needed") }
  if left.rank == 1, right.rank == 1 {
    guard left == right else { throw part.error(fault + "the lengths \(left[0]) and \(right[0]) differ") }
    return (a * b).sum()
  }
  let isOuter = left.rank == 1 && right.rank == 2 && right[0] == 1
  if isOuter, left[0] != 1 { return Ops.matmul(a.reshaped(to: [left[0], 1]), b) }
  let inner = (left[-1], right[right.rank == 1 ? 0 : -2])
  guard inner.0 == inner.1 else { throw part.error(fault + "inner dimensions \(inner.0) and \(inner.1) differ") }
  guard left.leading.broadcast(with: right.leading) != nil else {
    throw part.error(fault + "leading dimensions do not broadcast")
  }
  return Ops.matmul(a, b)
}

func slice<T: FormulaAlgebra>(
  _ a: T, _ indices: [Formula.Index], _ part: Formula
) throws(ParseError) -> T {
  let shape = a.shape.dimensions
  guard indices.count <= shape.count else {
    throw part.error("\(indices.count) indices into a tensor of shape \(shape)")
  }
  var (ranges, kept) = ([Range<Int>](), [Int]())
  for (axis, extent) in shape.enumerated() {
    func place(_ index: Int) -> Int { index < 0 ? index + extent : index }
    switch axis < indices.count ? indices[axis] : .range(nil, nil) {
    case .element(let index):
      guard (0..<extent).contains(place(index)) else {
        throw part.error("index \(index) is outside of axis \(axis) of shape \(shape)")
      }
      ranges.append(place(index)..<place(index) + 1)
    case .range(let from, let to):
      let lower = max(0, min(extent, place(from ?? 0)))
      ranges.append(lower..<max(lower, min(extent, to.map(place) ?? extent)))
      kept.append(ranges[axis].count)
    }
  }
  guard !ranges.contains(where: \.isEmpty) else { throw part.error("nothing is left of shape \(shape)") }
  return a.sliced(ranges.map { AxisRange($0) }).reshaped(to: Shape(kept))
}
