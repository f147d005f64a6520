import ChainruleKernels

/// Σ x over some axes.
package enum Sum: TensorRule {
  package struct Options: RuleOptions {
    var axes = AxisSet(bits: .max)
    var keepsDimensions = false
    package init() {}
    package static var fields: [OptionField<Options>] {
      // Axes of extent 1 come and go without a word: they are not written on paper either.
      [.axes("axis", \.axes), .flag("keepdims", \.keepsDimensions, isWritten: false)]
    }
  }
  package static var code: UInt16 { 53 }
  package static var pullbackReadsValues: Bool { false }
  package static var readsNumbers: Bool { true }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape {
    c.x.reduced(over: c.options.axes, keeping: c.options.keepsDimensions)
  }
  package static func compute(_ c: Computation<Self>) -> Buffer {
    if c.x.isNumber { return c.x.sum(as: c.shape) }
    let out = c.result()
    c.x.sum(into: out.count == 1 ? out : out.reshaped(c.x.shape.reduced(over: c.options.axes, keeping: true)))
    return out
  }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    if c.y.shape == .scalar { return Contributions(c.g.broadcast(to: c.x.shape)) }
    let kept = c.x.shape.reduced(over: c.options.axes, keeping: true)
    return Contributions(c.g.reshaped(to: kept).broadcast(to: c.x.shape))
  }
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    c.x.folded(over: c.options.axes, keeping: c.options.keepsDimensions) { .total($0) }
  }
}

/// Σ x² over all elements. A rule of its own, not a sum of squares: a penalty on all weights reads them once and stores
/// nothing, where square, sum and their pullbacks go over them ten times.
package enum SumOfSquares: FusedTensorRule {
  package static var code: UInt16 { 54 }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape { .scalar }
  package static func compute(_ c: Computation<Self>) -> Buffer {
    c.x.isNumber
      ? Buffer(number: c.x.number * c.x.number * Double(c.x.count))
      : Buffer(number: ck_sum_squares(c.x.isSingle, c.x.count, c.x.base))
  }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    Contributions(2 * c.g * c.x)
  }
  package static func composition<T: TensorAlgebra>(_ c: Call<Self, T>) -> T { T.apply(Square.self, c.x).sum() }
}

extension Grid {
  /// Elements along some axes folded to one; those axes stay with extent 1 where asked.
  fileprivate func folded(over axes: AxisSet, keeping: Bool, _ combine: ([A]) -> A) -> Grid {
    let kept = shape.reduced(over: axes, keeping: true)
    let strides = kept.strides
    var groups = [[A]](repeating: [], count: kept.count)
    for (i, element) in zip(shape.indexLists, elements) {
      groups[i.indices.reduce(0) { $0 + (axes.contains($1) ? 0 : i[$1] * strides[$1]) }].append(element)
    }
    return Grid(groups.map(combine), shape: shape.reduced(over: axes, keeping: keeping))
  }
}

extension TensorAlgebra {
  /// Σ x over the given axes, or over all.
  public func sum(_ axes: [Int]? = nil, keepingDimensions: Bool = false) -> Self {
    let set = AxisSet(axes, rank: shape.rank, operation: "sum")
    return .apply(Sum.self, self, .init { ($0.axes, $0.keepsDimensions) = (set, keepingDimensions) })
  }

  /// Summed over the axes along which a tensor of shape `target` is repeated to have this one's shape.
  func sum(to target: Shape) -> Self {
    if shape == target { return self }
    let lead = shape.rank - target.rank
    var options = Sum.Options()
    options.keepsDimensions = true
    options.axes.bits = 0
    for axis in 0..<shape.rank where axis < lead || target[axis - lead] != shape[axis] {
      options.axes.bits |= 1 << UInt16(axis)
    }
    return Self.apply(Sum.self, self, options).reshaped(to: target)
  }
}

// MARK: - What is composed of sums

extension TensorAlgebra {
  /// The mean over the given axes, or over all; NaN of no elements.
  public func mean(_ axes: [Int]? = nil, keepingDimensions: Bool = false) -> Self {
    let total = sum(axes, keepingDimensions: keepingDimensions)
    return total / .number(Double(shape.count / Swift.max(total.shape.count, 1)))
  }

  /// The mean squared distance from the mean: Σ (x − x̄)²/n, or /(n − 1) where `unbiased`, for samples of a larger
  /// population.
  public func variance(_ axes: [Int]? = nil, unbiased: Bool = false, keepingDimensions: Bool = false) -> Self {
    let squares = square(self - mean(axes, keepingDimensions: true))
    let total = squares.sum(axes, keepingDimensions: keepingDimensions)
    let n = shape.count / Swift.max(total.shape.count, 1)
    return total / .number(Double(unbiased ? n - 1 : n))
  }

  /// The standard deviation: √ of the variance. Its gradient where all elements are equal is 0: what a deviation of 0 is
  /// multiplied by does not count.
  public func standardDeviation(
    _ axes: [Int]? = nil, unbiased: Bool = false, keepingDimensions: Bool = false
  ) -> Self {
    .sqrt(variance(axes, unbiased: unbiased, keepingDimensions: keepingDimensions))
  }

  /// The p-norm (Σ |x|ᵖ)^(1/p) over the given axes, or over all: 1 sums magnitudes, 2 is the Euclidean length,
  /// `.infinity` the largest magnitude. Its gradient at 0 is taken as 0.
  public func norm(_ p: Double = 2, _ axes: [Int]? = nil, keepingDimensions: Bool = false) -> Self {
    switch p {
    case 1: return Self.abs(self).sum(axes, keepingDimensions: keepingDimensions)
    case 2: return rootOfSquares(axes, keepingDimensions)
    case .infinity: return Self.abs(self).max(axes, keepingDimensions: keepingDimensions)
    default:
      let powers = Self.abs(self).exceptAtZero { .pow($0, .number(p)) }
      let total = powers.sum(axes, keepingDimensions: keepingDimensions)
      return total.exceptAtZero { .pow($0, .number(1 / p)) }
    }
  }

  /// √Σx². Where squares would leave the range the elements are divided by a power of two before, which costs no digit.
  private func rootOfSquares(_ axes: [Int]?, _ keepingDimensions: Bool) -> Self {
    guard shape.count > 0 else { return .sqrt(square(self).sum(axes, keepingDimensions: keepingDimensions)) }
    let scale = Self.apply(Scale.self, Self.abs(self).max(axes, keepingDimensions: true))
    let squares = square(self / scale).sum(axes, keepingDimensions: keepingDimensions)
    return .sqrt(squares) * scale.reshaped(to: squares.shape)
  }

  /// f, but 0 at 0, where the local gradient of f is infinite: with it 0, not NaN.
  private func exceptAtZero(_ f: (Self) -> Self) -> Self {
    let isZero = Self.equal(self, 0)
    return .select(isZero, 0, f(.select(isZero, 1, self)))
  }

  /// Π x over the given axes, or over all; 1 of no elements.
  ///
  /// Halves are multiplied with each other until one element is left. Each gradient is so a product of the others,
  /// right also where some of them are 0.
  /// - Complexity: O(n), recorded as a few nodes for each doubling of n.
  public func prod(_ axes: [Int]? = nil, keepingDimensions: Bool = false) -> Self {
    let axes = AxisSet(axes, rank: shape.rank, operation: "prod")
    var x = rows(axes)
    if x.shape[-1] == 0 { x = x.sum([-1]) + 1 }
    while x.shape.rank > shape.rank - axes.bits.nonzeroBitCount, x.shape[-1] > 1 {
      let (n, half) = (x.shape[-1], x.shape[-1] / 2)
      let product = x.sliced(along: -1, AxisRange(0..<half)) * x.sliced(along: -1, AxisRange(half..<2 * half))
      x = n % 2 == 0 ? product : concatenated([product, x.sliced(along: -1, AxisRange(2 * half..<n))], along: -1)
    }
    return x.reshaped(to: shape.reduced(over: axes, keeping: keepingDimensions))
  }
}
