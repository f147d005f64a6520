/// An operation, stated once: its value and its local gradients, over any algebra.
///
/// Every interpreter reads the same statement: recording computes it, the recorded backward pass records it, the
/// inspector prints it, the gradient check and the table of operations in the documentation iterate over it.
/// To add an operation, write its rule and list it in `Operations`; for one of your own, only write the rule and
/// call `apply`:
///
/// ```swift
/// enum Cube: UnaryRule {
///   static func value<A: Algebra>(_ x: A) -> A { x * x * x }
///   static func local<A: Algebra>(_ x: A, _ y: A) -> A { 3 * x * x }
/// }
/// let y = apply(Cube.self, x)
/// ```
public protocol Rule: Sendable {
  /// What inspection and formulas call it. The type's own name in lower case, unless stated.
  static var name: String { get }
  /// The number stored on tapes.
  static var code: UInt16 { get }
  /// Where its value is defined; everywhere unless stated.
  static var domain: Domain { get }
  /// Whether formulas show its value in place of its name: for a step of other rules that nobody calls.
  static var isWrittenOut: Bool { get }
  /// Where its value or local gradient jumps, as values of its (first) argument.
  static var kinks: [Double] { get }
  /// Which of its operands have such a kink where they meet: (0, 1) for max(a, b).
  static var meetings: [(Int, Int)] { get }
  /// Where it jumps again and again: at whole numbers plus this, of its argument, of two operands of their quotient.
  static var periodicJumps: Double? { get }
  /// Whether its value is one rounded operation of the language; that of others is composed of these.
  static var isPrimitive: Bool { get }
}

/// The arguments for which an operation is defined, lower and upper end included.
public struct Domain: Hashable, Sendable {
  /// The least argument.
  public let lower: Double
  /// The greatest argument.
  public let upper: Double
  /// From `lower` to `upper`, both included: `Domain(-1, 1)` is that of asin.
  public init(_ lower: Double, _ upper: Double) { (self.lower, self.upper) = (lower, upper) }

  /// Every number, the domain of a rule that does not say otherwise.
  public static let reals = Domain(-.infinity, .infinity)
  /// Above 0, as of log.
  public static let positive = Domain(.leastNonzeroMagnitude, .infinity)
}

extension Rule {
  public static var name: String { "\(Self.self)".lowercased() }
  public static var code: UInt16 { RuleRegistry.code(of: Self.self) }
  public static var domain: Domain { .reals }
  public static var kinks: [Double] { [] }
  public static var isWrittenOut: Bool { false }
  public static var meetings: [(Int, Int)] { [] }
  public static var periodicJumps: Double? { nil }
  public static var isPrimitive: Bool { false }
}

/// A rule whose value is one rounded operation of the language.
@usableFromInline
package protocol PrimitiveRule: Rule {}

extension PrimitiveRule {
  @inlinable package static var isPrimitive: Bool { true }
}

/// A rule of scalars, which also runs over the elements of tensors. What is required here has defaults.
public protocol ElementwiseRule: Rule {
  /// How many operands it takes.
  static var arity: Int { get }
  /// Its value, for who knows the operation only at run time.
  static func value<A: Algebra>(of operands: [A]) -> A
  /// ∂y/∂operand for each operand.
  static func locals<A: Algebra>(of operands: [A], result: A) -> [A]
  /// Its value for the elements of tensors.
  static func value(strips x: Strips) -> Strip
  /// ∂y/∂operand for each operand, for the elements of tensors.
  static func locals(strips x: Strips, _ y: Strip) -> Strips
}

/// y = f(x).
public protocol UnaryRule: ElementwiseRule {
  /// The value, written for any algebra.
  static func value<A: Algebra>(_ x: A) -> A
  /// ∂y/∂x, in terms of x and y, whichever is cheaper or more accurate.
  static func local<A: Algebra>(_ x: A, _ y: A) -> A
}

extension UnaryRule {
  public static var arity: Int { 1 }
  public static func value<A: Algebra>(of operands: [A]) -> A { .apply(Self.self, operands[0]) }
  public static func locals<A: Algebra>(of operands: [A], result: A) -> [A] { [local(operands[0], result)] }
}

/// y = f(a, b).
public protocol BinaryRule: ElementwiseRule {
  /// The value, written for any algebra.
  static func value<A: Algebra>(_ a: A, _ b: A) -> A
  /// ∂y/∂a and ∂y/∂b.
  static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A)
}

extension BinaryRule {
  public static var arity: Int { 2 }
  public static func value<A: Algebra>(of operands: [A]) -> A {
    .apply(Self.self, operands[0], operands[1])
  }
  public static func locals<A: Algebra>(of operands: [A], result: A) -> [A] {
    let (da, db) = locals(operands[0], operands[1], result)
    return [da, db]
  }
}

/// y = f(a, b, c).
public protocol TernaryRule: ElementwiseRule {
  /// The value, written for any algebra.
  static func value<A: Algebra>(_ a: A, _ b: A, _ c: A) -> A
  /// ∂y/∂a, ∂y/∂b and ∂y/∂c.
  static func locals<A: Algebra>(_ a: A, _ b: A, _ c: A, _ y: A) -> (A, A, A)
}

extension TernaryRule {
  public static var arity: Int { 3 }
  public static func value<A: Algebra>(of operands: [A]) -> A {
    .apply(Self.self, operands[0], operands[1], operands[2])
  }
  public static func locals<A: Algebra>(of operands: [A], result: A) -> [A] {
    let (da, db, dc) = locals(operands[0], operands[1], operands[2], result)
    return [da, db, dc]
  }
}
