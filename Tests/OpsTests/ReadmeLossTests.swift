import Ops
import Testing

/// The loss of README and of the article about it.
@Suite struct ReadmeLossTests {
  private func logCosh<A: Algebra>(_ e: A) -> A { e + softplus(-2 * e) - log(2) }

  @Test func theLinesOfTheArticle() {
    #expect(logCosh(Formula.name("e")).text(in: .textbook) == "e + softplus(-2·e) - log(2)")
    #expect(gradient(at: 1.5) { logCosh($0) } == 0.9051482536448664)
    #expect(
      hessian(at: [1.0, 2.0]) { logCosh($0[0] * $0[1]) } == [
        [0.2826032994126578, 1.1053292297821458], [1.1053292297821458, 0.07065082485316446],
      ])
  }

  @Test func farOut() {
    #expect(valueWithGradient(at: 800.0) { logCosh($0) } == (800 - 0.6931471805599453, 1))
    #expect(valueWithGradient(at: -800.0) { logCosh($0) } == (800 - 0.6931471805599453, -1))
    #expect(derivative(order: 2, at: 0.0) { logCosh($0) } == 1)
  }
}
