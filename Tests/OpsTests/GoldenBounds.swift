import Ops

/// What a rule may be off by beyond 4 ulp, with the reason: at most `allowed`, as an absolute error.
struct GoldenBound: Sendable {
  /// 0 the value, 1 first derivatives, 2 second derivatives.
  let orders: ClosedRange<Int>
  let why: String
  let allowed: @Sendable (Place) -> Double

  /// Where an error is judged, and the number format.
  struct Place {
    let x: [Double]
    /// The magnitude of the true number.
    let truth: Double
    /// The distance from 1 to the next number.
    let unit: Double
    /// The smallest normal number.
    let normal: Double
    /// The smallest number above 0.
    var smallest: Double { normal * unit }
  }

  init(_ orders: ClosedRange<Int>, _ why: String, _ allowed: @escaping @Sendable (Place) -> Double) {
    (self.orders, self.why, self.allowed) = (orders, why, allowed)
  }
}

extension GoldenBound {
  /// The rules that are not within 4 ulp everywhere: with their value, first and second derivatives, as numbers and as
  /// elements of tensors.
  static let all: [String: [GoldenBound]] = [
    "divide": [
      GoldenBound(1...2, "a subnormal y has few digits, and is divided by b again") {
        $0.smallest / ($0.x[1] * $0.x[1]).magnitude
      }
    ],
    "power": [
      GoldenBound(1...2, "p − 1 and p − 2 round, which x^ amplifies by log x; 1 + p·log x may cancel") {
        let (x, p) = ($0.x[0], $0.x[1])
        let log = Double.log(x.magnitude).magnitude
        return 2 * $0.unit * Double.pow(x.magnitude, p - 1) * (1 + p.magnitude) * (1 + log) * (1 + log)
      },
      GoldenBound(1...2, "a subnormal power has few digits, and is multiplied by p², log² x or x") {
        let log = Double.log($0.x[0].magnitude)
        return $0.smallest * (1 + $0.x[1] * $0.x[1] + log * log)
      },
    ],
    "asin": [GoldenBound(2...2, "seven rounded operations in a row: 6 ulp", twoMore)],
    "acos": [GoldenBound(2...2, "seven rounded operations in a row: 6 ulp", twoMore)],
    "erf": [
      GoldenBound(1...2, "x² rounds, which exp amplifies by x²", squareInExponent),
      GoldenBound(2...2, "a subnormal exp(−x²) has few digits, and is multiplied by 2x") {
        2 * $0.smallest * $0.x[0].magnitude
      },
    ],
    "erfc": [
      GoldenBound(1...2, "x² rounds, which exp amplifies by x²", squareInExponent),
      GoldenBound(2...2, "a subnormal exp(−x²) has few digits, and is multiplied by 2x") {
        2 * $0.smallest * $0.x[0].magnitude
      },
    ],
    "hypot": [
      GoldenBound(2...2, "1/y and −a²/y³ cancel where b is small beside a") {
        2 * $0.unit / Double.hypot($0.x[0], $0.x[1])
      },
      GoldenBound(1...2, "y has no digits where it overflows or is subnormal") {
        let y = Double.hypot($0.x[0], $0.x[1])
        return y.isInfinite || y < $0.normal ? 1 / Swift.min(y, 1) : 0
      },
    ],
    "lgamma": [GoldenBound(1...2, "ψ, as in digamma") { gammaTerms(0, $0.x[0], $0.unit) }],
    "digamma": [
      GoldenBound(0...2, "series, recurrence and reflection cancel where ψ is 0") { gammaTerms(0, $0.x[0], $0.unit) },
      GoldenBound(1...2, "the same of ψ′ and ψ″, left of 0") { $0.x[0] < 0 ? gammaTerms(2, $0.x[0], $0.unit) : 0 },
    ],
    "polygamma": [
      GoldenBound(0...2, "series, recurrence and reflection cancel where ψ is 0 and left of 0") {
        $0.x[0] == 0 || $0.x[1] < 0 ? gammaTerms($0.x[0] + 2, $0.x[1], $0.unit) : 4 * $0.unit * $0.truth
      }
    ],
    "sinc": [
      GoldenBound(1...1, "cos(πx) and y cancel where the derivative is 0") {
        $0.x[0].magnitude < 0.4 ? 0 : 2 * $0.unit / $0.x[0].magnitude
      },
      GoldenBound(2...2, "the terms of the derivative cancel") { 20 * $0.unit / Swift.max($0.x[0].magnitude, 0.5) },
    ],
    "cbrt": [GoldenBound(2...2, "six rounded operations behind a root of 1 ulp: 8 ulp") { 4 * $0.unit * $0.truth }],
    "atan2": [
      GoldenBound(1...1, "the distance overflows next to the largest numbers, to gradients of 0") { $0.normal },
      GoldenBound(2...2, "y² − x² cancels where both are alike") {
        8 * $0.unit / ($0.x[0] * $0.x[0] + $0.x[1] * $0.x[1])
      },
    ],
    "silu": [
      GoldenBound(0...2, "a subnormal σ(x) has few digits, and is multiplied by x") {
        2 * $0.smallest * $0.x[0].magnitude
      },
      GoldenBound(1...2, "σ(x) and x·σ(x)·σ(−x) cancel where the derivative is 0") {
        let x = $0.x[0].magnitude
        return 2 * $0.unit * x * Double.exp(-x)
      },
    ],
    "gelu": [
      GoldenBound(0...2, "x/√2 and x² round, which erfc and exp amplify by x²", squareInExponent),
      GoldenBound(0...0, "a subnormal Φ(x) has few digits, and is multiplied by x") {
        $0.smallest * $0.x[0].magnitude
      },
      GoldenBound(1...2, "Φ(x), x·φ(x) and x²·φ(x) cancel where the derivative is 0") {
        let square = $0.x[0] * $0.x[0]
        return 2 * $0.unit * (1 + square) * (1 + square) * Double.exp(-square / 2) + $0.smallest * (1 + square)
      },
    ],
  ]

  private static let twoMore: @Sendable (Place) -> Double = { 2 * $0.unit * $0.truth }
  /// The size of the terms of ψ⁽ⁿ⁾: 4·n!/d^(n+1), where d is the distance to the next pole, at most ½.
  private static func gammaTerms(_ n: Double, _ x: Double, _ unit: Double) -> Double {
    let distance = x < 0 ? (x - x.rounded()).magnitude : 0.5
    return 4 * unit * Double.exp(Double.lgamma(n + 1)) / Double.pow(Swift.max(distance, 1e-5), n + 1)
  }
  private static let squareInExponent: @Sendable (Place) -> Double = {
    $0.x[0] * $0.x[0] * $0.unit * $0.truth
  }
}
