// Grids as an algebra: scalar rules element by element, rules on tensors by their definitions.

extension Grid: RuleAlgebra {
  public init(floatLiteral value: A.FloatLiteralType) { self = .number(A(floatLiteral: value)) }
  public init(integerLiteral value: A.IntegerLiteralType) { self = .number(A(integerLiteral: value)) }
  public static func number(_ value: Double) -> Grid { .number(A.number(value)) }

  // Not specialized: a dozen algebras times seventy rules took a quarter of the package's build.
  @_semantics("optimize.sil.specialize.generic.never")
  public static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Grid) -> Grid { x.map { A.apply(rule, $0) } }

  @_semantics("optimize.sil.specialize.generic.never")
  public static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Grid, _ b: Grid) -> Grid {
    if case .number(let a) = a, case .number(let b) = b { return .number(A.apply(rule, a, b)) }
    let shape = commonShape(a.shape, b.shape)
    let (x, y) = (a.stretched(to: shape), b.stretched(to: shape))
    return Grid(zip(x, y).map { A.apply(rule, $0, $1) }, shape: shape)
  }

  @_semantics("optimize.sil.specialize.generic.never")
  public static func apply<R: TernaryRule>(_ rule: R.Type, _ a: Grid, _ b: Grid, _ c: Grid) -> Grid {
    let shape = commonShape(commonShape(a.shape, b.shape), c.shape)
    let (x, y, z) = (a.stretched(to: shape), b.stretched(to: shape), c.stretched(to: shape))
    return Grid(x.indices.map { A.apply(rule, x[$0], y[$0], z[$0]) }, shape: shape)
  }

  /// - Precondition: the shapes fit, as every form was checked before.
  private static func commonShape(_ a: Shape, _ b: Shape) -> Shape {
    guard let shape = a.broadcast(with: b) else { fatalError("shapes \(a) and \(b) do not fit") }
    return shape
  }

  /// The elements repeated to a larger shape.
  func stretched(to target: Shape) -> [A] {
    if shape == target { return elements }
    let (own, strides) = (elements, shape.strides(broadcastTo: target))
    return target.indexLists.map { i in own[i.indices.reduce(0) { $0 + i[$1] * strides[$1] }] }
  }
}

// MARK: - Whole tensors

extension Grid: TensorAlgebra {
  @_semantics("optimize.sil.specialize.generic.never")
  public static func apply<R: TensorRule>(_ rule: R.Type, _ operands: Operands<Grid>, _ options: R.Options) -> Grid {
    R.definition(Call(operands, options))
  }
}
