import Foundation
import Graph
import Ops
import Testing
import Train

/// Exported training steps by a PJRT plugin, which CHAINRULE_PJRT_PLUGIN names; on several devices where it has them, as
/// with XLA_FLAGS=--xla_force_host_platform_device_count=4.
@Suite("Training steps by a PJRT plugin")
struct EngineTrainingTests {
  static let plugin = ProcessInfo.processInfo.environment["CHAINRULE_PJRT_PLUGIN"]

  private static func examples<E: Number>(_ count: Int, _ width: Int, _ classes: Int) -> Dataset<E> {
    var numbers = SplitMix64(state: 7)
    let inputs = (0..<count * width).map { _ in E(Double.random(in: -1...1, using: &numbers)) }
    return Dataset(
      inputs: Rows(inputs, width: width), labels: (0..<count).map { $0 * 7 % classes },
      classes: (0..<classes).map { "\($0)" })
  }

  /// Losses and parameters after some steps on devices, as far as they are from those of the tape, relatively.
  private func difference<E: Number>(
    _ engine: Engine, _ sizes: [Int], _ data: Dataset<E>, steps: Int, devices: Int
  ) throws -> Double {
    let tape = Tape<E>()
    let network = Network(Architecture(sizes, activation: .tanh, output: .softmax), on: tape, seed: 3)
    let settings = Settings(Momentum(), rate: .constant(0.05), sampling: .inOrder, epochs: steps)
    let training = try Training(of: network, on: tape, with: data, loss: .crossEntropy, settings)
    let step = try TrainingStep(of: training)
    let state = try training.checkpoint()
    let start = step.stateNames.map { Tensor<E>(state[$0]!.elements(), shape: Shape(state[$0]!.shape)) }
    let distribution = Distribution(
      devices: devices, split: [start.count + 2, start.count + 3], donated: start.count)
    let loop = try engine.compile(step.module, E.self, distribution).loop(from: start)
    let batch = [training.data.inputs, training.data.targets].map { Tensor($0.values, shape: [$0.count, $0.width]) }
    let losses = try (1...steps).map { t in
      try loop.step([Tensor(0.05), Tensor(E(t))] + batch)[0].elements[0]
    }
    let history = try training.run()
    let after = try training.checkpoint()
    let parameters = zip(step.stateNames, try loop.state()).map { relative($1.elements, after[$0]!.elements()) }
    return max(relative(losses, history.epochs.map { E($0.loss) }), parameters.max()!)
  }

  private func relative<E: Number>(_ a: [E], _ b: [E]) -> Double {
    let size = max(1e-3, b.map { abs(Double($0)) }.max() ?? 0)
    return a.count == b.count ? zip(a, b).map { abs(Double($0) - Double($1)) / size }.max() ?? 0 : .infinity
  }

  @Test("fifty steps on 1, 2 and 4 devices", .enabled(if: plugin != nil, "no plugin"))
  func devices() throws {
    let engine = try Engine(plugin: Self.plugin!)
    for count in [1, 2, 4] {
      guard count <= engine.deviceCount else {
        print("PJRT: \(count) devices were not tried, for \(engine.platform) has \(engine.deviceCount)")
        continue
      }
      let error = try difference(
        engine, [6, 5, 3], Self.examples(24, 6, 3) as Dataset<Double>, steps: 50, devices: count)
      #expect(error <= 1e-10, "\(count) devices: \(error)")
    }
  }

  @Test("donated parameters of a large network, three steps", .enabled(if: plugin != nil, "no plugin"))
  func donation() throws {
    let engine = try Engine(plugin: Self.plugin!)
    let data: Dataset<Float> = Self.examples(16, 784, 10)
    let error = try difference(engine, [784, 2048, 2048, 10], data, steps: 3, devices: 1)
    #expect(error <= 1e-4, "\(error)")
  }

  /// Epochs with a smaller last batch, Adam's memory, test examples and a checkpoint: as the tape has them.
  @Test("a whole training by the plugin", .enabled(if: plugin != nil, "no plugin"))
  func training() throws {
    let engine = try Engine(plugin: Self.plugin!)
    func trained(_ devices: Int?) throws -> (History, Safetensors) {
      let data: Dataset<Double> = Self.examples(26, 6, 3)
      let tape = Tape<Double>()
      let network = Network(Architecture([6, 5, 3], activation: .tanh, output: .softmax), on: tape, seed: 3)
      let settings = Settings(Adam(), rate: .constant(0.05), batch: 8, epochs: 4, seed: 9)
      let training = try Training(
        of: network, on: tape, with: data, loss: .crossEntropy, penalty: Penalty(l2: 0.01), settings)
      training.testing = training.data
      if let devices { try training.takeSteps(on: engine, devices: devices) }
      return (try training.run(), try training.checkpoint())
    }
    let (right, file) = try trained(nil)
    for devices in [1, 2] where devices <= engine.deviceCount {
      let (history, other) = try trained(devices)
      #expect(relative(history.epochs.map(\.loss), right.epochs.map(\.loss)) < 1e-12)
      #expect(relative(history.epochs.map { $0.testLoss! }, right.epochs.map { $0.testLoss! }) < 1e-12)
      for name in file.names {
        let (found, expected): ([Double], [Double]) = (try #require(other[name]).elements(), file[name]!.elements())
        #expect(relative(found, expected) < 1e-10, "\(name)")
      }
    }
  }

  @Test("more devices than there are, and rows that cannot be split", .enabled(if: plugin != nil, "no plugin"))
  func mistakes() throws {
    let engine = try Engine(plugin: Self.plugin!)
    let f = try RecordedFunction(at: [Tensor([1.0, 2, 3])]) { square($0[0]).sum() }
    let module = try StableHLO(f)
    #expect(throws: EngineError.self) { try engine.compile(module, Double.self, Distribution(devices: 100)) }
    guard engine.deviceCount > 1 else { return }
    let two = try engine.compile(module, Double.self, Distribution(devices: 2, split: [0]))
    #expect(throws: EngineError.self) { try two([Tensor([1, 2, 3])]) }
  }
}
