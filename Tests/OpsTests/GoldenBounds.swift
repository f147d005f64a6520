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
  /// The rules that are not within 4 ulp everywhere. Most trade the last digits of a gradient that is next to
  /// nothing for a formula without a further transcendental function.
  static let all: [Operation: [GoldenBound]] = [
    .divide: [
      GoldenBound(1...2, "a subnormal y has few digits, and is divided by b again") {
        $0.smallest / ($0.x[1] * $0.x[1]).magnitude
      }
    ],
    .power: [
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
    .atan: [
      GoldenBound(1...1, "1 + x² overflows where the gradient is subnormal") { $0.normal },
      GoldenBound(2...2, "1/(1 + x²)² underflows where 2x times it does not yet") {
        2 * Double.pow($0.normal, 0.75)
      },
    ],
    .asinh: [
      GoldenBound(1...1, "x² + 1 overflows, to a gradient of 0 instead of 1/x < 1e-154") {
        Double.sqrt($0.normal)
      },
      GoldenBound(2...2, "1/√(x² + 1)³ underflows where x times it does not yet") {
        2 * Double.pow($0.normal, 2 / 3.0)
      },
    ],
    .asin: [
      GoldenBound(2...2, "(1 + x) − (1 − x) rounds next to x = 0", nextToZero),
      GoldenBound(2...2, "seven rounded operations in a row: 6 ulp", twoMore),
    ],
    .acos: [
      GoldenBound(2...2, "(1 + x) − (1 − x) rounds next to x = 0", nextToZero),
      GoldenBound(2...2, "seven rounded operations in a row: 6 ulp", twoMore),
    ],
    .atanh: [GoldenBound(2...2, "(1 + x) − (1 − x) rounds next to x = 0", nextToZero)],
    .tanh: [
      GoldenBound(1...2, "1 − y² where y, next to ±1, is known to an ulp of 1 only") { 2 * $0.unit }
    ],
    .erf: [
      GoldenBound(1...2, "x² rounds, which exp amplifies by x²", squareInExponent),
      GoldenBound(2...2, "a subnormal exp(−x²) has few digits, and is multiplied by 2x") {
        2 * $0.smallest * $0.x[0].magnitude
      },
    ],
    .sigmoid: [
      GoldenBound(1...2, "1 − y where y, next to 1, is known to half an ulp of 1 only") { $0.unit }
    ],
    .softplus: [
      GoldenBound(2...2, "1 − σ where σ, next to 1, is known to half an ulp of 1 only") { $0.unit }
    ],
    .silu: [
      GoldenBound(0...2, "a subnormal σ(x) has few digits, and is multiplied by x") {
        2 * $0.smallest * $0.x[0].magnitude
      },
      GoldenBound(1...2, "terms cancel where the derivative is 0; 1 − σ as in sigmoid, times x until it is 0") {
        $0.unit * (1 + Swift.min($0.x[0].magnitude, 40))
      },
    ],
    .gelu: [
      GoldenBound(0...1, "1 + erf(x/√2) cancels for x < 0: half an ulp of 1, in the value times x") {
        $0.unit * Swift.max(1, $0.x[0].magnitude)
      },
      GoldenBound(1...2, "x² rounds, which exp amplifies by x²", squareInExponent),
      GoldenBound(2...2, "(2 − x²)·φ(x) cancels at ±√2; a subnormal φ(x) has few digits") {
        $0.unit + $0.smallest * $0.x[0] * $0.x[0]
      },
    ],
  ]

  private static let nextToZero: @Sendable (Place) -> Double = { $0.x[0].magnitude < 0.5 ? 2 * $0.unit : 0 }
  private static let twoMore: @Sendable (Place) -> Double = { 2 * $0.unit * $0.truth }
  private static let squareInExponent: @Sendable (Place) -> Double = {
    $0.x[0] * $0.x[0] * $0.unit * $0.truth
  }
}
