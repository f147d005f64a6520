import Train

/// Σ 100·(x[i+1] − x[i]²)² + (1 − x[i])²: cheap operations, many inputs, a wide tape.
struct Rosenbrock: ScalarWorkload {
  static let name = "Rosenbrock"
  static let unit = "variables"
  static let usualSize = 100_000

  let size: Int
  var operations: Int { 8 * (size - 1) }
  var inputs: [Double] { (0..<size).map { -1.2 + Double($0 % 3) } }

  func value<A: Algebra>(_ x: [A]) -> A where A.FloatLiteralType == Double {
    var sum: A = 0
    for i in 0..<size - 1 {
      let a = x[i + 1] - x[i] * x[i]
      let b = 1 - x[i]
      sum += 100 * (a * a) + b * b
    }
    return sum
  }
}
