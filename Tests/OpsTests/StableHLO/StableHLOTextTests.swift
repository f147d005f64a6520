import Foundation
import Ops
import Testing

/// Five small programs with their gradients, as they are written.
@Suite("StableHLO as text")
struct StableHLOTextTests {
  static let programs: [(name: String, text: String, inputs: [(name: String, value: Tensor<Double>)])] = [
    ("square", "c = (w*x - 2)^2", [("w", Tensor(5)), ("x", Tensor(1))]),
    ("choice", "y = where(x > 0, x, exp(x) - 1)", [("x", Tensor(0.5))]),
    (
      "layer", "z = tanh(x @ W + b); c = sum(z^2)/2",
      [("x", Tensor([[1, 2]])), ("W", Tensor([[0.5, -1, 2], [1, 0, 3]])), ("b", Tensor([0.1, 0.2, 0.3]))]
    ),
    ("classes", "c = -logsoftmax(z)[1]", [("z", Tensor([0.5, 1, -2]))]),
    ("system", "x = solve(A, b); c = sum(x)", [("A", Tensor([[2, 1], [0, 3]])), ("b", Tensor([[1.0], [2.0]]))]),
  ]

  /// WRITE_STABLEHLO=1 writes the files anew.
  @Test(arguments: programs.indices)
  func text(_ place: Int) throws {
    let (name, text, inputs) = Self.programs[place]
    let written = try StableHLO(RecordedFunction(Program(parsing: text), at: inputs), .valueWithGradient).text
    if ProcessInfo.processInfo.environment["WRITE_STABLEHLO"] != nil {
      try written.write(to: goldenFolder.appending(path: "stablehlo/\(name).mlir"), atomically: true, encoding: .utf8)
    }
    #expect(written == goldenFile("stablehlo/\(name).mlir"))
  }

  @Test("in single precision the numbers have eight digits")
  func single() throws {
    let f = try RecordedFunction(at: [Float(2)]) { $0[0] * 0.1 }
    #expect(try StableHLO(f).text.contains("dense<0x3DCCCCCD> : tensor<f32>"))
  }

  @Test("for several devices, with arguments that are given over")
  func distribution() throws {
    let f = try RecordedFunction(at: [Tensor([1.0]), Tensor([1.0, 2])]) { $0[0] * $0[1].sum() }
    let text = try StableHLO(f).text(for: Distribution(devices: 2, split: [1], donated: 1))
    #expect(text.contains("@chainrule attributes {mhlo.num_partitions = 2 : i32, mhlo.num_replicas = 1 : i32} {"))
    #expect(text.contains("%arg0: tensor<1xf64> {tf.aliasing_output = 0 : i32, mhlo.sharding = \"{replicated}\"}"))
    #expect(text.contains("%arg1: tensor<2xf64> {mhlo.sharding = \"{devices=[2]<=[2]}\"}"))
    #expect(text.contains("-> (tensor<1xf64> {mhlo.sharding = \"{replicated}\"})"))
  }
}
