import Graph
import Ops
import Testing

/// Every rule on tensors in the list of operations against its own definition in scalars, which computes without kernels
/// and differentiates forward: values, gradients and gradients of gradients. What a rule needs to be tested here it
/// states itself: how many operands it takes, and what its options may be.
@Suite("Rules on tensors are what they define")
struct DefinitionTests {
  static let rules = Operations.rules.compactMap { $0 as? any TensorRule.Type }.map(Listed.init)

  struct Listed: CustomTestStringConvertible, Sendable {
    let rule: any TensorRule.Type
    var testDescription: String { rule.name }
  }

  @Test("kernels, pullbacks and their pullbacks", arguments: rules)
  func agreesWithDefinition(_ listed: Listed) {
    #expect(uses(of: listed.rule) > 0, "no operands fit \(listed.rule.name): its options need an example below")
  }

  /// - Returns: how many choices of operands and options were compared.
  private func uses<R: TensorRule>(of rule: R.Type) -> Int {
    var count = 0
    for shape: Shape in [[3, 3], [2, 3, 3]] {
      for options in Self.options(of: rule, shape) {
        let shapes = Self.operands(of: rule, shape)
        guard (try? rule.shape(Call(Operands(list: shapes), options))) != nil else { continue }
        compare(rule, shapes, options, Double.self, 1e-11)
        compare(rule, shapes, options, Float.self, 2e-4)
        count += 1
      }
    }
    return count
  }

  /// Every combination of the examples of its fields, and for those that depend on the operands these.
  static func options<R: TensorRule>(of rule: R.Type, _ shape: Shape) -> [R.Options] {
    let depending: [String: [[Int]]] = [
      "shape": rule.name == "reshape"
        ? [[shape.count]] : rule.name == "broadcast" ? [[4] + shape.dimensions] : [shape.dimensions.map { $0 + 1 }],
      "axes": [(0..<shape.rank).reversed()], "starts": [shape.dimensions.map { _ in 1 }],
      "steps": [shape.dimensions.map { _ in 1 }],
      "indices": [[2, 0, 2].map { $0 % shape[0] }, [1, 0, 1].map { $0 % shape[0] }],
      "labels": [(0..<shape.count / 3).map { ($0 * 2 + 1) % 3 }],
    ]
    return R.Options.fields.reduce([R.Options()]) { partial, field in
      partial.flatMap { options in
        ((field.examples + (depending[field.name] ?? []))).compactMap { numbers in
          var options = options
          return (try? field.read(&options, windowed(numbers, field.name, rule, shape), shape)) == nil ? nil : options
        }
      }
    }
  }

  /// A slice takes what begins at 1, one element less along each axis.
  private static func windowed(
    _ numbers: [Int], _ name: String, _ rule: any TensorRule.Type, _ shape: Shape
  ) -> [Int] {
    rule.name == "slice" && name == "shape" ? shape.dimensions.map { $0 - 1 } : numbers
  }

  static func operands(of rule: any TensorRule.Type, _ shape: Shape) -> [Shape] {
    if rule.name == "scatteradd" { return [Shape([3] + shape.dimensions.dropFirst().map { $0 + 1 })] }
    return Array(repeating: shape, count: rule.arity)
  }

  // MARK: one choice of operands and options

  private func compare<R: TensorRule, E: Number>(
    _ rule: R.Type, _ shapes: [Shape], _ options: R.Options, _ type: E.Type, _ tolerance: Double
  ) {
    var numbers = SplitMix64(state: 7)
    let x = shapes.map { Self.operand($0, isSymmetric: rule.name == "cholesky", &numbers) }
    let tape = Tape<E>()
    let leaves = x.map { tape.parameter(Tensor($0.elements.map { E($0) }, shape: $0.shape)) }
    let y = Variable<E>.apply(rule, Operands(list: leaves), options)
    let weights = (0..<y.shape.count).map { _ in Double.random(in: -1...1, using: &numbers) }
    let directions = x.map { $0.elements.map { _ in Double.random(in: -1...1, using: &numbers) } }

    func definition<A: Algebra>(_ element: (_ operand: Int, _ place: Int) -> A) -> [A] {
      let grids = x.indices.map { i in Grid(x[i].elements.indices.map { element(i, $0) }, shape: x[i].shape) }
      return rule.definition(Call(Operands(list: grids), options)).elements
    }
    let value = definition { x[$0].elements[$1] }
    expect(y.tensor.elements.map { Double($0) }, value, tolerance, "\(R.self) \(shapes) value")

    let s = (y * tape.constant(Tensor(weights.map { E($0) }, shape: y.shape))).sum()
    let walked = s.backward(), recorded = s.recordedGradients(by: leaves)
    var t = 0 * s
    for (g, direction) in zip(recorded, directions) where g.isRecorded {
      t += (g * tape.constant(Tensor(direction.map { E($0) }, shape: g.shape))).sum()
    }
    let second = t.backward()
    for i in x.indices {
      let columns = x[i].elements.indices.map { place in
        definition { operand, k in
          Dual(
            Dual(x[operand].elements[k], tangent: directions[operand][k]),
            tangent: Dual(operand == i && k == place ? 1 : 0))
        }.map(\.tangent)
      }
      let first = columns.map { zip(weights, $0).map { $0 * $1.value }.reduce(0, +) }
      let slope = columns.map { zip(weights, $0).map { $0 * $1.tangent }.reduce(0, +) }
      let gradient = walked.tensor(of: leaves[i]).elements.map { Double($0) }
      expect(gradient, first, tolerance, "\(R.self) \(shapes) gradient \(i)")
      expect(recorded[i].tensor.elements.map { Double($0) }, first, tolerance, "\(R.self) recorded gradient \(i)")
      let slopes = second.tensor(of: leaves[i]).elements.map { Double($0) }
      expect(slopes, slope, 10 * tolerance, "\(R.self) \(shapes) second order \(i)")
    }
  }

  private func expect(_ a: [Double], _ b: [Double], _ tolerance: Double, _ what: String) {
    let size = b.map(\.magnitude).max() ?? 0
    let worst = zip(a, b).map { ($0 - $1).magnitude }.max() ?? 0
    #expect(a.count == b.count && worst <= tolerance * max(1, size), "\(what): \(a) and by definition \(b)")
  }

  /// Far from singular, with no two elements alike.
  static func operand(_ shape: Shape, isSymmetric: Bool, _ numbers: inout SplitMix64) -> Tensor<Double> {
    let n = shape[-1]
    var elements = (0..<shape.count).map { place in
      Double.random(in: -1...1, using: &numbers) + (place / n % n == place % n ? 3 : 0)
    }
    if isSymmetric {
      for place in elements.indices {
        let (matrix, i, j) = (place / (n * n), place / n % n, place % n)
        if j > i { elements[place] = elements[matrix * n * n + j * n + i] }
      }
    }
    return Tensor(elements, shape: shape)
  }
}

/// What is fused computes what it is composed of, also where both are recorded.
@Suite("Fused operations are their compositions")
struct CompositionTests {
  static let rules = Operations.rules.compactMap { $0 as? any FusedTensorRule.Type }.map { Fused(rule: $0) }

  struct Fused: CustomTestStringConvertible, Sendable {
    let rule: any FusedTensorRule.Type
    var testDescription: String { rule.name }
  }

  @Test(arguments: rules) func recorded(_ fused: Fused) throws { try compare(fused.rule) }

  private func compare<R: FusedTensorRule>(_ rule: R.Type) throws {
    let x = Tensor<Double>([[0.5, -1, 2], [1, 3, -2]])
    var options = R.Options()
    for field in R.Options.fields { try field.read(&options, [2, 1], x.shape) }
    let tape = Tape<Double>()
    let leaf = tape.parameter(x)
    let values = [
      Variable<Double>.apply(rule, Operands(leaf), options),
      rule.composition(Call<R, Variable<Double>>(Operands(leaf), options)),
    ]
    let gradients = values.map { y in
      let weights = Tensor((0..<y.shape.count).map { 1 + Double($0) }, shape: y.shape)
      return (y * tape.constant(weights)).sum().backward().tensor(of: leaf)
    }
    #expect(relativeError(values[0].tensor, values[1].tensor) <= 1e-14)
    #expect(relativeError(gradients[0], gradients[1]) <= 1e-14)
  }
}

/// The walk that is written for any algebra of tensors, in one that knows no kernels: element by element.
@Suite("The backward walk in another algebra")
struct AlgebraicWalkTests {
  @Test func elementByElement() {
    let tape = Tape<Double>()
    let w = tape.parameter(Tensor([[0.3, -0.2], [0.5, 0.1], [-0.4, 0.7]]), "w")
    let b = tape.parameter(Tensor([0.1, -0.3]), "b"), scale = tape.parameter(2, "scale")
    let x = tape.constant(Tensor([[1, 2, 3], [-1, 0.5, 2]]))
    let z = matmul(x, w) + b
    let loss = softmaxCrossEntropy(tanh(z) * scale, labels: [1, 0]) + 0.1 * l2Penalty(w)
    let leaves = [w, b, scale]
    var walk = AlgebraicWalk<Double, Grid<Double>>(
      tape,
      operand: { input in
        let value = tape.variable(input)
        return value.isTensor ? Grid(value.tensor.elements, shape: value.shape) : .number(value.value)
      }, custom: { _, _, _ in [] })
    let walked = walk.gradients(of: loss.node!, seed: 1, by: leaves.map(\.node))
    let gradients = loss.backward()
    for (leaf, grid) in zip(leaves, walked) {
      let found = grid.map { Tensor($0.elements, shape: $0.shape) }
      #expect(found.map { relativeError(gradients.tensor(of: leaf), $0) <= 1e-14 } == true)
    }
  }
}
