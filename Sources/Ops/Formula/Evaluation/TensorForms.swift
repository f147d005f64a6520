/// The meaning of a form on whole tensors, with its shapes checked first; nil for one that works element by element.
///
/// Not specialized: a dozen algebras times thirty forms took a quarter of the package's build, for what is written on a
/// line of text.
@_semantics("optimize.sil.specialize.generic.never")
func tensorForm<T: TensorLanguage>(_ form: Formula.Form<T>, _ part: Formula) throws(ParseError) -> T? {
  switch form {
  case .list(let elements): return try stacked(elements, part)
  case .transpose(let a): return a.transposed
  case .slice(let a, let indices): return try slice(a, indices, part)
  case .binary(.matmul, let a, let b): return try matmul(a, b, part)
  case .binary(let symbol, let a, let b):
    try checkShapes([a, b], symbol.rawValue, part)
    return nil
  case .comparison(let symbol, let a, let b):
    try checkShapes([a, b], symbol.rawValue, part)
    return nil
  case .call(let name, let arguments):
    return try TensorCall(name: name, arguments: arguments, part: part).value()
  case .number, .name, .negative: return nil
  }
}

private func checkShapes<T: TensorLanguage>(
  _ values: [T], _ operation: String, _ part: Formula
) throws(ParseError) {
  var common: Shape? = .scalar
  for value in values { common = common?.broadcast(with: Shape(value.extents)) }
  guard common == nil else { return }
  let shapes = values.map { "\($0.extents)" }.joined(separator: " and ")
  throw part.error("\(operation): shapes \(shapes) do not fit")
}

/// `[a, b]`: numbers to a vector, vectors to the rows of a matrix.
private func stacked<T: TensorLanguage>(_ elements: [T], _ part: Formula) throws(ParseError) -> T {
  guard let first = elements.first else { throw part.error("a list needs at least one element") }
  guard first.extents.count < Shape.maximalRank else { throw part.error("more than 8 dimensions") }
  if let other = elements.first(where: { $0.extents != first.extents }) {
    throw part.error("the elements of a list have shapes \(first.extents) and \(other.extents)")
  }
  return T.joined(elements.map { $0.reshaped(as: [1] + first.extents) }, axis: 0)
}

/// As on paper: a vector is a column, its transpose a row, so that `w' @ x` is a number and `δ @ a'` a matrix.
private func matmul<T: TensorLanguage>(_ a: T, _ b: T, _ part: Formula) throws(ParseError) -> T {
  let (left, right) = (a.extents, b.extents)
  let fault = "matmul: \(left) × \(right): "
  guard (1...2).contains(left.count), (1...2).contains(right.count) else {
    throw part.error(fault + "two vectors or matrices are needed")
  }
  if a.isVector, b.isVector {
    guard left == right else { throw part.error(fault + "the lengths \(left[0]) and \(right[0]) differ") }
    return (a * b).sum(over: [0], keeping: false)
  }
  let isOuter = a.isVector && right[0] == 1 && left[0] != 1
  let first = a.isVector ? a.reshaped(as: isOuter ? [left[0], 1] : [1, left[0]]) : a
  let second = b.isVector ? b.reshaped(as: [right[0], 1]) : b
  guard first.extents[1] == second.extents[0] else {
    throw part.error(fault + "inner dimensions \(first.extents[1]) and \(second.extents[0]) differ")
  }
  let result = T.product(first, second)
  if b.isVector { return result.reshaped(as: [left[0]]) }
  return a.isVector && !isOuter ? result.reshaped(as: [right[1]]) : result
}

private func slice<T: TensorLanguage>(
  _ a: T, _ indices: [Formula.Index], _ part: Formula
) throws(ParseError) -> T {
  let shape = a.extents
  guard indices.count <= shape.count else {
    throw part.error("\(indices.count) indices into a tensor of shape \(shape)")
  }
  var (start, count, kept) = (shape.map { _ in 0 }, shape, [Int]())
  for axis in shape.indices {
    guard axis < indices.count else {
      kept.append(shape[axis])
      continue
    }
    func place(_ index: Int) -> Int { index < 0 ? index + shape[axis] : index }
    switch indices[axis] {
    case .element(let index):
      guard (0..<shape[axis]).contains(place(index)) else {
        throw part.error("index \(index) is outside of axis \(axis) of shape \(shape)")
      }
      (start[axis], count[axis]) = (place(index), 1)
    case .range(let from, let to):
      let lower = max(0, min(shape[axis], place(from ?? 0)))
      let upper = max(lower, min(shape[axis], to.map(place) ?? shape[axis]))
      (start[axis], count[axis]) = (lower, upper - lower)
      kept.append(upper - lower)
    }
  }
  guard !count.contains(0) else { throw part.error("nothing is left of shape \(shape)") }
  return a.part(from: start, count: count).reshaped(as: kept)
}

// MARK: - Functions

extension Language {
  /// The functions on whole tensors. `axis` is one axis, counted from 0 or from the end; without it they take all
  /// axes, softmax and its relatives the last.
  static let tensorFunctions: [String: Signature] = {
    var functions: [String: Signature] = [
      "dot": 2, "outer": 2, "crossentropy": 2, "transpose": 1, "inverse": 1, "det": 1, "trace": 1, "solve": 2,
      "reshape": 2, "eye": 1, "diag": 1, "concat": Signature(1...Int.max, options: ["axis"]),
    ]
    for name in ["sum", "mean", "prod", "norm", "norm1", "norm2", "var", "std"] + alongLastAxis {
      functions[name] = Signature(1, options: ["axis"])
    }
    return functions
  }()

  static let alongLastAxis = ["softmax", "logsoftmax", "logsumexp"]
}

/// One call of a function on tensors.
private struct TensorCall<T: TensorLanguage> {
  let name: String
  let arguments: [Formula.Argument<T>]
  let part: Formula

  /// nil for a function that works element by element.
  func value() throws(ParseError) -> T? {
    let operands = arguments.filter { $0.label == nil }.map(\.value)
    let isReduction = (name == "max" || name == "min") && operands.count == 1
    guard Language.tensorFunctions[name] != nil || isReduction else {
      try checkShapes(operands, name, part)
      return nil
    }
    let x = operands[0]
    let axes = try axes(of: x)
    // A number is a vector of one element to these.
    if x.extents.isEmpty, operands.count == 1, name != "eye" { return try single(x) }
    switch name {
    case "sum": return x.sum(over: axes, keeping: false)
    case "mean": return x.mean(over: axes, keeping: false)
    case "prod": return x.product(over: axes, keeping: false)
    case "max": return x.largest(over: axes, keeping: false)
    case "min": return -(-x).largest(over: axes, keeping: false)
    case "norm", "norm2": return .sqrt(T.apply(Square.self, x).sum(over: axes, keeping: false))
    case "norm1": return T.abs(x).sum(over: axes, keeping: false)
    case "var": return x.variance(over: axes, keeping: false)
    case "std": return .sqrt(x.variance(over: axes, keeping: false))
    case "softmax": return x.softmax(over: axes)
    case "logsoftmax": return x.logSoftmax(over: axes)
    case "logsumexp": return x.logSumExp(over: axes, keeping: false)
    case "crossentropy": return try crossEntropy(x, operands[1])
    case "dot":
      guard x.extents == operands[1].extents else { throw misfit(operands) }
      return (x * operands[1]).sum(over: axes, keeping: false)
    case "outer":
      guard x.isVector, operands[1].isVector else { throw part.error("outer: two vectors are needed") }
      return x.reshaped(as: [x.count, 1]) * operands[1].reshaped(as: [1, operands[1].count])
    case "transpose": return x.transposed
    case "det": return try determinant(square(x))
    case "inverse": return try inverse(square(x))
    case "solve": return try matmul(inverse(square(x)), operands[1], part)
    case "trace":
      return (try square(x, atMost: .max) * x.identity(x.extents[0])).sum(over: [0, 1], keeping: false)
    case "diag": return try diagonal(x)
    case "eye": return x.identity(try size())
    case "reshape": return try reshape(x)
    case "concat": return try concat(operands)
    default: return nil
    }
  }

  /// The functions of one argument, of a number.
  private func single(_ x: T) throws(ParseError) -> T {
    switch name {
    case "sum", "mean", "prod", "max", "min", "logsumexp", "transpose": return x
    case "norm", "norm1", "norm2": return .abs(x)
    case "var", "std", "logsoftmax": return 0 * x
    case "softmax": return 1 + 0 * x
    default: throw part.error("\(name): a vector or a matrix is needed")
    }
  }

  private func misfit(_ operands: [T]) -> ParseError {
    part.error("\(name): shapes \(operands.map { "\($0.extents)" }.joined(separator: " and ")) do not fit")
  }
}

extension TensorCall {
  /// The formula of an argument, for what must be known before computing.
  private func formula(_ place: Int) -> Formula {
    guard case .call(_, let arguments) = part.form else { return part }
    return arguments[place].value
  }

  private func axes(of x: T) throws(ParseError) -> [Int] {
    let rank = x.extents.count
    guard let place = arguments.firstIndex(where: { $0.label == "axis" }) else {
      return Language.alongLastAxis.contains(name) ? Array(max(0, rank - 1)..<rank) : Array(0..<rank)
    }
    return [try axis(formula(place), rank: rank)]
  }

  private func axis(_ formula: Formula, rank: Int) throws(ParseError) -> Int {
    guard let value = formula.arithmeticValue, let axis = Int(exactly: value) else {
      throw formula.error("axis: expected a whole number")
    }
    guard (-rank..<rank).contains(axis) else {
      throw formula.error("\(name): no axis \(axis) in a tensor of \(rank) dimensions")
    }
    return axis < 0 ? axis + rank : axis
  }

  private func square(_ x: T, atMost limit: Int = T.largestSystem) throws(ParseError) -> T {
    guard x.extents.count == 2, x.extents[0] == x.extents[1] else {
      throw part.error("\(name): a square matrix is needed, found \(x.extents)")
    }
    guard x.extents[0] <= limit else {
      throw part.error("\(name): at most \(limit) rows, found \(x.extents[0])")
    }
    return x
  }

  private func inverse(_ x: T) throws(ParseError) -> T {
    guard !x.isSingular else { throw part.error("\(name): the matrix is singular") }
    return x.inverse
  }

  private func determinant(_ x: T) throws(ParseError) -> T {
    guard x.isSingular else { return x.determinant }
    guard x.extents[0] <= T.largestMinors else {
      throw part.error("\(name): the matrix is singular; the gradient there is known up to \(T.largestMinors) rows")
    }
    return x.determinantByMinors
  }

  /// Logits and labels: a probability for each class, or the number of the class. The mean over the rows.
  private func crossEntropy(_ logits: T, _ labels: T) throws(ParseError) -> T {
    let shape = logits.extents
    guard (1...2).contains(shape.count) else { throw misfit([logits, labels]) }
    let last = shape.count - 1
    let rows = shape.count == 2 ? Double(shape[0]) : 1
    var weights = labels
    if labels.extents == Array(shape.dropLast()) {
      guard labels.areClasses(below: shape[last]) else {
        throw part.error("crossentropy: expected labels from 0 to \(shape[last] - 1)")
      }
      let classes = logits.constant(Tensor((0..<shape[last]).map(Double.init)))
      weights = .equal(labels.reshaped(as: Array(shape.dropLast()) + [1]), classes)
    }
    guard weights.extents == shape else { throw misfit([logits, labels]) }
    let sum = (weights * logits.logSoftmax(over: [last])).sum(over: Array(shape.indices), keeping: false)
    return -sum / .number(rows)
  }

  private func diagonal(_ x: T) throws(ParseError) -> T {
    guard x.isVector else { throw part.error("diag: a vector is needed, found \(x.extents)") }
    return x * x.identity(x.count)
  }

  private func size() throws(ParseError) -> Int {
    guard let value = formula(0).arithmeticValue, let size = Int(exactly: value), (1...64).contains(size)
    else {
      throw part.error("\(name): expected a whole number from 1 to 64")
    }
    return size
  }

  private func reshape(_ x: T) throws(ParseError) -> T {
    guard case .list(let list) = formula(1).form else {
      throw part.error("reshape: expected a shape such as [2, 3]")
    }
    let shape = list.compactMap { $0.arithmeticValue.flatMap { Int(exactly: $0) } }
    guard shape.count == list.count, shape.count <= Shape.maximalRank, shape.allSatisfy({ $0 > 0 }) else {
      throw part.error("reshape: expected a shape such as [2, 3]")
    }
    var count = 1
    for extent in shape {
      count = count.multipliedReportingOverflow(by: extent).overflow ? .max : count * extent
    }
    guard count == x.count else {
      throw part.error("reshape: \(x.extents) to \(shape): \(x.count) and \(count) elements")
    }
    return x.reshaped(as: shape)
  }

  private func concat(_ parts: [T]) throws(ParseError) -> T {
    let rank = parts[0].extents.count
    guard rank > 0 else { throw part.error("concat: vectors or matrices are needed") }
    let option = arguments.firstIndex { $0.label == "axis" }
    let axis = try option.map { (place) throws(ParseError) in try self.axis(formula(place), rank: rank) } ?? 0
    func others(_ x: T) -> [Int] { x.extents.enumerated().filter { $0.offset != axis }.map(\.element) }
    guard parts.allSatisfy({ $0.extents.count == rank && others($0) == others(parts[0]) }) else {
      throw misfit(parts)
    }
    return T.joined(parts, axis: axis)
  }
}
