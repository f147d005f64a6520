/// The functions of formulas on whole tensors that are composed of rules, or known by another name.
///
/// `axis` is one axis, counted from 0 or from the end; without it they take all axes, softmax and its relatives the last.
enum TensorFunction: String, CaseIterable {
  case sum, mean, prod, max, min, norm, norm1, norm2, `var`, std
  case softmax, logsoftmax, logsumexp, crossentropy
  case dot, outer, kron, transpose, det, inverse, solve, trace, eye, ones, zeros, diag, triu, reshape, concat
  case cumprod, sort, argsort, topk, onehot, take, layernorm
  case conv1d, conv2d, maxpool1d, maxpool2d, avgpool1d, avgpool2d

  var signature: Signature {
    switch self {
    case .sum, .mean, .prod, .norm, .norm1, .norm2, .logsumexp: Signature(1, options: ["axis", "keepdims"])
    case .var, .std: Signature(1, options: ["axis", "keepdims", "unbiased"])
    case .softmax, .logsoftmax: Signature(1, options: ["axis"])
    // Of two or more arguments element by element, of one the largest element.
    case .max, .min: Signature(1...Int.max, options: ["axis", "keepdims"])
    case .concat: Signature(1...Int.max, options: ["axis"])
    case .dot, .outer, .kron, .crossentropy, .solve, .reshape, .onehot, .take: 2
    case .transpose, .inverse, .det, .trace, .eye, .ones, .zeros, .diag: 1
    case .triu: Signature(1...2)
    case .cumprod: Signature(1, options: ["axis"])
    case .sort, .argsort: Signature(1, options: ["axis", "descending"])
    case .topk: Signature(2, options: ["axis"])
    case .layernorm: Signature(1, options: ["axis", "eps"])
    case .conv1d, .conv2d, .maxpool1d, .maxpool2d, .avgpool1d, .avgpool2d:
      Signature(2, options: ["stride", "padding"])
    }
  }

  fileprivate var worksAlongLast: Bool {
    [.softmax, .logsoftmax, .logsumexp, .cumprod, .sort, .argsort, .topk, .layernorm].contains(self)
  }

  /// How many of its arguments are tensors, where they are so many; those behind them are options.
  var operandCount: Int {
    switch self {
    case .eye, .ones, .zeros: 0
    case .reshape, .triu, .topk, .onehot, .maxpool1d, .maxpool2d, .avgpool1d, .avgpool2d: 1
    default: .max
    }
  }
}

extension FunctionCall {
  func value(of function: TensorFunction) throws(ParseError) -> T {
    let x = operands[0]
    let (axes, keeps) = (try axes(function, of: x), try flag("keepdims"))
    // A number is a vector of one element to these.
    if x.shape.rank == 0, operands.count == 1, function.operandCount > 0 { return try single(function, x) }
    switch function {
    case .sum: return x.sum(axes, keepingDimensions: keeps)
    case .mean: return x.mean(axes, keepingDimensions: keeps)
    case .prod: return x.prod(axes, keepingDimensions: keeps)
    case .max: return x.max(axes, keepingDimensions: keeps)
    case .min: return x.min(axes, keepingDimensions: keeps)
    case .norm, .norm2: return x.norm(2, axes, keepingDimensions: keeps)
    case .norm1: return x.norm(1, axes, keepingDimensions: keeps)
    case .var: return x.variance(axes, unbiased: try flag("unbiased"), keepingDimensions: keeps)
    case .std: return x.standardDeviation(axes, unbiased: try flag("unbiased"), keepingDimensions: keeps)
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
    case .diag: return x.isVector ? x.asDiagonal() : try matrix(x).diagonal()
    case .triu: return try matrix(x).upperTriangle(try operands.count > 1 ? whole(formula(1)) : 0)
    case .kron:
      guard x.shape.rank == operands[1].shape.rank, (1...2).contains(x.shape.rank) else { throw misfit(operands) }
      return kronecker(x, operands[1])
    case .eye: return x.holding(.eye(try count(formula(0), 1...64)))
    case .ones: return x.holding(.ones(try shape(formula(0))))
    case .zeros: return x.holding(.zeros(try shape(formula(0))))
    case .cumprod: return x.cumulativeProduct(axes![0])
    case .sort: return sorted(x, axes![0], descending: try flag("descending"))
    case .argsort:
      let descending = try flag("descending")
      return alongLast(x, axes![0]) { $0.argsortedRows(descending: descending) }
    case .topk:
      let k = try count(formula(1), 1...x.shape[axes![0]])
      return sorted(x, axes![0], descending: true).sliced(along: axes![0], AxisRange(0..<k))
    case .onehot: return try oneHot(x, try count(formula(1), 1...1000))
    case .take:
      let rows = try oneHot(operands[1], x.shape[0]).reshaped(to: [operands[1].shape.count, x.shape[0]])
      let flat = Ops.matmul(rows, x.reshaped(to: [x.shape[0], x.shape.count / max(x.shape[0], 1)]))
      return flat.reshaped(to: Shape(operands[1].shape.dimensions + x.shape.dimensions.dropFirst()))
    case .layernorm:
      let epsilon = formula(labelled: "eps").map(\.arithmeticValue) ?? 1e-5
      guard let epsilon else { throw part.error("eps: expected a number") }
      return x.normalized(axes!, epsilon: epsilon)
    case .conv1d, .conv2d: return try convolved(x, operands[1], spatial: function == .conv1d ? 1 : 2)
    case .maxpool1d, .maxpool2d, .avgpool1d, .avgpool2d: return try pooled(function, x)
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
    try axis(rank: x.shape.rank).map { [$0] } ?? (function.worksAlongLast ? [-1] : nil)
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

  private func matrix(_ x: T) throws(ParseError) -> T {
    guard x.shape.rank >= 2 else { throw part.error("\(name): a matrix is needed, found \(x.shape)") }
    return x
  }

  private func sorted(_ x: T, _ axis: Int, descending: Bool) -> T {
    alongLast(x, axis) { $0.sortedRows(descending: descending) }
  }

  private func alongLast(_ x: T, _ axis: Int, _ change: (T) -> T) -> T {
    var order = Array(0..<x.shape.rank)
    order.swapAt(axis < 0 ? axis + order.count : axis, order.count - 1)
    return change(x.permuted(order)).permuted(order)
  }

  private func oneHot(_ labels: T, _ count: Int) throws(ParseError) -> T {
    guard labels.areClasses(below: count), labels.shape.rank < Shape.maximalRank else {
      throw part.error("\(name): expected whole numbers from 0 to \(count - 1)")
    }
    return indicators(labels, count)
  }

  /// 1 at the class of each row, else 0.
  private func indicators(_ labels: T, _ count: Int) -> T {
    .equal(labels.column, labels.holding(Tensor((0..<count).map(Double.init))))
  }

  private func convolved(_ x: T, _ w: T, spatial: Int) throws(ParseError) -> T {
    let (stride, padding) = (try option("stride", 1, 1...), try option("padding", 0, 0...))
    guard x.shape.rank == spatial + 2, w.shape.rank == spatial + 2, x.shape[1] == w.shape[1],
      (2..<spatial + 2).allSatisfy({ x.shape[$0] + 2 * padding >= w.shape[$0] && w.shape[$0] > 0 })
    else { throw misfit([x, w]) }
    return convolution(x, w, stride: stride, padding: padding)
  }

  private func pooled(_ function: TensorFunction, _ x: T) throws(ParseError) -> T {
    let spatial = function == .maxpool1d || function == .avgpool1d ? 1 : 2
    let size = try count(formula(1), 1...1000)
    let (stride, padding) = (try option("stride", size, 1...), try option("padding", 0, 0...))
    guard x.shape.rank == spatial + 2, x.shape.dimensions[2...].allSatisfy({ $0 + 2 * padding >= size }), padding < size
    else { throw part.error("\(name): a window of \(size) does not fit \(x.shape)") }
    let window = Array(repeating: size, count: spatial)
    return function == .maxpool1d || function == .maxpool2d
      ? x.maxPooled(window, stride: stride, padding: padding)
      : x.averagePooled(window, stride: stride, padding: padding)
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
      weights = indicators(labels, shape[-1])
    }
    guard weights.shape == shape else { throw misfit([logits, labels]) }
    return -(weights * logits.logSoftmax()).sum() / .number(rows)
  }

  private func whole(_ formula: Formula) throws(ParseError) -> Int {
    guard let whole = formula.wholeValue, whole.magnitude < 1 << 31 else {
      throw formula.error("\(name): expected a whole number")
    }
    return whole
  }

  private func count(_ formula: Formula, _ range: ClosedRange<Int>) throws(ParseError) -> Int {
    guard let count = formula.wholeValue, range.contains(count) else {
      throw part.error("\(name): expected a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return count
  }

  private func option(
    _ label: String, _ usual: Int, _ range: PartialRangeFrom<Int>
  ) throws(ParseError) -> Int {
    guard let formula = formula(labelled: label) else { return usual }
    let value = try whole(formula)
    guard range.contains(value), value <= 1000 else {
      throw formula.error("\(label): expected \(range.lowerBound) to 1000")
    }
    return value
  }

  /// A shape such as `[2, 3]`, or one number.
  private func shape(_ formula: Formula) throws(ParseError) -> Shape {
    let extents = try wholeNumbers(formula, name)
    guard extents.count <= Shape.maximalRank, extents.allSatisfy({ (1...1_000_000).contains($0) }),
      Shape(extents).count <= 1_000_000
    else { throw formula.error("\(name): expected a shape such as [2, 3]") }
    return Shape(extents)
  }

  private func reshape(_ x: T) throws(ParseError) -> T {
    guard case .list(let list) = formula(1).form, case let shape = list.compactMap(\.wholeValue),
      shape.count == list.count, shape.count <= Shape.maximalRank,
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
    let axis = try axis(rank: rank) ?? 0
    func others(_ x: T) -> [Int] { x.shape.dimensions.enumerated().filter { $0.offset != axis }.map(\.element) }
    guard parts.allSatisfy({ $0.shape.rank == rank && others($0) == others(parts[0]) }) else {
      throw misfit(parts)
    }
    return concatenated(parts, along: axis)
  }
}
