/// An algebra that applies rules instead of computing their values: `Variable` records them, `Dual` differentiates
/// forward. It says what happens to a rule, and every operation follows.
public protocol RuleAlgebra: Algebra {}

extension RuleAlgebra {
  @inlinable @inline(__always)
  public static func + (a: Self, b: Self) -> Self { apply(Add.self, a, b) }
  @inlinable @inline(__always)
  public static func - (a: Self, b: Self) -> Self { apply(Subtract.self, a, b) }
  @inlinable @inline(__always)
  public static func * (a: Self, b: Self) -> Self { apply(Multiply.self, a, b) }
  @inlinable @inline(__always)
  public static func / (a: Self, b: Self) -> Self { apply(Divide.self, a, b) }
  @inlinable @inline(__always)
  public static prefix func - (a: Self) -> Self { apply(Negate.self, a) }

  @inlinable public static func exp(_ x: Self) -> Self { apply(Exp.self, x) }
  @inlinable public static func expm1(_ x: Self) -> Self { apply(Expm1.self, x) }
  @inlinable public static func log(_ x: Self) -> Self { apply(Log.self, x) }
  @inlinable public static func log1p(_ x: Self) -> Self { apply(Log1p.self, x) }
  @inlinable public static func exp2(_ x: Self) -> Self { apply(Exp2.self, x) }
  @inlinable public static func log2(_ x: Self) -> Self { apply(Log2.self, x) }
  @inlinable public static func log10(_ x: Self) -> Self { apply(Log10.self, x) }
  @inlinable public static func sqrt(_ x: Self) -> Self { apply(Sqrt.self, x) }
  @inlinable public static func sin(_ x: Self) -> Self { apply(Sin.self, x) }
  @inlinable public static func cos(_ x: Self) -> Self { apply(Cos.self, x) }
  @inlinable public static func tan(_ x: Self) -> Self { apply(Tan.self, x) }
  @inlinable public static func asin(_ x: Self) -> Self { apply(Asin.self, x) }
  @inlinable public static func acos(_ x: Self) -> Self { apply(Acos.self, x) }
  @inlinable public static func atan(_ x: Self) -> Self { apply(Atan.self, x) }
  @inlinable public static func sinh(_ x: Self) -> Self { apply(Sinh.self, x) }
  @inlinable public static func cosh(_ x: Self) -> Self { apply(Cosh.self, x) }
  @inlinable public static func tanh(_ x: Self) -> Self { apply(Tanh.self, x) }
  @inlinable public static func asinh(_ x: Self) -> Self { apply(Asinh.self, x) }
  @inlinable public static func acosh(_ x: Self) -> Self { apply(Acosh.self, x) }
  @inlinable public static func atanh(_ x: Self) -> Self { apply(Atanh.self, x) }
  @inlinable public static func erf(_ x: Self) -> Self { apply(Erf.self, x) }
  @inlinable public static func erfc(_ x: Self) -> Self { apply(Erfc.self, x) }
  @inlinable public static func lgamma(_ x: Self) -> Self { apply(Lgamma.self, x) }
  @inlinable public static func abs(_ x: Self) -> Self { apply(Abs.self, x) }
  @inlinable public static func floor(_ x: Self) -> Self { apply(Floor.self, x) }

  @inlinable public static func pow(_ x: Self, _ y: Self) -> Self { apply(Power.self, x, y) }
  @inlinable public static func hypot(_ a: Self, _ b: Self) -> Self { apply(Hypot.self, a, b) }
  @inlinable public static func mod(_ a: Self, _ b: Self) -> Self { apply(Mod.self, a, b) }
  @inlinable public static func polygamma(_ n: Self, _ x: Self) -> Self { apply(Polygamma.self, n, x) }
  @inlinable public static func less(_ a: Self, _ b: Self) -> Self { apply(Less.self, a, b) }
  @inlinable public static func equal(_ a: Self, _ b: Self) -> Self { apply(Equal.self, a, b) }
  @inlinable
  public static func select(_ condition: Self, _ then: Self, _ otherwise: Self) -> Self {
    apply(Where.self, condition, then, otherwise)
  }
}
