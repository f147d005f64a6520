import Foundation
import Graph
import Ops
import Testing

/// A PJRT plugin, which CHAINRULE_PJRT_PLUGIN names, runs what is exported.
@Suite("PJRT plugins")
struct EngineTests {
  static let plugin: String? = {
    let path = ProcessInfo.processInfo.environment["CHAINRULE_PJRT_PLUGIN"]
    if path == nil { print("PJRT: skipped, for CHAINRULE_PJRT_PLUGIN names no plugin") }
    return path
  }()

  @Test("values and gradients of tensors, in both precisions", .enabled(if: plugin != nil, "no plugin"))
  func gradients() throws {
    let engine = try Engine(plugin: Self.plugin!)
    #expect(engine.deviceCount > 0 && !engine.platform.isEmpty)
    func loss<E: Number>(_ x: [Variable<E>]) -> Variable<E> {
      square(tanh(matmul(x[0], x[1])) - x[2]).mean() + erf(x[1]).sum()
    }
    let x = [
      Tensor([[1.0, 2, 3], [-1, 0.5, 2]]), Tensor([[0.3, -0.2], [0.5, 0.1], [-0.4, 0.7]]), Tensor([0.1, -0.3]),
    ]
    let f = try RecordedFunction(at: x) { loss($0) }
    let answer = try engine.compile(StableHLO(f, .valueWithGradient), Double.self)(x)
    let wanted = valueWithGradient(at: x) { loss($0) }
    #expect(abs(answer[0].elements[0] - wanted.value) <= 1e-14)
    for (found, gradient) in zip(answer.dropFirst(), wanted.gradients) {
      #expect(relativeError(found, gradient) <= 1e-14)
    }

    let single = x.map { Tensor($0.elements.map { Float($0) }, shape: $0.shape) }
    let g = try RecordedFunction(at: single) { loss($0) }
    let value = try engine.compile(StableHLO(g), Float.self)(single)[0].elements[0]
    #expect(abs(Double(value) - wanted.value) <= 1e-6)
  }

  @Test("fifty steps of gradient descent, as on the tape", .enabled(if: plugin != nil, "no plugin"))
  func descent() throws {
    let engine = try Engine(plugin: Self.plugin!)
    let f = try RecordedFunction(at: [0.0, 0.0]) { RecordedFunctionTests.rosenbrock($0) }
    let compiled = try engine.compile(StableHLO(f, .valueWithGradient), Double.self)
    var (there, here) = ([-1.0, 1.5], [-1.0, 1.5])
    for _ in 0..<50 {
      let slopes = try compiled(there.map { Tensor($0) }).dropFirst().map { $0.elements[0] }
      there = zip(there, slopes).map { $0 - 1e-3 * $1 }
      here = zip(here, f.gradient(at: here)).map { $0 - 1e-3 * $1 }
    }
    #expect(zip(there, here).allSatisfy { abs($0 - $1) <= 1e-12 })
  }

  @Test("other labels than those of the recording, on two devices too", .enabled(if: plugin != nil, "no plugin"))
  func labels() throws {
    let engine = try Engine(plugin: Self.plugin!)
    let x = Tensor([[0.5, -1, 2], [1, 0.3, -0.4]])
    func loss(_ z: Variable<Double>, _ labels: [Int]) -> Variable<Double> { softmaxCrossEntropy(z, labels: labels) }
    let module = try StableHLO(RecordedFunction(at: [x]) { loss($0[0], [2, 0]) }, .valueWithGradient)
    for devices in 1...min(2, engine.deviceCount) {
      let compiled = try engine.compile(module, Double.self, Distribution(devices: devices, split: [0, 1]))
      for labels in [[2, 0], [1, 1]] {
        let wanted = valueWithGradient(at: [x]) { loss($0[0], labels) }
        let found = try compiled([x], indices: [labels])
        #expect(abs(found[0].elements[0] - wanted.value) <= 1e-14)
        #expect(relativeError(found[1], wanted.gradients[0]) <= 1e-14, "\(devices)")
      }
      #expect(try compiled([x])[0] == compiled([x], indices: [[2, 0]])[0])
      for (lists, message) in [
        ([[0, 3]], "labels: no index 3 among 3"), ([[0]], "labels: 1 of them in place of 2"),
        ([], "the module takes 1 list of indices, not 0"),
      ] {
        #expect { try compiled([x], indices: lists) } throws: { "\($0)" == message }
      }
    }
  }

  @Test("what the compiler refuses is told", .enabled(if: plugin != nil, "no plugin"))
  func mistakes() throws {
    let engine = try Engine(plugin: Self.plugin!)
    let f = try RecordedFunction(at: [1.0]) { tanh($0[0]) }
    let compiled = try engine.compile(StableHLO(f), Double.self)
    #expect(throws: EngineError.self) { try compiled([]) }
    // A module of another precision than its arguments.
    #expect(throws: EngineError.self) { try engine.compile(StableHLO(f), Float.self)([Tensor(1)]) }
  }

  @Test("files that are no plugins")
  func files() {
    func message(_ path: String) -> String {
      do throws(EngineError) {
        _ = try Engine(plugin: path)
        return ""
      } catch { return error.description }
    }
    #expect(message("/nowhere/plugin.so").hasPrefix("/nowhere/plugin.so: cannot be loaded: "))
    #expect(
      message("libm.so.6") == "libm.so.6: is no PJRT plugin: it has no GetPjrtApi"
        || message("libm.so.6").contains("loaded"))
  }
}
