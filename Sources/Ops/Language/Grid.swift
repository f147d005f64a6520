/// A tensor over any algebra, element by element: what definitions of rules are read with. Small ones only: nothing
/// here is fast.
///
/// ```swift
/// Grid(shape: [2, 3]) { i in A.number(Double(i[0] + i[1])) }  // [[0, 1, 2], [1, 2, 3]]
/// ```
public enum Grid<A: Algebra> {
  case number(A)
  /// Row-major; never of rank 0.
  case tensor([A], shape: Shape)

  package init(_ elements: [A], shape: Shape) {
    self = shape.rank == 0 ? .number(elements[0]) : .tensor(elements, shape: shape)
  }

  /// Of a shape, with each element by its indices: `Grid(shape: x.shape) { i in x[i] * x[i] }`. A number has no indices.
  public init(shape: Shape, _ element: (_ i: [Int]) -> A) {
    if shape.rank == 0 { self = .number(element([])) } else { self.init(shape.indexLists.map(element), shape: shape) }
  }

  /// Its shape; that of a number is scalar.
  public var shape: Shape {
    switch self {
    case .number: .scalar
    case .tensor(_, let shape): shape
    }
  }

  package var elements: [A] {
    switch self {
    case .number(let number): [number]
    case .tensor(let elements, _): elements
    }
  }

  /// The element of some indices, one for each axis, counted from 0. Traps beyond the shape.
  public subscript(i: [Int]) -> A {
    switch self {
    case .number(let number): return number
    case .tensor(let elements, let shape):
      precondition(
        i.count == shape.rank && zip(i, shape.dimensions).allSatisfy { 0..<$1 ~= $0 },
        "Grid: no element \(i) in shape \(shape)")
      let strides = shape.strides
      return elements[i.indices.reduce(0) { $0 + i[$1] * strides[$1] }]
    }
  }

  func map<B: Algebra>(_ turn: (A) -> B) -> Grid<B> {
    switch self {
    case .number(let number): .number(turn(number))
    case .tensor(let elements, let shape): .tensor(elements.map(turn), shape: shape)
    }
  }
}

extension Algebra {
  static func total(_ terms: [Self]) -> Self { terms.dropFirst().reduce(terms.first ?? 0, +) }
}

extension RuleCall {
  /// What each element of a definition is made of, in the shape that the rule has for these operands.
  func elements<R: TensorRule, A: Algebra>(of rule: R.Type, _ element: ([Int]) -> A) -> Grid<A>
  where Operand == Grid<A>, Options == R.Options {
    Grid(shape: R.checkedShape(operands.map(\.shape), options), element)
  }
}

extension Shape {
  /// The indices of an element by its place in row-major order.
  package func indices(of place: Int) -> [Int] {
    let strides = strides
    return (0..<rank).map { place / strides[$0] % self[$0] }
  }

  /// Those of all elements, in their order.
  var indexLists: some Sequence<[Int]> { (0..<count).lazy.map { indices(of: $0) } }
}
