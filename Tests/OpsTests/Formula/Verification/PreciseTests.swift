import Foundation
import Testing

@testable import Ops

/// The elementary functions to 31 and to 150 digits against mpmath: see Goldens/precise.py.
@Suite("Verification: precise numbers")
struct PreciseTests {
  private static let goldens: [[String]] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Goldens/precise.txt")
    return try! String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: "|").map(String.init)
    }
  }()

  @Test("every function is as precise as it promises")
  func functions() throws {
    for golden in Self.goldens {
      try check(golden, as: DoubleDouble.self)
      try check(golden, as: BigFloat.self)
    }
  }

  private func check<P: Precise>(_ golden: [String], as precision: P.Type) throws {
    let rule = try #require(Language.elementwise[golden[0]])
    let (x, expected): (P, P) = (P(Double(golden[1])!), decimal(golden[2]))
    let error = ((rule.value(of: [x]) - expected) / expected).high.magnitude
    // The functions err as if their argument were rounded, too.
    let slope = (derivative(rule, x) * x / expected).high.magnitude
    #expect(error <= P.unit * (1 + slope), "\(P.self) \(golden[0])(\(golden[1])): \(error)")
    #expect(rule.value(of: [x]).high == expected.high || P.self == BigFloat.self, "\(golden[0])(\(golden[1]))")
  }

  private func derivative<P: Precise>(_ rule: any ElementwiseRule.Type, _ x: P) -> P {
    rule.value(of: [Dual(x, tangent: 1)]).tangent
  }

  /// `-3.14` from its digits.
  private func decimal<P: Precise>(_ text: String) -> P {
    let places = text.split(separator: ".").last?.count ?? 0
    let digits = text.compactMap(\.wholeNumberValue).reduce(P(0)) { $0 * 10 + P(Double($1)) }
    let value = (0..<places).reduce(digits) { value, _ in value / 10 }
    return text.hasPrefix("-") ? -value : value
  }

  /// A rule that is one operation of the language and does not say so would be computed by itself without end.
  @Test("every operation is computed by every algebra of the verifier")
  func operations() {
    let rules = Operations.rules.compactMap { $0 as? any ElementwiseRule.Type } + [Erfc.self, Hypot.self]
    for rule in rules {
      for x in [[0.3, 0.6, 0.9], [1.4, 1, 1.25]] {
        let operands = Array(x.prefix(rule.arity))
        let expected: Double = rule.value(of: operands)
        let bounded: Bounded<DoubleDouble> = rule.value(of: operands.map(Bounded.number))
        let recorded: Recorded<Bounded<DoubleDouble>> = rule.value(of: operands.map(Recorded.number))
        #expect(
          (bounded.value.high - expected).magnitude <= 1e-15 * (1 + expected.magnitude) || expected.isNaN, "\(rule)")
        #expect(recorded.value.value.high == bounded.value.high || expected.isNaN, "\(rule)")
        #expect(bounded.error <= 1e-12 || !expected.isFinite, "\(rule)")
        let residue: Residue = rule.value(of: operands.map(Residue.number))
        #expect(
          residue.exists == (rule.isRational || rule == StopGradient.self || rule == Power.self && x[1] == 1), "\(rule)"
        )
      }
    }
  }

  @Test("sums that cancel keep the bits that did not fit")
  func cancellation() {
    let tiny = BigFloat(1).scaled(by: -600)
    #expect((1 + tiny == 1) && !(1 - tiny < 1))
    let last = BigFloat(1).scaled(by: -512)
    #expect((1 - last) - 1 == -last)
    #expect((BigFloat(1).scaled(by: -511) + 1) - 1 == BigFloat(1).scaled(by: -511))
    #expect((BigFloat(3) / 7 * 7 - 3).high.magnitude < 0x1p-508)
  }

  @Test("ends of the range", arguments: [0, 1, -1, Double.infinity, -.infinity, .nan, 1e307, 1e-300])
  func ends(_ x: Double) {
    for y in [0, 1, -2, Double.infinity, .nan, 1e307, 1e-300] {
      for (precise, double) in [
        (BigFloat(x) + BigFloat(y), x + y), (BigFloat(x) - BigFloat(y), x - y),
        (BigFloat(x) * BigFloat(y), x * y), (BigFloat(x) / BigFloat(y), x / y),
      ] {
        #expect(precise.high == double || precise.high.isNaN && double.isNaN, "\(x), \(y)")
      }
      #expect((BigFloat(x) < BigFloat(y)) == (x < y))
      #expect((BigFloat(x) == BigFloat(y)) == (x == y))
    }
  }
}

extension ElementwiseRule {
  /// Whether whole numbers go through it to fractions.
  fileprivate static var isRational: Bool {
    let rational: [any ElementwiseRule.Type] = [
      Add.self, Subtract.self, Multiply.self, Divide.self, Negate.self, Square.self, Reciprocal.self,
    ]
    return rational.contains { $0 == Self.self }
  }
}

@Suite("Decimals of doubles")
struct DecimalTests {
  @Test("are those that are printed")
  func printed() throws {
    var bits = SplitMix64(state: 5)
    let drawn = (0..<2000).flatMap { _ -> [Double] in
      let unit = Double(bits.next() >> 11) * 0x1p-53
      return [unit, (unit * 4000 - 2000).rounded() / 1000, unit * 1e-7, -unit * 1e20, (unit * 1e18).rounded()]
    }
    for value in drawn + [0, 1, -1, 0.1, 10, 1500, 1e15, 1e16, 1e22, 1e23, .leastNonzeroMagnitude, 1e-4, 12.5, 0.001] {
      guard let decimal = Decimal(value) else { continue }
      let text = "\(decimal.digits.sign == .minus ? "-" : "")\(UInt64(decimal.digits.magnitude))e\(decimal.exponent)"
      #expect(Double(text) == value, "\(value): \(text)")
      let digits = "\(value.magnitude)".prefix { $0 != "e" }.filter { $0 != "." }.drop { $0 == "0" }
      let shown = "\(value)".hasSuffix(".0") ? digits.dropLast() : digits
      #expect(decimal.digits == 0 ? shown.isEmpty : shown == "\(UInt64(decimal.digits.magnitude))", "\(value): \(text)")
    }
    #expect(Decimal(.infinity) == nil && Decimal(.nan) == nil && Decimal(0.12345678901234567) == nil)
  }
}
