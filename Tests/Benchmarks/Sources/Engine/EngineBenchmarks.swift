import Train

/// One step of a network by whoever can take it: recorded anew on a tape, recorded once, and by a PJRT plugin.
func runEngineBenchmarks(_ options: Options) throws {
  let engine = try options.plugin.map { try Engine(plugin: $0) }
  var table = Table(
    title: "Steps of a network",
    remarks: [
      "µs per step of gradient descent, by the clock on the wall, the median round; on \(options.threads[0]) of our threads, "
        + "the plugin on as many as it likes.",
      "The plugin gets every batch anew; its parameters stay with it.",
    ],
    headings: ["", "tape", "recorded once", "plugin", "to compile, s", "module, kB"])
  ComputeThreads.count = options.threads[0]
  for workload in NetworkStep.all {
    let tape = workload.measured(rounds: options.rounds)
    let recorded = try RecordedStep(workload).measured(rounds: options.rounds)
    var cells = [short(tape.times.median * 1e6), agreed(recorded, tape)]
    if let engine {
      let (loss, times, compiling, size) = try workload.measured(by: engine, rounds: options.rounds)
      cells += [agreed((loss, times), tape), short(compiling), short(Double(size) / 1000)]
    } else {
      cells += ["", "", ""]
    }
    table.rows.append([workload.name] + cells)
  }
  print(table.text(markdown: options.markdown))
}

private func agreed(_ result: (loss: Double, times: Samples), _ tape: (loss: Double, times: Samples)) -> String {
  guard abs(result.loss - tape.loss) <= 1e-4 * abs(tape.loss) else { return "loss \(result.loss)" }
  return "\(short(result.times.median * 1e6)) (\(short(result.times.median / tape.times.median)) ×)"
}

/// The loss taken from the tape once, and recorded from there in every step.
private final class RecordedStep {
  private let run: NetworkStep.Run
  private let function: RecordedFunction<Float>

  init(_ workload: NetworkStep) throws {
    run = NetworkStep.Run(workload)
    let (x, y) = (run.inputs[0], run.targets[0])
    function = try RecordedFunction(from: run.parameters + [x, y], to: [run.loss(x, y, run.parameters)])
    run.tape.rewind(to: run.mark)
  }

  func measured(rounds: Int) -> (loss: Double, times: Samples) {
    run.measured(rounds: rounds) { [function] x, y, p in function(p + [x, y]) }
  }
}

extension NetworkStep {
  /// What ``TrainingStep`` exports, compiled: the loss of the last step of the first round, the seconds per step of each round
  /// after it, the seconds to compile it and the bytes of its text.
  fileprivate func measured(
    by engine: Engine, rounds: Int
  ) throws -> (loss: Double, times: Samples, compiling: Double, size: Int) {
    let run = Run(self)
    let batches = zip(run.inputs, run.targets).map { ($0.tensor, $1.tensor) }
    let data = Dataset(
      inputs: Rows(batches[0].0.elements, width: layers[0]), targets: Rows(batches[0].1.elements, width: 10))
    let settings = Settings(rate: .constant(Double(rate)), sampling: .inOrder, epochs: 1)
    let training = Training(on: run.tape, with: data, settings) { x, y in run.loss(x, y, run.parameters) }
    let step = try TrainingStep(of: training)
    var module: CompiledModule<Float>?
    let compiling = try timed {
      module = try engine.compile(step.module, Float.self, Distribution(donated: step.stateNames.count))
    }
    let loop = try module!.loop(from: run.parameters.map(\.tensor))
    var number: Float = 0
    func round() throws -> Float {
      var last: Float = 0
      for index in 0..<steps {
        number += 1
        let (x, y) = batches[index % NetworkStep.batches]
        last = try loop.step([Tensor(rate), Tensor(number), x, y])[0].elements[0]
      }
      return last
    }
    let loss = Double(try round())
    var times: [Double] = []
    for _ in 0..<rounds { times.append(try timed { _ = try round() } / Double(steps)) }
    return (loss, Samples(times), compiling, step.module.text.utf8.count)
  }

  private func timed(_ body: () throws -> Void) throws -> Double {
    var failure: (any Error)?
    let time = wallTime { do { try body() } catch { failure = error } }
    if let failure { throw failure }
    return time
  }
}
