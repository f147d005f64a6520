/// The scalar workloads: ours, the compiler's, the peers', in one run.
func runScalarBenchmarks(_ options: Options) {
  var tables = [
    table(of: Rosenbrock.self, options), table(of: Network.self, options), table(of: SinChain.self, options),
  ]
  tables[0].add(measureCompiler(Rosenbrock(size: 1_000), rounds: options.rounds))
  tables[2].add(measureCompiler(SinChain(size: SinChain.usualSize), rounds: options.rounds))
  for peer in Peer.scalar where options.peers?.contains(peer.key) ?? true {
    for measurement in peer.measured(as: Measurement.self, arguments: [String(options.rounds)]) {
      for index in tables.indices { tables[index].add(measurement) }
    }
  }
  for table in tables { print(table.table.text(markdown: options.markdown)) }
}

/// One workload's table, which checks every result before it shows a time.
struct ScalarTable {
  var table: Table
  let workload: String
  /// ns per operation of ours, recording and walking.
  let ours: Double
  /// The workload at the size a peer chose: its operations, and the gradient to agree with.
  let reference: (Int) -> (operations: Int, gradient: [Double])

  mutating func add(_ measurement: Measurement) {
    guard measurement.workload == workload else { return }
    let (operations, gradient) = reference(measurement.size)
    let difference = worstDifference(measurement.gradient, gradient)
    guard difference <= 1e-9 else {
      return note("left out \(measurement.system), \(workload): its gradient differs by \(difference)")
    }
    let perOperation = { (time: Double) in time / Double(operations) * 1e9 }
    let cell = { (samples: Samples?) in samples.map { short(perOperation($0.median)) } ?? "" }
    let both = measurement.both
    table.rows.append([
      measurement.system, grouped(measurement.size), cell(measurement.record), cell(measurement.backward),
      cell(both), "\(short(perOperation(both.fastest)))…\(short(perOperation(both.slowest)))",
      short(perOperation(both.median) / ours),
    ])
  }
}

private func table<W: ScalarWorkload>(of type: W.Type, _ options: Options) -> ScalarTable {
  let workload = W(size: W.usualSize)
  let plain = measurePlainLoop(workload, rounds: options.rounds)
  let (ours, bytes) = measureChainrule(workload, rounds: options.rounds)
  let nanoseconds = { (time: Double) in time / Double(workload.operations) * 1e9 }
  var table = ScalarTable(
    table: Table(
      title: W.name,
      remarks: [
        "\(grouped(workload.size)) \(W.unit), \(grouped(workload.operations)) operations.",
        "Plain loop without derivatives: \(short(nanoseconds(plain.median))) ns per operation;",
        "gradient/evaluation \(short(ours.both.median / plain.median)); \(short(bytes)) bytes per operation on the tape.",
      ],
      headings: ["ns per operation", W.unit, "record", "backward", "both", "fastest…slowest", "× ours"]),
    workload: W.name, ours: nanoseconds(ours.both.median),
    reference: { size in
      let workload = W(size: size)
      return (workload.operations, referenceGradient(workload))
    })
  table.add(ours)
  return table
}

/// The largest relative difference; infinite where one is not a number or missing.
private func worstDifference(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { worst, pair in
    let scale = max(abs(pair.0), abs(pair.1))
    let difference = scale == 0 ? 0 : abs(pair.0 - pair.1) / scale
    return difference.isNaN ? .infinity : max(worst, difference)
  }
}

private func grouped(_ count: Int) -> String {
  let digits = Array(String(count))
  return digits.indices.map { index in
    let left = digits.count - index
    return (index > 0 && left % 3 == 0 ? "," : "") + String(digits[index])
  }.joined()
}
