import Train

/// The workload recorded on a tape and walked backwards; the tape is rewound and reused as in a training loop.
func measureChainrule<W: ScalarWorkload>(_ workload: W, rounds: Int) -> (Measurement, bytes: Double) {
  let tape = Tape<Double>()
  let x = workload.inputs.map { tape.parameter($0) }
  let start = tape.mark()
  let before = tape.bytes
  var y = Variable<Double>(0)
  var gradients: Gradients<Double>?
  let measurement = measure(
    "Chainrule", workload, rounds: rounds,
    record: {
      tape.rewind(to: start)
      y = workload.value(x)
    },
    backward: { gradients = y.backward() },
    gradient: { x.map { gradients?[$0] ?? .nan } })
  return (measurement, Double(tape.bytes - before) / Double(workload.operations))
}

/// The workload without derivatives.
func measurePlainLoop(_ workload: some ScalarWorkload, rounds: Int) -> Samples {
  let x = opaque(workload.inputs)
  let evaluate = { _ = opaque(workload.value(x)) }
  let count = repetitions(evaluate)
  return Samples(
    (0..<rounds).map { _ in seconds { for _ in 0..<count { evaluate() } } / Double(count) })
}

/// The gradient a peer must agree with.
func referenceGradient(_ workload: some ScalarWorkload) -> [Double] {
  gradient(at: workload.inputs) { workload.value($0) }
}
