/// The functions of formulas on whole tensors that are composed of rules, or known by another name.
///
/// `axis` is one axis, counted from 0 or from the end; without it they take all axes, softmax and its relatives the last.
enum TensorFunction: String, CaseIterable {
  case sum, mean, prod, max, min, norm, norm1, norm2, `var`, std
  case softmax, logsoftmax, logsumexp, crossentropy
  case dot, outer, transpose, det, inverse, solve, trace, eye, diag, reshape, concat

  var signature: Signature {
    switch self {
    case .sum, .mean, .prod, .norm, .norm1, .norm2, .logsumexp: Signature(1, options: ["axis", "keepdims"])
    case .var, .std: Signature(1, options: ["axis", "keepdims", "unbiased"])
    case .softmax, .logsoftmax: Signature(1, options: ["axis"])
    // Of two or more arguments element by element, of one the largest element.
    case .max, .min: Signature(1...Int.max, options: ["axis", "keepdims"])
    case .concat: Signature(1...Int.max, options: ["axis"])
    case .dot, .outer, .crossentropy, .solve, .reshape: 2
    case .transpose, .inverse, .det, .trace, .eye, .diag: 1
    }
  }

  fileprivate var worksAlongLast: Bool { self == .softmax || self == .logsoftmax || self == .logsumexp }
}

extension FunctionCall {
  func value(of function: TensorFunction) throws(ParseError) -> T {
    let x = operands[0]
    let (axes, keeps) = (try axes(function, of: x), try flag("keepdims"))
    // A number is a vector of one element to these.
    if x.shape.rank == 0, operands.count == 1, function != .eye { return try single(function, x) }
    switch function {
    case .sum: return x.sum(axes, keepingDimensions: keeps)
    case .mean: return x.mean(axes, keepingDimensions: keeps)
    case .prod: return x.prod(axes, keepingDimensions: keeps)
    case .max: return x.max(axes, keepingDimensions: keeps)
    case .min: return x.min(axes, keepingDimensions: keeps)
    case .norm, .norm2: return x.rootOfSquares(axes, keeps) { .sqrt($0) }
    case .norm1: return x.norm(1, axes, keepingDimensions: keeps)
    case .var: return x.variance(axes, unbiased: try flag("unbiased"), keepingDimensions: keeps)
    case .std: return .sqrt(x.variance(axes, unbiased: try flag("unbiased"), keepingDimensions: keeps))
    case .softmax: return x.softmax(axes ?? [-1])
    case .logsoftmax: return x.logSoftmax(axes ?? [-1])
    case .logsumexp: return x.logSumExp(axes, keepingDimensions: keeps)
    case .crossentropy: return try crossEntropy(x, operands[1])
    case .dot:
      guard x.shape == operands[1].shape else { throw misfit(operands) }
      return (x * operands[1]).sum()
    case .outer:
      guard x.isVector, operands[1].isVector else { throw part.error("outer: two vectors are needed") }
      return Ops.outer(x, operands[1])
    case .transpose: return x.asRowOrTransposed
    case .det: return try square(x).determinant()
    case .inverse: return try inverse(square(x))
    case .solve: return try matmul(inverse(square(x)), operands[1], part)
    case .trace: return try square(x, atMost: .max).trace()
    case .diag:
      guard x.isVector else { throw part.error("diag: a vector is needed, found \(x.shape)") }
      return x * x.identity(x.shape[0])
    case .eye: return x.identity(try size())
    case .reshape: return try reshape(x)
    case .concat: return try concat(operands)
    }
  }

  /// The functions of one argument, of a number.
  private func single(_ function: TensorFunction, _ x: T) throws(ParseError) -> T {
    switch function {
    case .sum, .mean, .prod, .max, .min, .logsumexp, .transpose: return x
    case .norm, .norm1, .norm2: return .abs(x)
    case .var, .std, .logsoftmax: return 0 * x
    case .softmax: return 1 + 0 * x
    default: throw part.error("\(name): a vector or a matrix is needed")
    }
  }

  /// An option that is 1 for yes or 0 for no.
  private func flag(_ label: String) throws(ParseError) -> Bool {
    guard let formula = formula(labelled: label) else { return false }
    guard let value = formula.arithmeticValue, value == 0 || value == 1 else {
      throw formula.error("\(label): expected 1 or 0")
    }
    return value == 1
  }

  private func axes(_ function: TensorFunction, of x: T) throws(ParseError) -> [Int]? {
    guard let formula = formula(labelled: "axis") else { return function.worksAlongLast ? [-1] : nil }
    return [try axis(formula, rank: x.shape.rank)]
  }
}

// MARK: - Those that need a few lines

extension FunctionCall {
  private func square(_ x: T, atMost limit: Int = T.largestSystem) throws(ParseError) -> T {
    guard x.shape.rank == 2, x.shape[0] == x.shape[1] else {
      throw part.error("\(name): a square matrix is needed, found \(x.shape)")
    }
    guard x.shape[0] <= limit else {
      throw part.error("\(name): at most \(limit) rows, found \(x.shape[0])")
    }
    return x
  }

  private func inverse(_ x: T) throws(ParseError) -> T {
    guard !x.isSingular else { throw part.error("\(name): the matrix is singular") }
    return x.inverse()
  }

  /// Logits and labels: a probability for each class, or the number of the class. The mean over the rows.
  private func crossEntropy(_ logits: T, _ labels: T) throws(ParseError) -> T {
    let shape = logits.shape
    guard (1...2).contains(shape.rank) else { throw misfit([logits, labels]) }
    let rows = shape.rank == 2 ? Double(shape[0]) : 1
    var weights = labels
    if labels.shape == shape.withoutLast {
      guard labels.areClasses(below: shape[-1]) else {
        throw part.error("crossentropy: expected labels from 0 to \(shape[-1] - 1)")
      }
      let classes = logits.constant(Tensor((0..<shape[-1]).map(Double.init)))
      weights = .equal(labels.column, classes)
    }
    guard weights.shape == shape else { throw misfit([logits, labels]) }
    return -(weights * logits.logSoftmax()).sum() / .number(rows)
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
    guard shape.count == list.count, shape.count <= Shape.maximalRank,
      shape.allSatisfy({ (1...Int(Int32.max)).contains($0) })
    else { throw part.error("reshape: expected a shape such as [2, 3]") }
    let target = Shape(shape)
    guard target.count == x.shape.count else {
      throw part.error("reshape: \(x.shape) to \(target): \(x.shape.count) and \(target.count) elements")
    }
    return x.reshaped(to: target)
  }

  private func concat(_ parts: [T]) throws(ParseError) -> T {
    let rank = parts[0].shape.rank
    guard rank > 0 else { throw part.error("concat: vectors or matrices are needed") }
    let axis = try formula(labelled: "axis").map { (f) throws(ParseError) in try self.axis(f, rank: rank) } ?? 0
    func others(_ x: T) -> [Int] { x.shape.dimensions.enumerated().filter { $0.offset != axis }.map(\.element) }
    guard parts.allSatisfy({ $0.shape.rank == rank && others($0) == others(parts[0]) }) else {
      throw misfit(parts)
    }
    return concatenated(parts, along: axis)
  }
}
