/// A tensor over any algebra, element by element: what formulas on vectors and matrices are verified with, in the same
/// precision and by the same rules as numbers. Small ones only: nothing here is fast.
enum Grid<A: Algebra> {
  case number(A)
  /// Row-major; never of rank 0.
  case tensor([A], shape: [Int])

  init(_ elements: [A], shape: [Int]) {
    self = shape.isEmpty ? .number(elements[0]) : .tensor(elements, shape: shape)
  }

  var extents: [Int] {
    switch self {
    case .number: []
    case .tensor(_, let shape): shape
    }
  }

  var elements: [A] {
    switch self {
    case .number(let number): [number]
    case .tensor(let elements, _): elements
    }
  }

  func map<B: Algebra>(_ turn: (A) -> B) -> Grid<B> {
    switch self {
    case .number(let number): .number(turn(number))
    case .tensor(let elements, let shape): .tensor(elements.map(turn), shape: shape)
    }
  }
}

// MARK: - Element by element

extension Grid: RuleAlgebra {
  init(floatLiteral value: A.FloatLiteralType) { self = .number(A(floatLiteral: value)) }
  init(integerLiteral value: A.IntegerLiteralType) { self = .number(A(integerLiteral: value)) }
  static func number(_ value: Double) -> Grid { .number(A.number(value)) }

  // Not specialized, like `tensorForm`.
  @_semantics("optimize.sil.specialize.generic.never")
  static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Grid) -> Grid { x.map { A.apply(rule, $0) } }

  @_semantics("optimize.sil.specialize.generic.never")
  static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Grid, _ b: Grid) -> Grid {
    if case .number(let a) = a, case .number(let b) = b { return .number(A.apply(rule, a, b)) }
    let shape = commonShape(a.extents, b.extents)
    let (x, y) = (a.stretched(to: shape), b.stretched(to: shape))
    return Grid(zip(x, y).map { A.apply(rule, $0, $1) }, shape: shape)
  }

  @_semantics("optimize.sil.specialize.generic.never")
  static func apply<R: TernaryRule>(_ rule: R.Type, _ a: Grid, _ b: Grid, _ c: Grid) -> Grid {
    let shape = commonShape(commonShape(a.extents, b.extents), c.extents)
    let (x, y, z) = (a.stretched(to: shape), b.stretched(to: shape), c.stretched(to: shape))
    return Grid(x.indices.map { A.apply(rule, x[$0], y[$0], z[$0]) }, shape: shape)
  }

  /// - Precondition: the shapes fit, as every form was checked before.
  private static func commonShape(_ a: [Int], _ b: [Int]) -> [Int] {
    guard let shape = Shape(a).broadcast(with: Shape(b)) else {
      fatalError("shapes \(a) and \(b) do not fit")
    }
    return shape.dimensions
  }

  /// The elements repeated to a larger shape.
  func stretched(to shape: [Int]) -> [A] {
    if extents == shape { return elements }
    let (own, strides) = (elements, Shape(extents).strides(broadcastTo: Shape(shape)))
    return IndexLists(shape).map { place in own[place.indices.reduce(0) { $0 + place[$1] * strides[$1] }] }
  }
}

/// The index lists of a shape in row-major order.
struct IndexLists: Sequence, IteratorProtocol {
  private let shape: [Int]
  private var current: [Int]?

  init(_ shape: [Int]) {
    self.shape = shape
    current = shape.contains(0) ? nil : shape.map { _ in 0 }
  }

  mutating func next() -> [Int]? {
    guard let place = current else { return nil }
    var following = place
    for axis in shape.indices.reversed() {
      following[axis] += 1
      if following[axis] < shape[axis] {
        current = following
        return place
      }
      following[axis] = 0
    }
    current = nil
    return place
  }
}

// MARK: - Whole tensors

extension Grid {
  /// Elements picked by their places: `pick` turns a place in the result into one in this.
  func picked(shape: [Int], _ pick: ([Int]) -> [Int]) -> Grid {
    let (own, strides) = (elements, Shape(extents).strides)
    let chosen = IndexLists(shape).map { place in
      own[pick(place).enumerated().reduce(0) { $0 + $1.element * strides[$1.offset] }]
    }
    return Grid(chosen, shape: shape)
  }

  /// Elements along some axes folded to one; those axes stay with extent 1 where asked.
  func folded(over axes: [Int], keeping: Bool, _ combine: ([A]) -> A) -> Grid {
    let shape = extents
    let kept = shape.indices.map { axes.contains($0) ? 1 : shape[$0] }
    let strides = Shape(kept).strides
    var groups = [[A]](repeating: [], count: kept.reduce(1, *))
    for (place, element) in zip(IndexLists(shape), elements) {
      let group = place.indices.reduce(0) { $0 + (axes.contains($1) ? 0 : place[$1] * strides[$1]) }
      groups[group].append(element)
    }
    let result = shape.indices.filter { keeping || !axes.contains($0) }.map { kept[$0] }
    return Grid(groups.map(combine), shape: result)
  }

  /// The product of two matrices.
  static func product(_ a: Grid, _ b: Grid) -> Grid {
    let (m, k, n) = (a.extents[0], a.extents[1], b.extents[1])
    let (x, y) = (a.elements, b.elements)
    let elements = (0..<m * n).map { place in
      let (row, column) = (place / n, place % n)
      return A.total((0..<k).map { x[row * k + $0] * y[$0 * n + column] })
    }
    return .tensor(elements, shape: [m, n])
  }
}

extension Algebra {
  static func total(_ terms: [Self]) -> Self { terms.dropFirst().reduce(terms.first ?? 0, +) }
}
