import ChainruleKernels

/// log Σ exp(x) along the last axis, in the form that overflows nowhere: the largest is taken out of the sum.
package enum LogSumExp: FusedTensorRule {
  package static var code: UInt16 { 59 }
  package static var along: Along { .lastTakenAway }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape { try c.x.withoutLast(name) }
  package static func compute(_ c: Computation<Self>) -> Buffer { c.byRows(ck_log_sum_exp_rows) }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    // Not exp(x − y), which is off by the rounding of y: a lot where y is large.
    Contributions(c.g.column * .apply(Softmax.self, c.x))
  }
  package static func composition<T: TensorAlgebra>(_ c: Call<Self, T>) -> T {
    let largest = c.x.largest
    return .log(T.exp(c.x - largest).sum([-1])) + largest.squeezed(-1)
  }
}

/// exp(x) / Σ exp(x) along the last axis.
package enum Softmax: FusedTensorRule {
  package static var code: UInt16 { 60 }
  package static var along: Along { .lastKept }

  package static func compute(_ c: Computation<Self>) -> Buffer { c.byRows(ck_softmax_rows) }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    Contributions(c.y * (c.g - (c.g * c.y).sum([-1], keepingDimensions: true)))
  }
  package static func composition<T: TensorAlgebra>(_ c: Call<Self, T>) -> T {
    let exponentials = T.exp(c.x - c.x.largest)
    return exponentials / exponentials.sum([-1], keepingDimensions: true)
  }
}

/// x − log Σ exp(x) along the last axis. Rounding is relative to the result, not to the size of x: the largest is
/// taken out of both terms first.
package enum LogSoftmax: FusedTensorRule {
  package static var code: UInt16 { 61 }
  package static var along: Along { .lastKept }

  package static func compute(_ c: Computation<Self>) -> Buffer { c.byRows(ck_log_softmax_rows) }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    Contributions(c.g - .exp(c.y) * c.g.sum([-1], keepingDimensions: true))
  }
  package static func composition<T: TensorAlgebra>(_ c: Call<Self, T>) -> T {
    let shifted = c.x - c.x.largest
    return shifted - .log(T.exp(shifted).sum([-1], keepingDimensions: true))
  }
}

/// The numbers of the classes, one for each row.
package struct Labels: IndexedOptions {
  var indices = IndexList()
  package init() {}
  package static var fields: [OptionField<Labels>] { [.indices("labels", \.indices, below: { _, shape in shape[-1] })] }

  /// The rows of a tensor, of which each has a label.
  fileprivate func rows(of shape: Shape, _ operation: String) throws(ShapeError) -> Shape {
    let rows = try shape.withoutLast(operation)
    guard rows.count == Int(indices.count) else {
      throw ShapeError("\(operation): \(shape) and [\(indices.count)]: a label for each row is needed")
    }
    return rows
  }
}

/// log Σ exp(x) − x[label] along the last axis: −log of the probability that softmax gives the label.
package enum SoftmaxCrossEntropy: FusedTensorRule {
  package typealias Options = Labels
  package static var code: UInt16 { 62 }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape {
    try c.options.rows(of: c.x, "softmaxCrossEntropy")
  }
  package static func compute(_ c: Computation<Self>) -> Buffer {
    let (out, (rows, columns)) = (c.result(), c.x.rowsAndColumns)
    ck_cross_entropy_rows(out.isSingle, rows, columns, c.x.base, c.options.indices.base, out.base)
    return out
  }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    Contributions(c.g.column * .apply(SubtractOneHot.self, T.apply(Softmax.self, c.x), c.options))
  }
  package static func composition<T: TensorAlgebra>(_ c: Call<Self, T>) -> T {
    -c.x.logSoftmax().picked(at: c.options.indices)
  }
}

/// x less 1 at the label of each row.
package enum SubtractOneHot: FusedTensorRule {
  package typealias Options = Labels
  package static var code: UInt16 { 63 }
  package static var pullbackReadsValues: Bool { false }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape {
    _ = try c.options.rows(of: c.x, "softmaxCrossEntropy")
    return c.x
  }
  package static func compute(_ c: Computation<Self>) -> Buffer {
    let (out, columns) = (c.result(), c.x.shape[-1])
    c.x.copy(into: out)
    for (row, label) in c.options.indices.numbers.enumerated() { out[row * columns + label] -= 1 }
    return out
  }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> { Contributions(c.g) }
  package static func composition<T: TensorAlgebra>(_ c: Call<Self, T>) -> T {
    let flat = c.x.flattened()
    let places = c.options.indices.places(inRowsOf: c.x.shape[-1])
    let ones = T.select(1, 1, flat.gathered(at: places))
    return (flat - ones.scattered(to: flat.shape, at: places)).reshaped(to: c.x.shape)
  }
}

extension TensorAlgebra {
  /// The largest along the last axis, which stays with extent 1, as a constant.
  fileprivate var largest: Self { .apply(StopGradient.self, max([-1], keepingDimensions: true)) }

  /// One element of each row.
  fileprivate func picked(at labels: IndexList) -> Self {
    flattened().gathered(at: labels.places(inRowsOf: shape[-1])).reshaped(to: shape.withoutLast)
  }
}

extension IndexList {
  /// Where each label leads to, among all elements.
  fileprivate func places(inRowsOf columns: Int) -> IndexList {
    IndexList(interning: numbers.enumerated().map { $0 * columns + $1 })
  }
}

extension TensorAlgebra {
  /// log Σ exp(x) over the given axes, or over all. Overflows nowhere; −∞ where all are.
  public func logSumExp(_ axes: [Int]? = nil, keepingDimensions: Bool = false) -> Self {
    reduced(by: LogSumExp.self, axes, keepingDimensions)
  }

  /// exp(x) / Σ exp(x) over the given axes, the last unless stated: positive numbers that sum to 1.
  public func softmax(_ axes: [Int] = [-1]) -> Self { mapped(by: Softmax.self, axes) }

  /// log(softmax(x)) over the given axes, the last unless stated, accurate also where the softmax underflows.
  public func logSoftmax(_ axes: [Int] = [-1]) -> Self { mapped(by: LogSoftmax.self, axes) }
}
