import Ops
import Testing

/// Whatever the program, the inputs and the claim: evaluation, gradients and verdicts end with a result or with a
/// ``ParseError`` at its place.
@Suite("Formula: robustness of evaluation")
struct EvaluationFuzzTests {
  #if DEBUG
    private static let rounds = 400
  #else
    private static let rounds = 20_000
  #endif

  private static let programs = [
    "C = sum((X@W - Y)^2)/(2*n)", "p = softmax(X, axis=1); L = crossentropy(X, Y)", "f = where(x > 1, x^2, log(x))",
    "A = inverse(X@X' + eye(2)); d = det(A)*trace(A)", "a = tanh(W@x + b); f = dot(a, a) - norm(a)",
    "v = concat(x[1:], X[0, :], axis=0); m = mean(v) + std(v)", "f(t) = 1/(1 + exp(-t)); y = f([x, 2*x])'@[3, 4]",
    "s = solve(X'@X, X'@Y); q = reshape(s, [1, 2])", "z = outer(x, b) + diag(x) - W*prod(b); m = max(z, axis=0)",
    "g = gelu(x)*clip(x, -1, 1) + erf(x)/x + asin(x)", "l = logsumexp(X) - max(X) + min(x, 0) + norm1(W)",
    "r = abs(x) + relu(b) - sgn(W) + x[-1]^3",
  ].map(Array.init)

  private static let domains = [
    "x: [2]", "X: [2, 2]", "W: [2, 2]", "Y: [2]", "b in {0, 1}", "n = 5", "x in [-1e-8, 1e-8]", "X: [3, 2] in {-1, 1}",
    "b: [2]", "x = [1, 2]", "W: [1, 2, 1, 2, 1]",
  ].map(Array.init)

  /// How many rounds came to a value at all: a fuzz that only ever meets errors tests nothing.
  private struct Reached {
    var values = 0
    var verdicts = 0
  }

  @Test("mutated programs on tensors")
  func mutated() {
    var generator = SeededGenerator(seed: 3)
    var reached = Reached()
    for _ in 0..<Self.rounds {
      let text = mutation(of: Self.programs, using: &generator)
      guard let program = try? Program(parsing: text) else { continue }
      evaluate(program, text, &reached, using: &generator)
      verify(program, text, &reached, using: &generator)
    }
    #expect(reached.values > Self.rounds / 10)
    #expect(reached.verdicts > Self.rounds / 25)
  }

  private func evaluate(
    _ program: Program, _ text: String, _ reached: inout Reached, using generator: inout SeededGenerator
  ) {
    let inputs = program.freeNames.map { (name: $0, value: tensor(using: &generator)) }
    let isComputed = TextFuzz.checkPlace(in: [text]) { () throws(ParseError) in
      let recorded = try RecordedProgram(program, at: inputs)
      guard recorded.output.shape.count == 1 else { return }
      let gradients = recorded.output.backward()
      for input in recorded.inputs {
        #expect(gradients.tensor(of: input.variable).shape == input.variable.shape)
      }
    }
    if isComputed { reached.values += 1 }
    let numbers = Dictionary(inputs.map { ($0.name, $0.value.elements[0]) }, uniquingKeysWith: { $1 })
    TextFuzz.checkPlace(in: [text]) { () throws(ParseError) in _ = try program.evaluate(numbers) }
  }

  private func verify(
    _ program: Program, _ text: String, _ reached: inout Reached, using generator: inout SeededGenerator
  ) {
    let names = program.names + program.freeNames
    guard let c = names.randomElement(using: &generator), let w = names.randomElement(using: &generator) else { return }
    let formula = program.statements.randomElement(using: &generator)!.formula.description
    let right = [formula, "1", "0*\(w)", c].randomElement(using: &generator)!
    let left = ["d\(c)/d\(w)", "d2\(c)/d\(w)2", "d2\(c)/d\(w)d\(c)", c].randomElement(using: &generator)!
    let claim = "\(left) = \(right)"
    let domains = Self.domains.filter { _ in Bool.random(using: &generator) }.map { domain in
      Int.random(in: 0..<8, using: &generator) > 0
        ? String(domain) : mutation(of: Self.domains, using: &generator)
    }
    let isTold = TextFuzz.checkPlace(in: [text, claim] + domains) { () throws(ParseError) in
      let verdict = try program.verify(claim, domains: domains, points: 1)
      #expect((verdict.outcome == .refuted) == (verdict.counterexample != nil))
    }
    if isTold { reached.verdicts += 1 }
  }

  private func mutation(of texts: [[Character]], using generator: inout SeededGenerator) -> String {
    var text = texts.randomElement(using: &generator)!
    for _ in 0..<Int.random(in: 0..<3, using: &generator) { TextFuzz.mutate(&text, from: texts, using: &generator) }
    return String(text)
  }

  private func tensor(using generator: inout SeededGenerator) -> Tensor<Double> {
    let shape = [[], [], [2], [3], [2, 2], [2, 3], [1], [1, 2]].randomElement(using: &generator)!
    let numbers = [0, 1, -1, 2, 0.5, -3, 1e-9, 1e308, .infinity, -.infinity, .nan]
    let isTame = Bool.random(using: &generator)
    return Tensor(
      (0..<shape.reduce(1, *)).map { _ in
        isTame
          ? Double.random(in: -2...2, using: &generator) : numbers.randomElement(using: &generator)!
      }, shape: Shape(shape))
  }
}
