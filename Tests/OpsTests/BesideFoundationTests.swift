import Foundation
import Ops
import Testing

/// Functions that Foundation and Ops both have are found by their arguments. What types there are besides is seen only from
/// outside of the package: see `Tests/Scripts/beside-foundation.swift`.
@Suite struct BesideFoundationTests {
  @Test func functionsAsValues() {
    let xs = [1.0, 4, 9]
    #expect(xs.map(sqrt) == [1, 2, 3] && xs.map(floor) == xs && xs.map(ceil) == xs && xs.map(round) == xs)
    #expect([0.0].map(sin) == [0] && [0.0].map(exp) == [1] && [1.0].map(log) == [0] && [0.0].map(tanh) == [0])
    #expect([0.0].map(cos) == [1] && [0.0].map(erf) == [0] && [8.0].map(cbrt) == [2] && [2.0].map(log2) == [1])
    #expect([Float(4)].map(sqrt) == [2] && [Float(0)].map(exp) == [1])
    #expect(zip([3.0], [4.0]).map(hypot) == [5] && zip([2.0], [3.0]).map(pow) == [8])
    #expect(zip([0.0], [1.0]).map(atan2) == [0])
  }

  @Test func numbersOfAllTypes() {
    let x = 2.25, f: Float = 2.25, n = -3
    #expect(sqrt(x) == 1.5 && sqrt(f) == 1.5 && abs(n) == 3 && abs(-x) == x && max(1, 2) == 2 && min(x, 1) == 1)
    #expect(pow(x, 2) == 5.0625 && floor(f) == 2 && round(x) == 2 && exp(0 * x) == 1 && max(x, 1, 3) == 3)
    let y = gradient(at: x) { x in sqrt(x) + pow(x, 2) + abs(x) + exp(x) + atan2(x, 1) }
    #expect(y > 0)
  }
}
