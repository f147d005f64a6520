/// A number with its derivative along one direction: forward mode, from the same rules as the tape.
///
/// For y = f(x): value f(x), tangent f′(x)·ẋ. Nothing is stored, so it is the cheaper mode for one input and many
/// outputs, and an independent check of the backward walk.
///
/// ```swift
/// let x = Dual(0.5, tangent: 1)
/// sin(x * x).tangent  // 2·0.5·cos(0.25) = 0.9689124217106447
/// ```
/// The base may itself be dual, which gives second derivatives.
public struct Dual<Base: Algebra>: RuleAlgebra {
  /// The number itself.
  public var value: Base
  /// nil for what does not depend on the direction, such as a literal: nothing is sent through its local gradient,
  /// which may be infinite or no number (that of x^3 by the 3 is x³·log(x)).
  @usableFromInline var derivative: Base?

  /// The derivative along the direction.
  @inlinable
  public var tangent: Base {
    get { derivative ?? 0 }
    set { derivative = newValue }
  }

  /// A number that does not depend on the direction.
  @inlinable
  public init(_ value: Base) { (self.value, derivative) = (value, nil) }
  /// A number that changes by `tangent` per unit along the direction: an input has 1, or its part of the direction.
  @inlinable
  public init(_ value: Base, tangent: Base) { (self.value, derivative) = (value, tangent) }
  @usableFromInline
  init(_ value: Base, derivative: Base?) { (self.value, self.derivative) = (value, derivative) }
  @inlinable
  public init(floatLiteral value: Base.FloatLiteralType) { self.init(Base(floatLiteral: value)) }
  @inlinable
  public init(integerLiteral value: Base.IntegerLiteralType) { self.init(Base(integerLiteral: value)) }
  public static func number(_ value: Double) -> Dual { Dual(.number(value)) }

  @inlinable
  public static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Dual) -> Dual {
    let y = Base.apply(rule, x.value)
    return Dual(y, derivative: x.derivative.map { .chain(R.local(x.value, y), $0) })
  }

  @inlinable
  public static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Dual, _ b: Dual) -> Dual {
    let y = Base.apply(rule, a.value, b.value)
    guard a.derivative != nil || b.derivative != nil else { return Dual(y) }
    let (da, db) = R.locals(a.value, b.value, y)
    return Dual(y, derivative: sum(a.derivative.map { .chain(da, $0) }, b.derivative.map { .chain(db, $0) }))
  }

  @inlinable
  public static func apply<R: TernaryRule>(_ rule: R.Type, _ a: Dual, _ b: Dual, _ c: Dual) -> Dual {
    let y = Base.apply(rule, a.value, b.value, c.value)
    // 0 · NaN would let the branch through that is not taken.
    if R.self == Where.self { return Dual(y, tangent: .select(a.value, b.tangent, c.tangent)) }
    let (da, db, dc) = R.locals(a.value, b.value, c.value, y)
    let first = sum(a.derivative.map { .chain(da, $0) }, b.derivative.map { .chain(db, $0) })
    return Dual(y, derivative: sum(first, c.derivative.map { .chain(dc, $0) }))
  }

  @inlinable
  public static func chain(_ local: Dual, _ arriving: Dual) -> Dual {
    Dual(
      .chain(local.value, arriving.value),
      derivative: sum(
        local.derivative.map { .chain($0, arriving.value) }, arriving.derivative.map { .chain(local.value, $0) }))
  }

  @usableFromInline
  static func sum(_ a: Base?, _ b: Base?) -> Base? {
    guard let a, let b else { return a ?? b }
    return a + b
  }
}
