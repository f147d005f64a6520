import Graph

/// How rules on tensors are written: some have a notation of their own, the others are calls of their names.
extension ShapedFormula {
  static func written<R: TensorRule>(_ c: Call<R, Self>, to shape: Shape) -> Self {
    if R.self == Reshape.self && c.x.hasAxes(of: shape) { return c.x.withUnitAxes(of: shape) }
    var result = Self(formula(c, to: shape), shape)
    if let options = c.options as? Matmul.Options {
      let (a, b) = (c.a.shape, c.b.shape)
      let sides = (options.transposesA ? a.matrixTransposed : a, options.transposesB ? b.matrixTransposed : b)
      result.shapes = "\(sides.0)·\(sides.1) = \(shape)"
    }
    return result
  }

  private static func formula<R: TensorRule>(_ c: Call<R, Self>, to shape: Shape) -> Formula {
    let x = c.operands.list.map(\.formula)
    switch c.options {
    case let options as Matmul.Options:
      return .matmul(
        options.transposesA ? transposed(x[0], c.a.shape) : x[0],
        options.transposesB ? transposed(x[1], c.b.shape) : x[1])
    case let options as Permute.Options where options.isTransposition(rank: shape.rank): return x[0].transposed
    case is TargetShape where R.self == Broadcast.self && c.x.shape.rank == 2 && shape.rank == 2:
      let (ones, x) = (Formula.name("𝟏"), x[0])
      return c.x.shape[1] == 1 ? .matmul(x, ones.transposed) : .matmul(ones, x)
    case let window as Window where R.self == Slice.self:
      if let slice = slice(x[0], window, c.x.shape) { return slice }
    default: break
    }
    if R.self == SumOfSquares.self { return call(Sum.name, [.apply(Square.self, x[0])]) }
    if R.self == SubtractOneHot.self, let labels = options(c).first {
      return x[0] - call("onehot", [labels.value, .number(Double(shape[-1]))])
    }
    return call(R.name, x, options(c))
  }

  /// One number is its own transpose.
  private static func transposed(_ formula: Formula, _ shape: Shape) -> Formula {
    shape.count == 1 ? formula : formula.transposed
  }

  private static func options<R: TensorRule>(_ c: Call<R, Self>) -> [Formula.Argument<Formula>] {
    R.Options.fields.compactMap { field in
      field.written(c.options, c.x.shape).map(field.argument)
    }
  }

  /// `X[1:, 0]`; nil for steps other than 1, which the language does not have.
  private static func slice(_ x: Formula, _ window: Window, _ from: Shape) -> Formula? {
    var indices: [Formula.Index] = []
    for axis in 0..<from.rank {
      let (start, count) = (window.starts[axis], window.shape[axis])
      guard window.steps[axis] == 1 else { return nil }
      let end = start + count
      indices.append(
        count == 1 && from[axis] != 1
          ? .element(start) : .range(start == 0 ? nil : start, end == from[axis] ? nil : end))
    }
    while indices.count > 1, indices.last == .range(nil, nil) { indices.removeLast() }
    return Formula(.slice(x, indices))
  }

  private static func call(
    _ name: String, _ x: [Formula], _ options: [Formula.Argument<Formula>] = []
  ) -> Formula { Formula(.call(name, x.map { Formula.Argument($0) } + options)) }
}

extension Shape {
  fileprivate var matrixTransposed: Shape {
    rank < 2 ? self : permuted(Array(0..<rank - 2) + [rank - 1, rank - 2])
  }
}
