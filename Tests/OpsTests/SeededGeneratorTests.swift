import Foundation
import Testing

@testable import Graph

@Suite("SeededGenerator")
struct SeededGeneratorTests {
  /// From an independent implementation in Python; the second row is in the test vectors of other libraries.
  @Test func bitsAreThoseOfXoshiro() {
    let cases: [(SeededGenerator, [UInt64])] = [
      (SeededGenerator(seed: 0), [11_091_344_671_253_066_420, 13_793_997_310_169_335_082]),
      (
        SeededGenerator(["1", "2", "3", "4"].map { String(repeating: "0", count: 15) + $0 }.joined())!,
        [11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360]
      ),
      (SeededGenerator(seed: .max), [10_328_197_420_357_168_392, 14_156_678_507_024_973_869]),
    ]
    for (start, expected) in cases {
      var generator = start
      #expect(expected.map { _ in generator.next() } == expected)
    }
  }

  @Test(arguments: [
    (0 as UInt64, [0.6012629994179048, 0.7477740925472398], [1, 6, 3, 7, 2, 0, 5, 4]),
    (1 as UInt64, [0.7029218331588505, 0.5204366199388569], [4, 7, 0, 2, 1, 6, 3, 5]),
  ])
  func drawsAreThoseOfPython(seed: UInt64, uniforms: [Double], order: [Int]) {
    var (first, second) = (SeededGenerator(seed: seed), SeededGenerator(seed: seed))
    #expect(uniforms.map { _ in first.uniform() } == uniforms)
    #expect(second.permutation(of: 8) == order)
  }

  /// Python's `math.log` is the independent side; it may differ in the last bit.
  @Test(arguments: [
    (0 as UInt64, [0.5981026483626094, -0.8950525532379914, -2.415606685712082, -0.7626406521838989]),
    (1 as UInt64, [1.884396104787977, 1.302090250702661, 0.43832091511541, -0.6572942532355054]),
  ])
  func normalsAreThoseOfPython(seed: UInt64, normals: [Double]) {
    var generator = SeededGenerator(seed: seed)
    for expected in normals { #expect(abs(generator.normal() - expected) < 1e-15 * 8) }
  }

  @Test func portableLogarithmIsWithinTwoUlp() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<20_000 {
      let x = generator.uniform() * Double.pow2(Int(generator.index(below: 220)) - 200)
      guard x > 0 else { continue }
      #expect(abs(portableLog(x) - log(x)) <= 2 * abs(log(x)).ulp, "log(\(x))")
    }
    #expect(portableLog(1) == 0)
  }

  @Test func momentsOfTheDistributions() {
    var generator = SeededGenerator(seed: 3)
    let count = 40_000
    let normals = (0..<count).map { _ in generator.normal() }
    let uniforms = (0..<count).map { _ in generator.uniform(in: -1..<3) }
    // Means within four standard errors of the expected moment: variance of xᵏ over n.
    for (power, expected, error) in [(1, 0.0, 0.005), (2, 1, 0.0071), (3, 0, 0.0194), (4, 3, 0.049)] {
      let moment = normals.reduce(0) { $0 + pow($1, Double(power)) } / Double(count)
      #expect(abs(moment - expected) < 4 * error, "moment \(power)")
    }
    #expect(abs(uniforms.reduce(0, +) / Double(count) - 1) < 4 * 0.00578)
    #expect(uniforms.allSatisfy { (-1..<3).contains($0) })
  }

  @Test func indicesAreWithoutBias() {
    var generator = SeededGenerator(seed: 4)
    var counts = [0, 0, 0]
    for _ in 0..<30_000 { counts[generator.index(below: 3)] += 1 }
    for count in counts { #expect(abs(count - 10_000) < 4 * 82) }
  }

  /// With a bound this large a quarter of the words must be drawn again; the numbers are Python's.
  @Test func indicesBelowALargeBound() {
    var generator = SeededGenerator(seed: 6)
    let expected = [5305961381408709457, 1304178564760985706, 314116859619540519, 312832816146156768]
    #expect(expected.map { _ in generator.index(below: 3 << 61) } == expected)
  }

  @Test func aNarrowRangeKeepsItsUpperBoundOut() {
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<100 { #expect(generator.uniform(in: 1..<1.0.nextUp) == 1) }
  }

  @Test func theStateIsComplete() throws {
    var generator = SeededGenerator(seed: 9)
    _ = generator.normal()
    let stored = try JSONEncoder().encode(generator)
    var restored = try JSONDecoder().decode(SeededGenerator.self, from: stored)
    #expect(restored == generator)
    for _ in 0..<5 { #expect(restored.normal() == generator.normal()) }
    #expect(SeededGenerator(generator.description) == generator)
  }

  @Test(arguments: ["", "12", String(repeating: "0", count: 64), String(repeating: "g", count: 64)])
  func otherTextIsNoState(text: String) { #expect(SeededGenerator(text) == nil) }
}

extension Double {
  fileprivate static func pow2(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }
}
