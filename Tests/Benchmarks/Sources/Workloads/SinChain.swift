import Train

/// sin(sin(… sin(x))): one dependent chain, as deep as it is long.
struct SinChain: ScalarWorkload {
  static let name = "Sin chain"
  static let unit = "steps"
  static let usualSize = 1_000_000

  let size: Int
  var operations: Int { size }
  var inputs: [Double] { [0.3] }

  func value<A: Algebra>(_ x: [A]) -> A where A.FloatLiteralType == Double {
    var z = x[0]
    for _ in 0..<size { z = sin(z) }
    return z
  }
}
