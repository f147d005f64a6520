import Ops
import Testing

/// Every operation against PyTorch in double precision: its value, its gradients by the backward walk and by the
/// recorded one, and the gradients of its gradients.
@Suite struct OperationTests {
  typealias V = Variable<Double>
  typealias Table = [String: @Sendable ([V]) -> V]

  @Test(arguments: TensorGolden.read("tensor_operations.txt"))
  func agreesWithPyTorch(_ golden: TensorGolden) throws {
    let f = try #require(Self.operations[golden.name], "no operation \(golden.name)")
    let tape = Tape<Double>()
    let x = golden.inputs.map { tape.parameter($0) }
    golden.expect(f(x), of: x, on: tape)
  }

  /// What `tensor_operations.py` computes, by name.
  static let operations: Table = {
    var all = shaping.merging(losses) { $1 }.merging(systems) { $1 }.merging(functions) { $1 }
    for (name, f) in unary {
      all[name] = { f($0[0]) }
      all[name + " of a transposed"] = { f($0[0].transposed()) }
      all[name + " of a slice"] = { f($0[0][1..., .every(2)]) }
    }
    for (name, f) in binary { all[name] = { f($0[0], $0[1]) } }
    for (name, f) in reductions {
      all[name + " all"] = { f($0[0], nil, false) }
      all[name + " 0"] = { f($0[0], [0], false) }
      all[name + " -1"] = { f($0[0], [-1], false) }
      all[name + " 0,2"] = { f($0[0], [0, 2], false) }
      all[name + " 1 keeping"] = { f($0[0], [1], true) }
      all[name + " of a transposed"] = { f($0[0].transposed(), [0], false) }
    }
    return all
  }()

  static let unary: [String: @Sendable (V) -> V] = [
    "negate": { -$0 }, "square": { square($0) }, "reciprocal": { reciprocal($0) }, "exp": { exp($0) },
    "expm1": { expm1($0) }, "log": { log($0) }, "log1p": { log1p($0) }, "sqrt": { sqrt($0) }, "sin": { sin($0) },
    "cos": { cos($0) }, "tan": { tan($0) }, "asin": { asin($0) }, "acos": { acos($0) }, "atan": { atan($0) },
    "sinh": { sinh($0) }, "cosh": { cosh($0) }, "tanh": { tanh($0) }, "asinh": { asinh($0) },
    "acosh": { acosh($0) }, "atanh": { atanh($0) }, "erf": { erf($0) }, "abs": { abs($0) }, "sgn": { sgn($0) },
    "sigmoid": { sigmoid($0) }, "relu": { relu($0) }, "softplus": { softplus($0) },
    "leakyRelu": { leakyRelu($0) }, "elu": { elu($0) }, "gelu": { gelu($0) }, "silu": { silu($0) },
  ]

  static let binary: [String: @Sendable (V, V) -> V] = [
    "add": { $0 + $1 }, "subtract": { $0 - $1 }, "multiply": { $0 * $1 }, "divide": { $0 / $1 },
    "power": { pow($0, $1) }, "maximum": { maximum($0, $1) }, "minimum": { minimum($0, $1) },
    "add of a transposed": { $0.transposed() + $1 },
  ]

  static let reductions: [String: @Sendable (V, [Int]?, Bool) -> V] = [
    "sum": { $0.sum($1, keepingDimensions: $2) }, "mean": { $0.mean($1, keepingDimensions: $2) },
    "max": { $0.max($1, keepingDimensions: $2) }, "min": { $0.min($1, keepingDimensions: $2) },
    "prod": { $0.prod($1, keepingDimensions: $2) },
    "logSumExp": { $0.logSumExp($1, keepingDimensions: $2) },
    "variance": { $0.variance($1, keepingDimensions: $2) },
    "unbiased variance": { $0.variance($1, unbiased: true, keepingDimensions: $2) },
    "standardDeviation": { $0.standardDeviation($1, keepingDimensions: $2) },
    "norm": { $0.norm(2, $1, keepingDimensions: $2) }, "norm 1": { $0.norm(1, $1, keepingDimensions: $2) },
    "norm 3": { $0.norm(3, $1, keepingDimensions: $2) },
    "norm ∞": { $0.norm(.infinity, $1, keepingDimensions: $2) },
    "softmax": { x, axes, _ in x.softmax(axes ?? []) }, "logSoftmax": { x, axes, _ in x.logSoftmax(axes ?? []) },
    "cumulativeSum": { x, axes, _ in x.cumulativeSum(axes?[0] ?? 0) },
  ]

  static let shaping: Table = [
    "softmax 1": { $0[0].softmax([1]) }, "logSoftmax 1": { $0[0].logSoftmax([1]) },
    "clip": { clip($0[0], -0.5, 1) }, "where": { select(less(0, $0[0]), $0[1], $0[2]) },
    "reshape": { $0[0].reshaped(to: [3, 4]) }, "transpose": { $0[0].transposed() },
    "permute": { $0[0].permuted([2, 0, 1]) }, "broadcast": { $0[0].broadcast(to: [2, 3, 4]) },
    "concatenate 0": { concatenated($0) }, "concatenate -1": { concatenated($0, along: -1) },
    "stack 0": { stacked($0) }, "stack -1": { stacked($0, along: -1) },
    "split": { x in { $0[0] * $0[1] }(x[0].split([2, 2], along: 1)) },
    "slice rows": { $0[0][1..<3] }, "slice columns": { $0[0][.all, 1...] }, "slice -1": { $0[0][1..., -1] },
    "slice steps": { $0[0].sliced([1, nil], [nil, nil], steps: [2, 3]) },
    "slice new axis": { $0[0][.all, .newAxis, 0] },
    "flip": { $0[0].flipped([0, 1]) }, "flip columns": { $0[0][.all, .every(-2)] },
    "pad": { $0[0].padded(before: [0, 1], after: [1, 2]) },
    "pad with 3": { $0[0].padded(before: [0, 0], after: [0, 1], with: 3) },
    "gather": { $0[0].gathered([2, 0, -1, 1]) }, "gather -1": { $0[0].gathered([1, 1], along: -1) },
    "pick": { $0[0].picked([2, 0, 1]) }, "scatterAdd": { $0[0].scatterAdding($0[1], at: [1, 1, 0]) },
    "gather elements": { $0[0].gatheredElements(at: [0, 2, 2, 1, 1, 1, 0, -1], shape: [2, 4], along: 1) },
    "gather elements 0": { $0[0].gatheredElements(at: [2, 0, 1, 2], shape: [2, 1, 2], along: 0) },
    "scatterAdd elements": { $0[0].scatterAddingElements($0[1], at: [2, 0, 2, 2, 1, 0], along: 0) },
    "tile": { $0[0].tiled([2, 3]) }, "repeat": { $0[0].repeated([2, 3]) },
    "squeeze": { $0[0].squeezed(1).expanded(0) },
  ]

  static let systems: Table = [
    "matmul": { matmul($0[0], $0[1]) }, "matmul of a transposed": { matmul($0[0].transposed(), $0[1]) },
    "matmul by a transposed": { matmul($0[0], $0[1].transposed()) },
    "matmul of two transposed": { matmul($0[0].transposed(), $0[1].transposed()) },
    "dot": { dot($0[0], $0[1]) }, "outer": { outer($0[0], $0[1]) }, "trace": { $0[0].trace() },
    "diagonal": { $0[0].diagonal() }, "lowerTriangle": { $0[0].lowerTriangle() },
    "upperTriangle": { $0[0].upperTriangle() }, "solve": { solve($0[0], $0[1]) },
    "solve lower": { solve(lower: $0[0], $0[1]) },
    "solve lower transposed": { solve(lower: $0[0], transposed: true, $0[1]) },
    "inverse": { $0[0].inverse() }, "determinant": { $0[0].determinant() },
    "logDeterminant": { $0[0].logDeterminant() },
    "cholesky": { matmul($0[0], $0[0].transposed()).cholesky() },
  ]

  static let losses: Table = [
    "absoluteError": { absoluteError($0[0], $0[1]) }, "squaredError": { squaredError($0[0], $0[1]) },
    "squaredError sum": { squaredError($0[0], $0[1], .sum) },
    "squaredError none": { squaredError($0[0], $0[1], .none) },
    "halfSquaredError": { halfSquaredError($0[0], $0[1]) },
    "perceptronError 01": { perceptronError($0[0], labels($0, [1, 0, 0, 1, 1])) },
    "perceptronError ±1": { perceptronError($0[0], labels($0, [1, -1, -1, 1, -1]), .plusMinus) },
    "hinge": { hinge($0[0], labels($0, [1, -1, -1, 1, -1])) },
    "squaredHinge": { squaredHinge($0[0], labels($0, [1, -1, -1, 1, -1])) },
    "logistic": { logistic($0[0], labels($0, [1, -1, -1, 1, -1])) },
    "logLoss": { logLoss($0[0], labels($0, [1, 0, 0, 1, 1])) }, "logLoss soft": { logLoss($0[0], $0[1]) },
    "logLoss logits": { logLoss(logits: $0[0], $0[1]) }, "crossEntropy": { crossEntropy($0[0], $0[1]) },
    "crossEntropy labels": { crossEntropy($0[0], labels: [1, 3, 0]) },
    "crossEntropy logits": { crossEntropy(logits: $0[0], $0[1]) },
    "softmaxCrossEntropy": { softmaxCrossEntropy($0[0], labels: [1, 3, 0]) },
    "softmaxCrossEntropy sum": { softmaxCrossEntropy($0[0], labels: [1, 3, 0], .sum) },
    "l1Penalty": { l1Penalty($0[0]) }, "l2Penalty": { l2Penalty($0[0]) },
  ]

  private static func labels(_ x: [V], _ numbers: [Double]) -> V {
    x[0].tape!.constant(Tensor(numbers))
  }
}
