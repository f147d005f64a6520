/// The number type of a tape: `Float` or `Double`.
///
/// A tape holds values, local gradients and upstream gradients of one such type.
public protocol Real: BinaryFloatingPoint, LosslessStringConvertible, SIMDScalar, Sendable, Codable
where RawExponent == UInt {}

extension Float: Real {}
extension Double: Real {}
