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
  public var value: Base
  public var tangent: Base

  @inlinable
  public init(_ value: Base, tangent: Base = 0) { (self.value, self.tangent) = (value, tangent) }
  @inlinable
  public init(floatLiteral value: Base.FloatLiteralType) { self.init(Base(floatLiteral: value)) }
  @inlinable
  public init(integerLiteral value: Base.IntegerLiteralType) { self.init(Base(integerLiteral: value)) }

  @inlinable
  public static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Dual) -> Dual {
    let y = Base.apply(rule, x.value)
    return Dual(y, tangent: R.local(x.value, y) * x.tangent)
  }

  @inlinable
  public static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Dual, _ b: Dual) -> Dual {
    let y = Base.apply(rule, a.value, b.value)
    let (da, db) = R.locals(a.value, b.value, y)
    return Dual(y, tangent: da * a.tangent + db * b.tangent)
  }

  @inlinable
  public static func apply<R: TernaryRule>(_ rule: R.Type, _ a: Dual, _ b: Dual, _ c: Dual) -> Dual {
    let y = Base.apply(rule, a.value, b.value, c.value)
    // 0 · NaN would let the branch through that is not taken.
    if R.self == Where.self { return Dual(y, tangent: .select(a.value, b.tangent, c.tangent)) }
    let (da, db, dc) = R.locals(a.value, b.value, c.value, y)
    return Dual(y, tangent: da * a.tangent + db * b.tangent + dc * c.tangent)
  }
}
