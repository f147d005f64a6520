/// The angle of the point (x, y), from −π to π; 0 at the origin. It jumps where y = 0 left of the origin, and its local
/// gradients at the origin are 0.
@usableFromInline
package enum Atan2: BinaryRule {
  @inlinable package static var code: UInt16 { 94 }
  @inlinable package static var kinks: [Double] { [0] }
  @inlinable
  package static func value<A: Algebra>(_ y: A, _ x: A) -> A {
    let right: A = 2 * A.atan(1)  // π/2 in every arithmetic
    let side: A = .select(.less(y, 0), -right, right)
    let turn: A = .select(.less(x, 0), side + side, 0)
    let flat: A = turn + .atan(y / .select(.equal(x, 0), 1, x))
    return .select(.less(.abs(x), .abs(y)), side - .atan(x / y), flat)
  }
  @inlinable
  package static func locals<A: Algebra>(_ y: A, _ x: A, _ angle: A) -> (A, A) {
    let (size, isOrigin) = (A.hypot(y, x), A.equal(x, 0) * A.equal(y, 0))
    // Divided twice: the square of the distance would leave the range.
    let byY: A = .written(x / (x * x + y * y), computed: x / size / size)
    let byX: A = .written(-y / (x * x + y * y), computed: -(y / size / size))
    return (.select(isOrigin, 0, byY), .select(isOrigin, 0, byX))
  }
}

/// The angle of the point (x, y), from −π to π.
///
/// ```swift
/// atan2(1.0, -1.0)  // 2.356194490192345
/// ```
@inlinable @inline(__always) public func atan2<A: Algebra>(_ y: A, _ x: A) -> A { A.apply(Atan2.self, y, x) }
