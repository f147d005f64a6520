/// By which operations a number was computed, from which inputs, as a hash: numbers of one origin are equal, whatever
/// they were rounded to, and stay equal wherever the inputs move to nearby.
///
/// A choice has the origin of what was chosen: `max(x, y)` has that of x where x is larger, and `relu(x)` that of the
/// number 0 where x is negative. So a number tells whether it depends on the inputs at all, there.
struct Origin {
  private let bits: UInt64

  /// Whether it changes with the inputs.
  var varies: Bool { bits & 1 != 0 }
  /// Whether an outcome that it depends on may be another one nearby: two numbers met, or one is at the end of a domain.
  var isNear: Bool { bits & 2 != 0 }
  private var hash: UInt64 { bits & ~2 }

  private init(hash: UInt64, varies: Bool, isNear: Bool) {
    bits = hash & ~3 | (varies ? 1 : 0) | (isNear ? 2 : 0)
  }

  static func constant(_ value: Double) -> Origin {
    Origin(hash: mixed(value == 0 ? 0 : value.bitPattern, 1), varies: false, isNear: false)
  }

  static let zero = constant(0)
  static let one = constant(1)

  /// An element of an input that may take other values.
  static func input(_ number: Int) -> Origin {
    Origin(hash: mixed(UInt64(number), 2), varies: true, isNear: false)
  }

  /// An element of a statement that takes the place of an input.
  static func statement(_ number: Int) -> Origin {
    Origin(hash: mixed(UInt64(number), 4), varies: true, isNear: false)
  }

  /// The result of an operation.
  static func result(_ code: UInt16, _ a: Origin, _ b: Origin? = nil, isNear: Bool = false) -> Origin {
    let hash = mixed(mixed(UInt64(code), a.hash), b?.hash ?? 3)
    let varies = a.varies || b?.varies ?? false
    return Origin(hash: hash, varies: varies, isNear: isNear || a.isNear || b?.isNear ?? false)
  }

  /// Of the number with the other sign; twice it is that of the number itself.
  var negated: Origin { Origin(hash: bits ^ 0x5851_f42d_4c95_7f2c, varies: varies, isNear: isNear) }

  /// The same number, chosen by an outcome that may be another one nearby.
  func near(_ isNear: Bool) -> Origin {
    isNear ? Origin(hash: bits, varies: varies, isNear: true) : self
  }

  /// Whether two numbers are the same computation.
  func isSame(as other: Origin) -> Bool { hash == other.hash }

  /// Two words to one, each bit of which depends on all of theirs.
  private static func mixed(_ a: UInt64, _ b: UInt64) -> UInt64 {
    var word = (a ^ b &* 0x9e37_79b9_7f4a_7c15) &+ 0xbf58_476d_1ce4_e5b9
    word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
    return word ^ word >> 31
  }
}
