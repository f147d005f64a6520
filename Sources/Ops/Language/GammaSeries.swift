/// log Γ and its derivatives to as many digits as numbers of a kind have: to the right by the recurrence, up to where the
/// asymptotic series has all of them, and left of 0 by reflection (Abramowitz and Stegun, chapter 6).
struct GammaSeries<T: Algebra> {
  let digits: Double
  let pi: T

  /// From here on the series has all digits, with so many terms.
  private var start: Double { 1.2 * digits }
  private var terms: Int { Int(0.36 * digits) + 1 }

  /// ψ⁽ⁿ⁾(x), the derivative of order n + 1 of log Γ; no number for n < 0 and at −1, −2, …
  /// - Parameter near: x as a double.
  func polygamma(_ n: Int, _ x: T, near: Double) -> T {
    guard n >= 0, !near.isNaN, near >= 0 || near != near.rounded() else { return number(.nan) }
    if near.magnitude < 1e-170 {
      let pole = factorial(n) / power(x, n + 1)
      return n % 2 == 0 ? -pole : pole
    }
    if near < 0 { return reflected(n, x, near) }
    let steps = max(0, Int((start + Double(n) - min(near, 1e9)).rounded(.up)))
    let passed = (0..<steps).reversed().reduce(number(0)) { $0 + 1 / power(x + number(Double($1)), n + 1) }
    let end = x + number(Double(steps))
    if n == 0 { return .log(end) - number(1) / (2 * end) - series(0, end) - passed }
    let leading = factorial(n - 1) * power(1 / end, n) * (1 + number(Double(n)) / (2 * end))
    let magnitude = leading + series(n, end) + factorial(n) * passed
    return n % 2 == 0 ? -magnitude : magnitude
  }

  /// log |Γ(x)|
  func logGamma(_ x: T, near: Double) -> T {
    if near < 0.5 {
      let sine = T.sin(pi * (x - number(near.rounded(.down))))
      return .log(pi) - .log(.abs(sine)) - logGamma(1 - x, near: 1 - near)
    }
    var (end, place) = (x, near)
    var (passed, product, size) = (number(0), number(1), 1.0)
    while place < start {
      (product, size) = (product * end, size * place)
      // Before the product leaves the range.
      if size > 1e200 { (passed, product, size) = (passed + .log(product), 1, 1) }
      (end, place) = (end + 1, place + 1)
    }
    var (sum, square, term) = (number(0), end * end, 1 / end)
    for (j, bernoulli) in zip(1..., bernoulli) {
      sum = sum + bernoulli * term / number(Double(2 * j * (2 * j - 1)))
      term = term / square
    }
    return (end - 0.5) * .log(end) - end + 0.5 * .log(2 * pi) + sum - passed - .log(product)
  }

  /// (−1)ⁿψ⁽ⁿ⁾(1 − x) − dⁿ/dxⁿ π·cot(πx), which is πⁿ⁺¹ times a polynomial in c = cot(πx): each derivative turns p(c)
  /// into −(1 + c²)·p′(c).
  private func reflected(_ n: Int, _ x: T, _ near: Double) -> T {
    var polynomial = [number(0), number(1)]
    for _ in 0..<n {
      let slope = polynomial.indices.dropFirst().map { number(Double($0)) * polynomial[$0] }
      polynomial = (0..<slope.count + 2).map { place in
        let (same, lower) = (place < slope.count ? slope[place] : 0, place >= 2 ? slope[place - 2] : 0)
        return -(same + lower)
      }
    }
    let part = x - number(near.rounded())
    // cot α = tan(π/2 − α), which is exact where it is 0.
    let isNearHalf = (near - near.rounded()).magnitude > 0.25
    let rest = near > near.rounded() ? 0.5 - part : -(0.5 + part)
    let cotangent = isNearHalf ? T.sin(pi * rest) / .cos(pi * rest) : T.cos(pi * part) / .sin(pi * part)
    let slope = polynomial.reversed().reduce(number(0)) { $0 * cotangent + $1 } * power(pi, n + 1)
    let mirrored = polygamma(n, 1 - x, near: 1 - near)
    return (n % 2 == 0 ? mirrored : -mirrored) - slope
  }

  /// Σ B₂ⱼ·(2j + n − 1)!/((2j)!·x²ʲ⁺ⁿ)
  private func series(_ n: Int, _ x: T) -> T {
    let inverse = 1 / x
    let square = inverse * inverse
    var (sum, factor) = (number(0), factorial(n + 1) / 2 * power(inverse, n + 2))
    for (j, bernoulli) in zip(1..., bernoulli) {
      sum = sum + bernoulli * factor
      let ratio = number(Double((2 * j + n) * (2 * j + n + 1))) / number(Double((2 * j + 1) * (2 * j + 2)))
      factor = factor * (ratio * square)
    }
    return sum
  }

  /// B₂, B₄, … from the tangent numbers, which are sums of positive ones (Brent and Harvey 2011).
  private var bernoulli: [T] {
    var tangents = (1..<terms).reduce(into: [number(1)]) { $0.append($0[$1 - 1] * number(Double($1))) }
    for k in 1..<terms {
      for j in k..<terms {
        tangents[j] = number(Double(j - k)) * tangents[j - 1] + number(Double(j - k + 2)) * tangents[j]
      }
    }
    var (power, sign) = (number(1), number(1))
    return zip(1..., tangents).map { j, tangent in
      (power, sign) = (4 * power, -sign)
      return -sign * number(Double(2 * j)) * tangent / (power * (power - 1))
    }
  }

  private func number(_ value: Double) -> T { .number(value) }
  private func factorial(_ n: Int) -> T { (0..<n).reduce(number(1)) { $0 * number(Double($1 + 1)) } }
  private func power(_ x: T, _ n: Int) -> T { (0..<n).reduce(number(1)) { power, _ in power * x } }
}
