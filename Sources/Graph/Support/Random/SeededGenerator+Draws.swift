extension SeededGenerator {
  /// A multiple of 2⁻⁵³ from 0 to below 1, each with the same probability.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number from the range, without its upper bound.
  ///
  /// - Precondition: the range is not empty, and its bounds are finite.
  public mutating func uniform(in range: Range<Double>) -> Double {
    let (low, high) = (range.lowerBound, range.upperBound)
    precondition(low < high && low.isFinite && high.isFinite, "SeededGenerator: no number lies in \(range)")
    let width = high - low
    while true {
      let share = uniform()
      let number = width.isFinite ? low + width * share : low * (1 - share) + high * share
      // Rounding may reach the upper bound of a narrow range.
      if number < high { return number }
    }
  }

  /// A whole number from 0 to below `bound`, without bias (Lemire, 2019).
  ///
  /// - Precondition: `bound` is positive.
  public mutating func index(below bound: Int) -> Int {
    precondition(bound > 0, "SeededGenerator: no index lies below \(bound)")
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let unfair = (0 &- bound) % bound
      while product.low < unfair { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// A normally distributed number of mean 0 and standard deviation 1.
  ///
  /// Marsaglia's polar method: for a uniform point (u, v) in the unit disc with s = u² + v², the number is
  /// u·√(−2·ln(s)/s). Its twin v·√(−2·ln(s)/s) is not kept for the next call, so that the state stays complete.
  public mutating func normal() -> Double {
    while true {
      let (u, v) = (2 * uniform() - 1, 2 * uniform() - 1)
      let s = u * u + v * v
      if s > 0 && s < 1 { return u * (-2 * portableLog(s) / s).squareRoot() }
    }
  }

  /// Puts the elements into random order, each order with the same probability (Fisher and Yates).
  ///
  /// - Complexity: linear.
  @specialized(where Element == Int)
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, index(below: last + 1))
    }
  }

  /// The numbers from 0 to below `count` in random order.
  public mutating func permutation(of count: Int) -> [Int] {
    var indices = Array(0..<count)
    shuffle(&indices)
    return indices
  }
}

/// The natural logarithm of a positive number within 2 ulp, from arithmetic alone: the C libraries of two
/// platforms may differ in the last bit of theirs.
///
/// x = 2ᵏ·m with m from √½ to √2, z = (m − 1)/(m + 1), ln x = k·ln 2 + 2·(z + z³/3 + z⁵/5 + …). As |z| < 0.172,
/// the term of z²³ is below 2⁻⁶⁰ of the sum.
func portableLog(_ x: Double) -> Double {
  var (exponent, mantissa) = (Double(x.exponent), x.significand)
  if mantissa > 1.4142135623730951 { (exponent, mantissa) = (exponent + 1, mantissa / 2) }
  let z = (mantissa - 1) / (mantissa + 1)
  let square = z * z
  let far = 1 / 17.0 + square * (1 / 19.0 + square / 21)
  let middle = 1 / 11.0 + square * (1 / 13.0 + square * (1 / 15.0 + square * far))
  let near = 1 / 5.0 + square * (1 / 7.0 + square * (1 / 9.0 + square * middle))
  let tail = square * (1 / 3.0 + square * near)
  return exponent * 0.6931471805599453 + 2 * (z + z * tail)
}
