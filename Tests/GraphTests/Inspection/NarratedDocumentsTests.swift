import Ops
import Testing

/// The lines of *mathematics-of-neural-computation*, and what the worked solution of the same model says for each.
@Suite("Worked solutions beside the documents")
struct NarratedDocumentsTests {
  static let regression = ("u = w*x; ŷ = u + b; e = ŷ - y; c = e^2", [("w", "5"), ("x", "1"), ("b", "1"), ("y", "2")])
  static let composite = ("x = cos(t); y = t^2; f = y + e^(x*y)", [("t", "0.5")])
  static let neuron = (
    "z = w*x + b; a = sigmoid(z); C = (a - y)^2/2", [("w", "0.6"), ("x", "2"), ("b", "0.2"), ("y", "1")]
  )
  static let network = (
    "z2 = W2@x + b2; a2 = sigmoid(z2); z3 = W3@a2 + b3; a3 = sigmoid(z3); C = sum((a3 - y)^2)/2",
    [
      ("x", "[1, 2]"), ("y", "[1]"), ("W2", "[[1, 0.5], [0.5, -1]]"), ("b2", "[0, 0.1]"), ("W3", "[[1, -2]]"),
      ("b3", "[0.5]"),
    ]
  )

  @Test(
    arguments: [
      ("§4.2.2: ∂c/∂e = ∂c/∂c·∂c/∂e = 1·2e = 8", regression, "dc/de = ∂c/∂e = 2·e = 8"),
      ("§4.2.2: ∂c/∂ŷ = ∂c/∂e·∂e/∂ŷ = 2e·1 = 8", regression, "dc/dŷ = dc/de · ∂e/∂ŷ = 8"),
      ("§4.2.2: ∂c/∂w = ∂c/∂ŷ·∂ŷ/∂w = 2e·x = 8", regression, "dc/dw = dc/du · ∂u/∂w = 8 · x = 8"),
      ("§3.3.2: ∂f/∂x = ye^{xy}", composite, "df/dx = ∂f/∂x = exp(x·y)·y = 0.311331"),
      ("§3.3.2: ∂f/∂y = 1 + xe^{xy}", composite, "df/dy = ∂f/∂y = 1 + exp(x·y)·x = 2.09287"),
      (
        "§3.3.2: df/dt = ∂f/∂x·dx/dt + ∂f/∂y·dy/dt = ∂f/∂x·(−sin t) + ∂f/∂y·2t", composite,
        """
        df/dt = df/dy · ∂y/∂t + df/dx · ∂x/∂t = 2.09287 · 2·t + 0.311331 · (-sin(t)) = 2.09287 + 0.311331 · (-0.479426) = \
        2.09287 + (-0.14926) = 1.94361
        """
      ),
      ("§4.1: ∂C/∂a = a − y", neuron, "dC/da = ∂C/∂a = a - y = -0.197816"),
      (
        "§4.1: V₂ = ∂C/∂a·∂a/∂z", neuron,
        "dC/dz = dC/da · ∂a/∂z = -0.197816 · a·(1 - a) = -0.197816 · 0.158685 = -0.0313904"
      ),
      ("§4.1: ∂C/∂w = V₂·x", neuron, "dC/dw = dC/dz · ∂z/∂w = -0.0313904 · x = -0.0313904 · 2 = -0.0627809"),
      ("§4.1: ∂C/∂b = V₂", neuron, "dC/db = dC/dz · ∂z/∂b = -0.0313904"),
      ("§4.3: zˡ = Wˡaˡ⁻¹ + bˡ", network, "z3 = W3·a2 + b3 = [0.985165]"),
      ("§4.3.1: δˡ = ∂C/∂zˡ", network, "δ3 = dC/dz3 = dC/da3 ⊙ a3 ⊙ (1 - a3) = [-0.0538179]"),
      (
        "§4.3.1: ∂C/∂Wˡ = δˡ(aˡ⁻¹)ᵀ", network,
        "dC/dW3 = δ3·a2ᵀ = [[-0.0474026, -0.010646]] (shapes [1, 1]·[1, 2] = [1, 2])"
      ),
      ("§4.3.1: ∂C/∂bˡ = δˡ", network, "dC/db3 = δ3 = [-0.0538179]"),
      (
        "§4.4: δˡ = (Wˡ⁺¹)ᵀδˡ⁺¹ ⊙ σ′(zˡ)", network,
        "dC/da2 = W3ᵀ·δ3 = [-0.0538179, 0.107636] (shapes [2, 1]·[1, 1] = [2, 1])"
      ),
      ("§4.4: δˡ = (Wˡ⁺¹)ᵀδˡ⁺¹ ⊙ σ′(zˡ)", network, "δ2 = dC/dz2 = dC/da2 ⊙ a2 ⊙ (1 - a2) = [-0.00565053, 0.0170802]"),
    ])
  func says(document: String, model: (program: String, inputs: [(String, String)]), line: String) throws {
    let lines = try Self.narration(model).split(separator: "\n").map { $0.drop { $0 == " " } }
    #expect(lines.contains(Substring(line)), "\(document): \(lines)")
  }

  @Test(
    "terms with a fraction in common",
    arguments: [
      ("L = x*y/2 - x*z/2", "dL/dx = ∂L/∂x = (y - z)/2 = -1"), ("L = x*y/2 + x*z/2", "dL/dx = ∂L/∂x = (y + z)/2 = 4"),
      ("L = x*z/2 - x*y/2", "dL/dx = ∂L/∂x = (z - y)/2 = 1"), ("L = x*y/3 - x*z/2", "dL/dx = ∂L/∂x = y/3 - z/2 = -1.5"),
    ])
  func fractions(program: String, line: String) throws {
    let lines = try Self.narration((program, [("x", "1"), ("y", "3"), ("z", "5")])).split(separator: "\n")
    #expect(lines.contains(Substring("  " + line)), "\(lines)")
  }

  @Test("one expression without names: layers are found, nothing is called by its number that a formula can name")
  func withoutNames() throws {
    let text = try Self.narration(
      (
        "L = mean(softmaxcrossentropy(X@W + b, labels=[0, 1]))",
        [
          ("X", "[[1, 2], [0.5, -1]]"), ("W", "[[1, 2], [3, 4]]"), ("b", "[0, 1]"),
        ]
      ))
    #expect(
      text.hasSuffix(
        """
        Backward
          dL/dL = 1
          δ = dL/d(X·W + b) = (softmax(X·W + b) - onehot([0, 1], 2))/2 = [[-0.491007, 0.491007], [0.18877, -0.18877]]
          dL/dX = δ·Wᵀ = [[0.491007, 0.491007], [-0.18877, -0.18877]] (shapes [2, 2]·[2, 2] = [2, 2])
          dL/dW = Xᵀ·δ = [[-0.396622, 0.396622], [-1.17078, 1.17078]] (shapes [2, 2]·[2, 2] = [2, 2])
          dL/db = sum(δ, axis=0) = [-0.302237, 0.302237]

        """))
    let chinese = try Self.narration(Self.network, .chinese)
    #expect(chinese.contains("反向传播\n") && chinese.contains("(形状 [1, 1]·[1, 2] = [1, 2])"))
  }

  @Test("every line of a network is set in MathML, names with their digits as subscripts")
  func formats() throws {
    let recorded = try Self.recorded(Self.network)
    let snapshot = recorded.tape.snapshot(recorded.output.backward(), output: recorded.output)
    #expect(
      snapshot.narration(as: .markdown).contains(
        #"\frac{dC}{dW_{3}} &= \delta_{3}\,{a_{2}}^{\top} = \begin{bmatrix}-0.0474026 & -0.010646\end{bmatrix}"#))
    #expect(snapshot.narration(as: .html).split(separator: "<math").count == 23)
  }

  private static func narration(
    _ model: (program: String, inputs: [(String, String)]), _ language: NarrationLanguage = .english
  ) throws -> String {
    let recorded = try recorded(model)
    return recorded.tape.snapshot(recorded.output.backward(), output: recorded.output).narration(in: language)
  }

  private static func recorded(_ model: (program: String, inputs: [(String, String)])) throws -> RecordedProgram {
    let values = try model.inputs.map { (name: $0.0, value: try Tensor<Double>(constant: Formula(parsing: $0.1))) }
    return try RecordedProgram(Program(parsing: model.program), at: values)
  }
}
