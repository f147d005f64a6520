import Kernels

/// Σ x over some axes.
public enum Sum: TensorRule {
  @inlinable public static var code: UInt16 { Operation.sum.rawValue }
  public static var pullbackReadsValues: Bool { false }
  public static var readsNumbers: Bool { true }
  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape {
    x.a.reduced(over: attributes.axes, keeping: attributes.keepsDimensions)
  }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    if x.a.isNumber { return x.a.sum(as: shape(Operands(x.a.shape), attributes)) }
    let out = y()
    x.a.sum(into: out.count == 1 ? out : out.reshaped(x.a.shape.reduced(over: attributes.axes, keeping: true)))
    return out
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    if y.shape == .scalar { return Contributions(g.broadcast(to: x.a.shape)) }
    let kept = x.a.shape.reduced(over: attributes.axes, keeping: true)
    return Contributions(g.reshaped(to: kept).broadcast(to: x.a.shape))
  }
}

/// Σ x² over all elements. A rule of its own, not a sum of squares: a penalty on all weights reads them once and stores
/// nothing, where square, sum and their pullbacks go over them ten times.
public enum SumOfSquares: TensorRule {
  @inlinable public static var code: UInt16 { Operation.sumOfSquares.rawValue }
  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape { .scalar }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    switch x.a.precision {
    case _ where x.a.isNumber: Buffer(number: x.a.number * x.a.number * Double(x.a.count))
    case .single: Buffer(number: Double(ck_sum_squares_f32(x.a.count, x.a.single)))
    case .double: Buffer(number: ck_sum_squares_f64(x.a.count, x.a.double))
    }
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    Contributions(2 * g * x.a)
  }
}

extension TensorAlgebra {
  /// Σ x over the given axes, or over all.
  @inlinable
  public func sum(_ axes: [Int]? = nil, keepingDimensions: Bool = false) -> Self {
    .apply(Sum.self, Operands(self), Attributes(summing: axes, of: shape, keepingDimensions))
  }

  /// Summed over the axes along which a tensor of shape `target` is repeated to have this one's shape.
  func sum(to target: Shape) -> Self {
    if shape == target { return self }
    let lead = shape.rank - target.rank
    var attributes = Attributes()
    attributes.keepsDimensions = true
    for axis in 0..<shape.rank where axis < lead || target[axis - lead] != shape[axis] {
      attributes.axes.bits |= 1 << UInt16(axis)
    }
    return Self.apply(Sum.self, Operands(self), attributes).reshaped(to: target)
  }
}

extension Attributes {
  @inlinable
  init(summing axes: [Int]?, of shape: Shape, _ keepsDimensions: Bool) {
    self.init()
    self.axes = AxisSet(axes, rank: shape.rank, operation: "sum")
    self.keepsDimensions = keepsDimensions
  }
}

// MARK: - What is composed of sums

extension TensorAlgebra {
  /// The mean over the given axes, or over all; NaN of no elements.
  @inlinable
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

  /// The standard deviation: √ of the variance. Its gradient where all elements are equal is taken as 0.
  public func standardDeviation(
    _ axes: [Int]? = nil, unbiased: Bool = false, keepingDimensions: Bool = false
  ) -> Self {
    variance(axes, unbiased: unbiased, keepingDimensions: keepingDimensions).exceptAtZero { .sqrt($0) }
  }

  /// The p-norm (Σ |x|ᵖ)^(1/p) over the given axes, or over all: 1 sums magnitudes, 2 is the Euclidean length,
  /// `.infinity` the largest magnitude. Its gradient at 0 is taken as 0.
  public func norm(_ p: Double = 2, _ axes: [Int]? = nil, keepingDimensions: Bool = false) -> Self {
    switch p {
    case 1: return Self.abs(self).sum(axes, keepingDimensions: keepingDimensions)
    case 2: return square(self).sum(axes, keepingDimensions: keepingDimensions).exceptAtZero { .sqrt($0) }
    case .infinity: return Self.abs(self).max(axes, keepingDimensions: keepingDimensions)
    default:
      let powers = Self.abs(self).exceptAtZero { .pow($0, .number(p)) }
      let total = powers.sum(axes, keepingDimensions: keepingDimensions)
      return total.exceptAtZero { .pow($0, .number(1 / p)) }
    }
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
