/// A number modulo each of four primes p₀ > p₁ > p₂ > p₃, of which each divides the one before less 1.
///
/// So there is an exponential function: b₀ˣ modulo p₀ depends on x modulo p₁ only, where b₀ has the order p₁. It makes
/// products of sums, as it must, whatever is known of x (Gonnet 1984). What is in an exponent is needed modulo p₁, what
/// is in an exponent of an exponent modulo p₂. A residue that is not known is `missing`, which spreads.
struct Tower: Equatable, Sendable {
  private(set) var residues: SIMD4<UInt64>

  static let height = 4
  /// −1, 2 and 3 are squares modulo each.
  static let primes = SIMD4<UInt64>(
    3_391_015_488_538_475_881, 9_419_487_468_162_433, 24_529_915_281_673, 340_693_267_801)
  private static let missing = UInt64.max

  private init(_ residues: SIMD4<UInt64>) { self.residues = residues }
  private init(_ residue: (Int) -> UInt64) {
    self.init(SIMD4((0..<Self.height).map(residue)))
  }

  /// Each residue by itself.
  static func random(_ next: () -> UInt64) -> Tower { Tower { next() % primes[$0] } }

  init(whole value: Int) {
    self.init { place in
      let prime = Self.primes[place]
      let rest = UInt64(value.magnitude) % prime
      return value < 0 && rest > 0 ? prime - rest : rest
    }
  }

  /// The decimal that was written, as a fraction; nil if it has too many digits.
  init?(_ value: Double) {
    guard let decimal = Decimal(value), decimal.exponent.magnitude <= 400 else { return nil }
    let (digits, power) = (
      Tower(whole: Int(decimal.digits)), Tower(whole: 10).raised(to: UInt(decimal.exponent.magnitude))
    )
    self = decimal.exponent < 0 ? digits / power : digits * power
  }

  static let unknown = Tower(SIMD4(repeating: missing))
  /// Whether it is known modulo the largest prime, which decides.
  var exists: Bool { residues[0] != Self.missing }
  var isZero: Bool { residues[0] == 0 }
  /// The residue modulo the largest prime, by which values are told apart.
  var key: UInt64 { residues[0] }

  /// With what is missing taken from another.
  func completed(by other: Tower) -> Tower {
    Tower(residues.replacing(with: other.residues, where: residues .== Self.missing))
  }
}

// MARK: - Arithmetic

extension Tower {
  static func + (a: Tower, b: Tower) -> Tower {
    combine(a, b) { a, b, prime in
      let sum = a + b
      return sum >= prime ? sum - prime : sum
    }
  }

  static prefix func - (a: Tower) -> Tower { a.map { $0 == 0 ? 0 : $1 - $0 } }
  static func - (a: Tower, b: Tower) -> Tower { a + -b }
  static func * (a: Tower, b: Tower) -> Tower { combine(a, b, product) }

  /// Missing where b is 0.
  static func / (a: Tower, b: Tower) -> Tower {
    a * b.map { $0 == 0 ? missing : power($0, $1 - 2, $1) }
  }

  func raised(to exponent: UInt) -> Tower { map { Self.power($0, UInt64(exponent), $1) } }

  private func map(_ transform: (UInt64, UInt64) -> UInt64) -> Tower {
    Tower { residues[$0] == Self.missing ? Self.missing : transform(residues[$0], Self.primes[$0]) }
  }

  private static func combine(_ a: Tower, _ b: Tower, _ operation: (UInt64, UInt64, UInt64) -> UInt64) -> Tower {
    Tower { place in
      let (x, y) = (a.residues[place], b.residues[place])
      return x == missing || y == missing ? missing : operation(x, y, primes[place])
    }
  }

  private static func product(_ a: UInt64, _ b: UInt64, _ prime: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return prime.dividingFullWidth((product.high, product.low)).remainder
  }

  private static func power(_ base: UInt64, _ exponent: UInt64, _ prime: UInt64) -> UInt64 {
    bySquaring(base, exponent, one: 1) { product($0, $1, prime) }
  }
}

// MARK: - Exponentials and roots

extension Tower {
  /// A square root of −1.
  static let imaginaryUnit = Tower { place in
    let prime = primes[place]
    return power(nonresidue(prime), (prime - 1) / 4, prime)
  }

  /// The bases of the exponential, each of the order of the next prime.
  private static let bases: [UInt64] = (0..<height - 1).map { place in
    let prime = primes[place]
    return power(nonresidue(prime), (prime - 1) / primes[place + 1], prime)
  }

  /// It makes products of sums. Missing modulo the last prime.
  static func exp(_ x: Tower) -> Tower {
    Tower { place in
      guard place < height - 1, x.residues[place + 1] != missing else { return missing }
      return power(bases[place], x.residues[place + 1], primes[place])
    }
  }

  /// A number that depends on another and on a function, and on nothing else.
  static func scrambled(_ x: Tower, by function: UInt64) -> Tower {
    guard x.exists else { return unknown }
    var bits = SplitMix64(state: x.key ^ (function &* 0x9e37_79b9_7f4a_7c15))
    return random { bits.next() }
  }

  /// One of the two square roots, at random but always the same; missing where there is none.
  var squareRoot: Tower {
    map { x, prime in
      guard x != 0, let root = Self.squareRoot(x, prime) else { return x == 0 ? 0 : Self.missing }
      return (x &* 0x9e37_79b9_7f4a_7c15) >> 63 == 0 ? root : prime - root
    }
  }

  private static func nonresidue(_ prime: UInt64) -> UInt64 {
    var candidate: UInt64 = 2
    while power(candidate, (prime - 1) / 2, prime) == 1 { candidate += 1 }
    return candidate
  }

  /// Tonelli 1891, Shanks 1973.
  private static func squareRoot(_ x: UInt64, _ prime: UInt64) -> UInt64? {
    guard power(x, (prime - 1) / 2, prime) == 1 else { return nil }
    let twos = (prime - 1).trailingZeroBitCount
    let odd = (prime - 1) >> twos
    var root = power(x, (odd + 1) / 2, prime)
    var rest = power(x, odd, prime)
    var unit = power(nonresidue(prime), odd, prime)
    var order = twos
    while rest != 1 {
      var (steps, square) = (0, rest)
      while square != 1 {
        square = product(square, square, prime)
        steps += 1
      }
      let factor = power(unit, 1 << UInt64(order - steps - 1), prime)
      root = product(root, factor, prime)
      unit = product(factor, factor, prime)
      rest = product(rest, unit, prime)
      order = steps
    }
    return root
  }
}
