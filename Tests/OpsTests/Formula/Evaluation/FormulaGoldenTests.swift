import Ops
import Testing

/// The functions of formulas against PyTorch: value, gradients and gradients of gradients.
@Suite("Formula: functions against PyTorch")
struct FormulaGoldenTests {
  /// Cases of `tensor_operations.py` as formulas; a, b and c are their inputs.
  static let formulas: [String: String] = {
    var all = [
      "matmul": "a @ b", "dot": "dot(a, b)", "outer": "outer(a, b)", "trace": "trace(a)", "determinant": "det(a)",
      "inverse": "inverse(a)", "solve": "solve(a, b)", "transpose": "a'", "concatenate 0": "concat(a, b)",
      "lowerTriangle": "tril(a)", "upperTriangle": "triu(a)", "diagonal": "diag(a)", "slice rows": "a[1:3]",
      "cumulativeSum -1": "cumsum(a)", "cumulativeSum 0": "cumsum(a, axis=0)",
      "unbiased variance all": "var(a, unbiased=1)", "unbiased variance 0": "var(a, axis=0, unbiased=1)",
      "unbiased variance 1 keeping": "var(a, axis=1, unbiased=1, keepdims=1)",
      "sum 1 keeping": "sum(a, axis=1, keepdims=1)", "max 1 keeping": "max(a, axis=1, keepdims=1)",
      "logSumExp 1 keeping": "logsumexp(a, axis=1, keepdims=1)", "softmax 1": "softmax(a, axis=1)",
      "cumulativeProduct -1": "cumprod(a)", "cumulativeProduct 0": "cumprod(a, axis=0)", "sorted -1": "sort(a)",
      "sorted 0 descending": "sort(a, axis=0, descending=1)", "argsort": "a*argsort(a)", "topK": "topk(a, 2)",
      "topK 0": "topk(a, 3, axis=0)", "lowerTriangle -1": "tril(a, -1)", "upperTriangle 1": "triu(a, 1)",
      "diagonal matrix": "diag(a)", "kronecker": "kron(a, b)", "oneHot": "onehot([2, 0], 3) @ a",
      "take": "take(a, [1, 1, 0])", "convolution 1": "conv1d(a, b)", "convolution 2": "conv2d(a, b)",
      "convolution 1 by 2": "conv1d(a, b, stride=2, padding=1)",
      "convolution 2 by 2": "conv2d(a, b, stride=2, padding=1)", "maxPooled 1": "maxpool1d(a, 2)",
      "maxPooled 2": "maxpool2d(a, 2, stride=1, padding=1)", "averagePooled 1": "avgpool1d(a, 3, stride=1)",
      "averagePooled 2": "avgpool2d(a, 2, padding=1)", "normalized": "layernorm(a)",
      "layer norm": "layernorm(a)*b + c + ones([4]) - 1 + zeros([3, 4])",
    ]
    for name in ["exp2", "log2", "log10", "erfc", "lgamma", "digamma", "sinc", "logSigmoid", "floor", "cbrt"] {
      all[name] = name.lowercased() + "(a)"
    }
    for name in ["atan2", "hypot", "logAddExp", "xlogy", "mod"] { all[name] = name.lowercased() + "(a, b)" }
    return all
  }()

  /// Einstein sums bear their formula in their name.
  private static func formula(_ golden: TensorGolden) -> String? {
    guard golden.name.hasPrefix("einsum ") else { return formulas[golden.name] }
    let operands = ["a", "b", "c"].prefix(golden.inputs.count).joined(separator: ", ")
    return "einsum(\"\(golden.name.dropFirst(7))\", \(operands))"
  }

  /// Formulas have no tensors without elements, and systems of one matrix alone.
  static let goldens = TensorGolden.read("tensor_operations.txt").filter { golden in
    let isSystem = ["determinant", "inverse", "solve"].contains(golden.name)
    return formula(golden) != nil && golden.inputs.allSatisfy { $0.shape.count > 0 && (!isSystem || $0.shape.rank < 3) }
  }

  @Test(arguments: goldens)
  func agreesWithPyTorch(_ golden: TensorGolden) throws {
    let program = try Program(parsing: try #require(Self.formula(golden)))
    let recorded = try RecordedProgram(program, at: Array(zip(["a", "b", "c"], golden.inputs)).map { ($0, $1) })
    golden.expect(recorded.output, of: recorded.inputs.map(\.variable), on: recorded.tape)
  }

  @Test func everyFormulaHasACase() {
    #expect(Set(Self.formulas.keys).subtracting(Self.goldens.map(\.name)).isEmpty)
    #expect(Self.goldens.count > 90)
  }
}
