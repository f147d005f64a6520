/// What the functions of formulas on whole tensors are made of. The shapes are checked before these are called, so
/// that no text can stop the program.
protocol TensorLanguage: Algebra {
  var extents: [Int] { get }
  /// The product of two matrices that fit.
  static func product(_ a: Self, _ b: Self) -> Self
  func sum(over axes: [Int], keeping: Bool) -> Self
  func largest(over axes: [Int], keeping: Bool) -> Self
  func reshaped(as shape: [Int]) -> Self
  /// Axis i of the result is axis `order[i]` of this.
  func axes(inOrder order: [Int]) -> Self
  /// `count[i]` places from `start[i]` along axis i.
  func part(from start: [Int], count: [Int]) -> Self
  /// One behind the other along an axis.
  static func joined(_ parts: [Self], axis: Int) -> Self

  /// Numbers that can take part in computations with this.
  func constant(_ numbers: Tensor<Double>) -> Self

  // What follows is composed of the above unless an algebra knows better.
  func mean(over axes: [Int], keeping: Bool) -> Self
  func variance(over axes: [Int], keeping: Bool) -> Self
  func product(over axes: [Int], keeping: Bool) -> Self
  func logSumExp(over axes: [Int], keeping: Bool) -> Self
  func softmax(over axes: [Int]) -> Self
  func logSoftmax(over axes: [Int]) -> Self
  var determinant: Self { get }
  var inverse: Self { get }
  /// How many rows a matrix may have for its determinant, inverse and system of equations.
  static var largestSystem: Int { get }
  /// Whether it is known to have no inverse: then its determinant is computed by minors, which have gradients there.
  var isSingular: Bool { get }
  /// Whether all elements can be numbers of classes, from 0 to below `count`.
  func areClasses(below count: Int) -> Bool
}

extension Grid: TensorLanguage {
  func constant(_ numbers: Tensor<Double>) -> Grid {
    Grid(numbers.elements.map(A.number), shape: numbers.shape.dimensions)
  }

  func sum(over axes: [Int], keeping: Bool) -> Grid { folded(over: axes, keeping: keeping, A.total) }

  func largest(over axes: [Int], keeping: Bool) -> Grid {
    folded(over: axes, keeping: keeping) { group in
      group.dropFirst().reduce(group[0]) { .apply(Maximum.self, $0, $1) }
    }
  }

  func reshaped(as shape: [Int]) -> Grid { Grid(elements, shape: shape) }

  func axes(inOrder order: [Int]) -> Grid {
    let own = extents
    return picked(shape: order.map { own[$0] }) { place in
      own.indices.map { axis in place[order.firstIndex(of: axis)!] }
    }
  }

  func part(from start: [Int], count: [Int]) -> Grid {
    picked(shape: count) { place in zip(place, start).map { $0 + $1 } }
  }

  static func joined(_ parts: [Grid], axis: Int) -> Grid {
    var shape = parts[0].extents
    shape[axis] = parts.reduce(0) { $0 + $1.extents[axis] }
    let outer = shape[..<axis].reduce(1, *)
    let elements = parts.map { ($0.elements, $0.elements.count / max(outer, 1)) }
    let mixed = (0..<outer).flatMap { place in
      elements.flatMap { list, width in list[place * width..<(place + 1) * width] }
    }
    return Grid(mixed, shape: shape)
  }
}

// MARK: - What is composed

extension TensorLanguage {
  /// Minors take n! steps.
  static var largestMinors: Int { 7 }
  static var largestSystem: Int { largestMinors }
  var isSingular: Bool { false }
  func areClasses(below count: Int) -> Bool { true }
  var count: Int { extents.reduce(1, *) }
  var isVector: Bool { extents.count == 1 }

  func mean(over axes: [Int], keeping: Bool) -> Self {
    let own = extents
    return sum(over: axes, keeping: keeping) / .number(Double(axes.reduce(1) { $0 * own[$1] }))
  }

  func variance(over axes: [Int], keeping: Bool) -> Self {
    let centered = self - mean(over: axes, keeping: true)
    return Self.apply(Square.self, centered).mean(over: axes, keeping: keeping)
  }

  func product(over axes: [Int], keeping: Bool) -> Self {
    axes.sorted(by: >).reduce(self) { partial, axis in
      let shape = partial.extents
      let slices = (0..<shape[axis]).map { place in
        var (start, count) = (shape.map { _ in 0 }, shape)
        (start[axis], count[axis]) = (place, 1)
        return partial.part(from: start, count: count)
      }
      let one = slices.dropFirst().reduce(slices.first ?? 1) { $0 * $1 }
      return keeping || slices.isEmpty
        ? one : one.reshaped(as: shape.indices.filter { $0 != axis }.map { shape[$0] })
    }
  }

  /// The largest is subtracted first, so that nothing overflows.
  func logSumExp(over axes: [Int], keeping: Bool) -> Self {
    let largest = Self.apply(StopGradient.self, largest(over: axes, keeping: true))
    let sum = Self.exp(self - largest).sum(over: axes, keeping: keeping)
    return .log(sum) + (keeping ? largest : largest.reshaped(as: sum.extents))
  }

  func softmax(over axes: [Int]) -> Self {
    let largest = Self.apply(StopGradient.self, largest(over: axes, keeping: true))
    let exponentials = Self.exp(self - largest)
    return exponentials / exponentials.sum(over: axes, keeping: true)
  }

  func logSoftmax(over axes: [Int]) -> Self { self - logSumExp(over: axes, keeping: true) }

  /// The last two axes exchanged; a vector becomes a row.
  var transposed: Self {
    let rank = extents.count
    if rank == 0 { return self }
    if rank == 1 { return reshaped(as: [1, extents[0]]) }
    return axes(inOrder: Array(0..<rank - 2) + [rank - 1, rank - 2])
  }

  /// One number out of this.
  func element(_ place: [Int]) -> Self {
    part(from: place, count: place.map { _ in 1 }).reshaped(as: [])
  }

  /// A matrix by its elements.
  static func matrix(_ elements: [Self], rows: Int) -> Self {
    joined(elements.map { $0.reshaped(as: [1]) }, axis: 0).reshaped(as: [rows, elements.count / max(rows, 1)])
  }

  /// 1 on the diagonal, else 0.
  func identity(_ size: Int) -> Self {
    constant(Tensor((0..<size * size).map { $0 / size == $0 % size ? 1 : 0 }, shape: [size, size]))
  }
}

// MARK: - Determinants

extension TensorLanguage {
  /// By minors: no element is compared, so it works in every algebra; n! products, hence for small matrices.
  var determinantByMinors: Self { minor(rows: Array(0..<extents[0]), columns: Array(0..<extents[0])) }
  var determinant: Self { determinantByMinors }

  private func minor(rows: [Int], columns: [Int]) -> Self {
    guard let row = rows.first else { return 1 }
    var sum: Self?
    for (place, column) in columns.enumerated() {
      let rest = columns.filter { $0 != column }
      let term = element([row, column]) * minor(rows: Array(rows.dropFirst()), columns: rest)
      guard let partial = sum else {
        sum = term
        continue
      }
      sum = place % 2 == 0 ? partial + term : partial - term
    }
    return sum ?? 1
  }

  /// The adjugate over the determinant.
  var inverse: Self {
    let size = extents[0]
    let all = Array(0..<size)
    let cofactors = (0..<size * size).map { place in
      let (row, column) = (place % size, place / size)
      let minor = minor(rows: all.filter { $0 != row }, columns: all.filter { $0 != column })
      return (row + column) % 2 == 0 ? minor : -minor
    }
    return Self.matrix(cofactors, rows: size) / determinant
  }
}
