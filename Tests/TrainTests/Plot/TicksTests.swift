import Testing

@testable import ChainruleData

@Suite("Ticks")
struct TicksTests {
  @Test func whatIsCountedHasWholeTicks() {
    #expect(linearTicks(0.9...4.1, atMost: 11, whole: true).map(\.label) == ["1", "2", "3", "4"])
    #expect(linearTicks(0...30, atMost: 5, whole: true) == linearTicks(0...30, atMost: 5))
  }

  @Test(arguments: [
    (0.0...1.0, 6, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    (0...1, 5, ["0", "0.5", "1.0"]),
    (0...1, 2, ["0", "1"]),
    (-3.2...3.1, 7, ["−3", "−2", "−1", "0", "1", "2", "3"]),
    (0.98...1.03, 6, ["0.98", "0.99", "1.00", "1.01", "1.02", "1.03"]),
    (0...60_000, 4, ["0", "20000", "40000", "60000"]),
    (1e6...3e6, 3, ["1×10⁶", "2×10⁶", "3×10⁶"]),
    (0...2.5e-7, 6, ["0", "0.5×10⁻⁷", "1.0×10⁻⁷", "1.5×10⁻⁷", "2.0×10⁻⁷", "2.5×10⁻⁷"]),
    (-1e300...1e300, 3, ["−1×10³⁰⁰", "0", "1×10³⁰⁰"]),
    (0.25...0.75, 1, ["0.5"]),
  ])
  func linear(range: ClosedRange<Double>, count: Int, labels: [String]) {
    #expect(linearTicks(range, atMost: count).map(\.label) == labels)
  }

  @Test(arguments: [
    (1.0...1000.0, 10, ["1", "2", "5", "10", "20", "50", "100", "200", "500", "1000"]),
    (1...1000, 4, ["1", "10", "100", "1000"]),
    (1e-8...1, 5, ["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "10⁰"]),
    (0.3...4, 6, ["0.5", "1", "2"]),
    (2.1...2.4, 4, ["2.1", "2.2", "2.3", "2.4"]),
    (1e-300...1e300, 5, ["10⁻²⁰⁰", "10⁰", "10²⁰⁰"]),
  ])
  func logarithmic(range: ClosedRange<Double>, count: Int, labels: [String]) {
    let ticks = logarithmicTicks(range, atMost: count).map(\.label)
    #expect(ticks.count <= count)
    #expect(ticks == labels)
  }

  /// Whatever the range: ticks inside it, in order, not too many, and with labels that differ.
  @Test func anyRange() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<3_000 {
      let size = powerOfTen(generator.index(below: 40) - 20)
      let low = generator.uniform(in: -1..<1) * size * (generator.uniform() < 0.5 ? 1 : 1000)
      let range = low...(low + generator.uniform(in: 0.01..<1) * size)
      let count = 3 + generator.index(below: 9)
      let ticks = linearTicks(range, atMost: count)
      let slack = (range.upperBound - range.lowerBound) * 1e-6
      #expect((1...count).contains(ticks.count), "\(range), \(count)")
      #expect(
        ticks.allSatisfy { range.lowerBound - slack <= $0.value && $0.value <= range.upperBound + slack })
      #expect(Set(ticks.map(\.label)).count == ticks.count, "\(range): \(ticks.map(\.label))")
    }
  }

  @Test(arguments: [
    ([1.0, 3.0], Plot.Scale.linear, 1.0...3.0),
    ([5], .linear, 4.5...5.5),
    ([0], .linear, -0.5...0.5),
    ([.nan, 2, .infinity, 4], .linear, 2...4),
    ([], .linear, 0...1),
    ([.nan], .logarithmic, 1...10),
    ([-1, 0, 1, 100], .logarithmic, 1...100),
  ])
  func axis(values: [Double], scale: Plot.Scale, range: ClosedRange<Double>) {
    #expect(Axis(scale: scale, showing: values, margin: 0).range == range)
  }

  @Test func positions() {
    let axis = Axis(scale: .logarithmic, range: 1...100)
    #expect(axis.position(10) == 0.5)
    #expect(axis.position(0) == nil)
    #expect(axis.position(.infinity) == nil)
    #expect(Axis(scale: .linear, range: -1...3).position(0) == 0.25)
    // Ranges of no width or no logarithm still give an axis.
    #expect(Axis(scale: .linear, range: 2...2).position(2) == 0.5)
    #expect(Axis(scale: .logarithmic, range: -5 ... -1).position(10) == 1)
  }
}
