import Testing

@testable import Train

/// Every optimizer against its formula written out for one number.
@Suite("Optimizers")
struct OptimizerTests {
  static let gradients = [0.5, -0.2, 0.8, 0.1, -0.4]

  @Test func formulas() {
    let η = 0.1
    // Each reference keeps its own state and returns the new parameter.
    var (v, n, a, r, m, s) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    check(GradientDescent()) { p, g, _ in p - η * g }
    check(Momentum(0.9)) { p, g, _ in
      v = 0.9 * v + g
      return p - η * v
    }
    check(Nesterov(0.9)) { p, g, _ in
      n = 0.9 * n + g
      return p - η * (g + 0.9 * n)
    }
    check(AdaGrad()) { p, g, _ in
      a += g * g
      return p - η * g / (a.squareRoot() + 1e-10)
    }
    check(RMSProp()) { p, g, _ in
      r = 0.99 * r + 0.01 * g * g
      return p - η * g / (r.squareRoot() + 1e-8)
    }
    let adam: (Double, Double, Int) -> Double = { p, g, t in
      m = 0.9 * m + 0.1 * g
      s = 0.999 * s + 0.001 * g * g
      let (mean, square) = (m / (1 - .pow(0.9, Double(t))), s / (1 - .pow(0.999, Double(t))))
      return p - η * mean / (square.squareRoot() + 1e-8)
    }
    check(Adam(), adam)
    (m, s) = (0, 0)
    check(AdamW(decay: 0.1)) { p, g, t in adam(p * (1 - η * 0.1), g, t) }
    (m, s) = (0, 0)
    check(AdamW(decay: 0.1), isWeight: false, adam)
  }

  /// Runs five steps in both precisions on seven equal elements: more than a vector register holds, and a rest.
  private func check(
    _ optimizer: some Optimizer, isWeight: Bool = true, _ formula: (Double, Double, Int) -> Double
  ) {
    var expected = 1.0
    let points = Self.gradients.enumerated().map { index, g in
      expected = formula(expected, g, index + 1)
      return expected
    }
    for (computed, expected) in zip(run(optimizer, Double.self, isWeight), points) {
      #expect(computed.allSatisfy { abs($0 - expected) < 1e-14 }, "\(optimizer)")
    }
    for (computed, expected) in zip(run(optimizer, Float.self, isWeight), points) {
      #expect(computed.allSatisfy { abs(Double($0) - expected) < 1e-6 }, "\(optimizer)")
    }
  }

  private func run<E: Number>(_ optimizer: some Optimizer, _ type: E.Type, _ isWeight: Bool) -> [[E]] {
    func buffer(_ value: E) -> UnsafeMutableBufferPointer<E> {
      let buffer = UnsafeMutableBufferPointer<E>.allocate(capacity: 7)
      buffer.initialize(repeating: value)
      return buffer
    }
    let slot = Slot(
      parameter: buffer(1), gradient: buffer(0), memory: optimizer.memory.map { _ in buffer(0) },
      isWeight: isWeight)
    defer { for array in [slot.parameter, slot.gradient] + slot.memory { array.deallocate() } }
    return Self.gradients.enumerated().map { index, g in
      slot.gradient.update(repeating: E(g))
      optimizer.update(slot, rate: 0.1, step: index + 1)
      return Array(slot.parameter)
    }
  }

  @Test func clipping() {
    var (a, b) = ([3.0, 0.0], [0.0, 4.0])
    func apply(_ clipping: Clipping) -> Double? {
      a.withUnsafeMutableBufferPointer { a in b.withUnsafeMutableBufferPointer { clipping.apply(to: [a, $0]) } }
    }
    #expect(apply(.norm(10)) == 5)
    #expect((a, b) == ([3, 0], [0, 4]))
    #expect(apply(.norm(1)) == 5)
    #expect(abs(a[0] - 0.6) < 1e-15 && abs(b[1] - 0.8) < 1e-15)
    #expect(apply(.elements(0.7)) == nil)
    #expect(abs(a[0] - 0.6) < 1e-15 && b[1] == 0.7)
  }
}
