/// The cube root, also of negative numbers; its slope at 0 is infinite.
@usableFromInline
package enum Cbrt: UnaryRule {
  @inlinable package static var code: UInt16 { 93 }
  @inlinable package static var kinks: [Double] { [0] }
  @inlinable
  package static func value<A: Algebra>(_ x: A) -> A {
    let size = A.abs(x)
    let root = A.exp(.log(size) / 3)
    // One step of Newton's method: far from 1 the exponential has amplified the rounding of the logarithm.
    let closer = root - (root - size / (root * root)) / 3
    return .apply(Sgn.self, x) * .select(.equal(closer, closer), closer, root)
  }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 1 / (3 * (y * y)) }
}

/// ∛x.
///
/// ```swift
/// cbrt(-8.0)                     // -2.0
/// gradient(at: 8.0) { cbrt($0) } // 0.08333333333333333
/// ```
@inlinable @inline(__always) public func cbrt<A: Algebra>(_ x: A) -> A { A.apply(Cbrt.self, x) }
