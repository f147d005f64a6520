/// A rule on tensors that carries a batch axis in front of its operands.
protocol BatchableRule: TensorRule {
  /// Its options where each operand has one more axis in front; the same unless stated, as those of a rule along the last
  /// axis or on matrices.
  static func options(_ options: Options, inFront count: Int) -> Options
  /// Its value, of operands some of which have the axis; all get it unless stated.
  static func batched<T: TensorAlgebra>(_ c: Call<Self, Batched<T>>, _ count: Int) -> T
}

extension BatchableRule {
  static func options(_ options: Options, inFront count: Int) -> Options { options }
  static func batched<T: TensorAlgebra>(_ c: Call<Self, Batched<T>>, _ count: Int) -> T {
    .apply(Self.self, c.operands.map { $0.spread(count) }, options(c.options, inFront: count))
  }
}

// MARK: - Along the last axis, or on matrices

extension Max: BatchableRule {}
extension LogSumExp: BatchableRule {}
extension Softmax: BatchableRule {}
extension LogSoftmax: BatchableRule {}
extension CumulativeSum: BatchableRule {}
extension Roll: BatchableRule {}
extension Solve: BatchableRule {}
extension Inverse: BatchableRule {}
extension Determinant: BatchableRule {}
extension LogDeterminant: BatchableRule {}
extension Adjugate: BatchableRule {}
extension Cholesky: BatchableRule {}
extension LowerTriangle: BatchableRule {}

extension Matmul: BatchableRule {
  /// A matrix that all share is not copied: it multiplies all rows, or all columns, at once.
  static func batched<T: TensorAlgebra>(_ c: Call<Self, Batched<T>>, _ count: Int) -> T {
    let (a, b, tA, tB) = (c.a, c.b, c.options.transposesA, c.options.transposesB)
    if a.shape.rank == 2, b.count == nil { return product(tA ? a.base.transposed() : a.base, b.base, tB) }
    if a.shape.rank == 2, a.count == nil { return product(tB ? b.base : b.base.transposed(), a.base, !tA).transposed() }
    return matmul(a.spread(count), b.spread(count), tA, tB)
  }

  /// Matrices one behind the other times one matrix.
  private static func product<T: TensorAlgebra>(_ x: T, _ y: T, _ transposesY: Bool) -> T {
    let (count, rows, k) = (x.shape[0], x.shape[1], x.shape[2])
    return matmul(x.reshaped(to: [count * rows, k]), y, false, transposesY)
      .reshaped(to: [count, rows, y.shape[transposesY ? 0 : 1]])
  }
}

// MARK: - Along axes that have numbers

extension Sum: BatchableRule {
  static func options(_ options: Options, inFront count: Int) -> Options {
    var options = options
    options.axes.bits <<= 1
    return options
  }
}

extension Permute: BatchableRule {
  static func options(_ options: Options, inFront count: Int) -> Options {
    var options = options
    options.order = AxisNumbers([0] + options.order.prefix(Shape.maximalRank - 1).map { $0 + 1 })
    return options
  }
}

extension Concatenate: BatchableRule {
  static func options(_ options: Options, inFront count: Int) -> Options {
    var options = options
    options.axis += 1
    return options
  }
}

extension Gather: BatchableRule {
  static func options(_ options: Options, inFront count: Int) -> Options {
    var options = options
    options.axis += 1
    return options
  }
}

extension ScatterAdd: BatchableRule {
  static func options(_ options: Options, inFront count: Int) -> Options {
    var options = options
    (options.axis, options.shape) = (options.axis + 1, options.shape.inFront(count))
    return options
  }
}

// MARK: - To a shape

extension Reshape: BatchableRule {
  static func options(_ options: Options, inFront count: Int) -> Options { TargetShape(options.shape.inFront(count)) }
}

extension Broadcast: BatchableRule {
  static func batched<T: TensorAlgebra>(_ c: Call<Self, Batched<T>>, _ count: Int) -> T {
    c.x.aligned(to: c.options.shape.rank).broadcast(to: c.options.shape.inFront(count))
  }
}

extension Window {
  fileprivate func inFront(_ count: Int) -> Window {
    let others = Shape.maximalRank - 1
    var window = giving(shape.inFront(count))
    window.starts = AxisNumbers([0] + starts.prefix(others))
    window.steps = AxisNumbers([1] + steps.prefix(others))
    return window
  }
}

extension Slice: BatchableRule {
  static func options(_ options: Options, inFront count: Int) -> Options { options.inFront(count) }
}

extension Place: BatchableRule {
  static func options(_ options: Options, inFront count: Int) -> Options { options.inFront(count) }
}

// MARK: - By labels, which are the same for all

extension Labels {
  fileprivate func repeated(_ count: Int) -> Labels {
    var labels = self
    labels.indices = IndexList(interning: (0..<count).flatMap { _ in indices.numbers })
    return labels
  }
}

extension SoftmaxCrossEntropy: BatchableRule {
  static func options(_ options: Options, inFront count: Int) -> Options { options.repeated(count) }
}

extension SubtractOneHot: BatchableRule {
  static func options(_ options: Options, inFront count: Int) -> Options { options.repeated(count) }
}
