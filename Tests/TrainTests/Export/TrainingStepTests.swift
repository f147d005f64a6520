import Graph
import Ops
import Testing
import Train
import XLAForTests

/// A training step that is exported does what the training does.
@Suite("Exported training steps by XLA", .enabled(if: XLA.isThere, "no Python with jax"))
struct TrainingStepTests {
  /// A training of five steps, as it is done here and as XLA is asked to do it.
  struct Run {
    let name: String
    let training: Training<Double>
    let steps: XLA.Case
    let names: [String]

    init(
      _ optimizer: any Optimizer, _ clipping: Clipping = .none, loss: Loss = .crossEntropy, penalty: Penalty = Penalty()
    ) throws {
      name = "\(optimizer) \(clipping) \(loss) \(penalty)"
      let tape = Tape<Double>()
      let network = Network(Architecture([4, 5, 3], activation: .tanh, output: .softmax), on: tape, seed: 3)
      let settings = Settings(
        optimizer, rate: .inverseSquareRoot(0.05), clipping: clipping, sampling: .inOrder, epochs: 5)
      training = try Training(of: network, on: tape, with: .iris, loss: loss, penalty: penalty, settings)
      let step = try TrainingStep(of: training)
      names = step.stateNames
      let state = try training.checkpoint()
      let x = training.data
      let rounds = (1...5).map { t in
        [
          Tensor(settings.rate(t)), Tensor(Double(t)),
          Tensor(x.inputs.values, shape: [x.count, x.inputs.width]),
          Tensor(x.targets.values, shape: [x.count, x.targets.width]),
        ]
      }
      let start = names.map { Tensor<Double>(state[$0]!.elements(), shape: Shape(state[$0]!.shape)) }
      steps = XLA.Case(step.module.text, start, rounds: rounds)
    }
  }

  @Test("every optimizer, with penalties and limits to gradients: five steps")
  func optimizers() throws {
    let runs =
      try OptimizerName.allCases.map { try Run($0.optimizer()) } + [
        Run(Momentum(), .norm(0.1), penalty: Penalty(l1: 0.01, l2: 0.1)), Run(Adam(), .elements(0.02)),
        Run(GradientDescent(), loss: .quadratic, penalty: Penalty(l2: 0.1)), Run(GradientDescent(), loss: .absolute),
      ]
    for (run, answer) in zip(runs, try XLA.answers(to: runs.map(\.steps))) {
      guard let rounds = answer.rounds, let last = rounds.last else {
        Issue.record("\(run.name): \(answer.error ?? "")")
        continue
      }
      let history = try run.training.run()
      let losses = zip(rounds, history.epochs).map { relative($0.last!, [$1.loss]) }
      let state = try run.training.checkpoint()
      let parameters = zip(run.names, last).map { relative($1, state[$0]!.elements()) }
      #expect(losses.count == 5 && (losses + parameters).max()! <= 1e-12, "\(run.name): \(losses) \(parameters)")
    }
  }

  private func relative(_ a: [Double], _ b: [Double]) -> Double {
    let size = max(1e-3, b.map(\.magnitude).max() ?? 0)
    return a.count == b.count ? zip(a, b).map { ($0 - $1).magnitude / size }.max() ?? 0 : .infinity
  }
}

@Suite("What cannot be exported")
struct ExportErrorTests {
  struct Own: Optimizer {
    func update<E: Number>(_ slot: Slot<E>, rate: Double, step: Int) {}
  }

  @Test("an optimizer of one's own, and a large constant, by name")
  func refused() throws {
    func message(_ body: () throws -> Void) -> String {
      do { try body() } catch { return "\(error)" }
      return ""
    }
    let tape = Tape<Double>()
    let w = tape.parameter(Tensor([1.0]), "w")
    let training = Training(on: tape, with: .commute, Settings(Own(), rate: .constant(1), epochs: 1)) { _, _ in
      (w * w).sum()
    }
    #expect(message { _ = try TrainingStep(of: training) }.hasPrefix("Own is stated for arrays only"))
    let x = Tensor<Double>.zeros([StableHLO.largestConstant + 1])
    let f = try RecordedFunction(at: [1.0]) { [x] in
      ($0[0] * $0[0].tape!.constant(Tensor([1.0] + x.elements.dropFirst()), "table")).sum()
    }
    #expect(message { _ = try StableHLO(f) }.hasPrefix("table has 65537 elements"))
  }
}
