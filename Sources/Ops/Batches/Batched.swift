/// A tensor that may have a batch axis in front, which whoever computes with it does not see.
///
/// An elementwise rule needs no further word: an axis in front broadcasts. A rule on tensors states how it carries one as a
/// ``BatchableRule``.
struct Batched<Base: TensorAlgebra>: TensorAlgebra, RuleAlgebra {
  /// With the axis.
  let base: Base
  /// How many there are; nil for what is the same for all.
  let count: Int?

  init(_ base: Base, _ count: Int?) { (self.base, self.count) = (base, count) }
  init(floatLiteral value: Double) { self.init(.number(value), nil) }
  init(integerLiteral value: Int) { self.init(.number(Double(value)), nil) }

  static func number(_ value: Double) -> Batched { Batched(.number(value), nil) }

  /// That of one.
  var shape: Shape { count == nil ? base.shape : Shape(Array(base.shape.dimensions.dropFirst())) }
  var plainNumber: Double? { count == nil ? base.plainNumber : nil }

  /// With the axis, whether it differs along it or not.
  func spread(_ count: Int) -> Base {
    self.count == nil ? base.broadcast(to: shape.inFront(count)) : base
  }

  /// What differs gets axes of extent 1 behind the batch, so that the others meet those they would meet in one.
  func aligned(to rank: Int) -> Base {
    guard let count, shape.rank < rank else { return base }
    return base.reshaped(to: Shape([count] + Array(repeating: 1, count: rank - shape.rank) + shape.dimensions))
  }
}

extension Shape {
  /// With an axis more.
  func inFront(_ count: Int) -> Shape { Shape([count] + dimensions) }
}

// MARK: - Rules

extension Batched {
  static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Batched) -> Batched {
    Batched(Base.apply(rule, x.base), x.count)
  }
  static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Batched, _ b: Batched) -> Batched {
    let rank = Swift.max(a.shape.rank, b.shape.rank)
    return Batched(Base.apply(rule, a.aligned(to: rank), b.aligned(to: rank)), a.count ?? b.count)
  }
  static func apply<R: TernaryRule>(_ rule: R.Type, _ a: Batched, _ b: Batched, _ c: Batched) -> Batched {
    let rank = Swift.max(a.shape.rank, b.shape.rank, c.shape.rank)
    return Batched(
      Base.apply(rule, a.aligned(to: rank), b.aligned(to: rank), c.aligned(to: rank)), a.count ?? b.count ?? c.count)
  }

  static func apply<R: TensorRule>(_ rule: R.Type, _ x: Operands<Batched>, _ options: R.Options) -> Batched {
    guard let count = x.list.lazy.compactMap(\.count).first else {
      return Batched(Base.apply(rule, x.map(\.base), options), nil)
    }
    if let rule = rule as? any BatchableRule.Type { return batched(rule, x, options, count) }
    guard let rule = rule as? any FusedTensorRule.Type else { fatalError("\(R.name) has no batch") }
    return composed(rule, x, options)
  }

  private static func batched<R: BatchableRule>(
    _ rule: R.Type, _ x: Operands<Batched>, _ options: Any, _ count: Int
  ) -> Batched { Batched(R.batched(Call(x, options as! R.Options), count), count) }

  private static func composed<R: FusedTensorRule>(_ rule: R.Type, _ x: Operands<Batched>, _ options: Any) -> Batched {
    R.composition(Call(x, options as! R.Options))
  }
}
