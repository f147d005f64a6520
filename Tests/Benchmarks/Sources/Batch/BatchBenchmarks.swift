import Train

/// Functions at many points: recorded anew at each on a tape, and recorded once and run over strips.
func runBatchBenchmarks(_ options: Options) {
  var table = Table(
    title: "Batches",
    remarks: [
      "ns per elementary operation, values and gradients; of one thread processor time, of several by the clock on the wall.",
      "Of the network and the option the gradient of the sum by what all points share, of Rosenbrock at each point.",
    ],
    headings: ["", "points", "tape"] + options.threads.map { "\($0) thread\($0 == 1 ? "" : "s")" } + ["tape : strips"])
  for workload in BatchWorkload.all { table.rows.append(row(workload, options)) }
  for peer in Peer.batch where options.peers?.contains(peer.key) ?? true {
    for measurement in peer.measured(as: Measurement.self, arguments: [String(options.rounds)]) {
      guard let workload = BatchWorkload.all.first(where: { $0.name == measurement.workload }) else { continue }
      let each = measurement.both.median / Double(workload.operations * workload.count) * 1e9
      let blank = options.threads.map { _ in "" }
      table.rows.append(
        ["\(measurement.workload), \(measurement.system)", "\(workload.count)", "", short(each)] + blank)
    }
  }
  print(table.text(markdown: options.markdown))
}

private func row(_ workload: BatchWorkload, _ options: Options) -> [String] {
  let nanoseconds = { (time: Double) in time / Double(workload.operations * workload.count) * 1e9 }
  // A tape takes so long that fewer points are enough.
  let some = min(workload.count, 3_200)
  let tape = Samples((0..<options.rounds).map { _ in seconds { _ = opaque(onTape(workload, some)) } })
  let perOperation = nanoseconds(tape.median) * Double(workload.count) / Double(some)
  let function = try! RecordedFunction(at: Array(workload.points.elements[..<workload.width]) + workload.shared) {
    workload.value(Array($0[..<workload.width]), Array($0[workload.width...]))
  }
  let many = try! BatchedFunction(function, shared: Array(workload.width..<workload.width + workload.shared.count))
  let gradients: BatchedFunction<Double>.Gradients = workload.shared.isEmpty ? .all : .shared
  let before = ComputeThreads.count
  defer { ComputeThreads.count = before }
  let times = options.threads.map { threads in
    ComputeThreads.count = threads
    let run = { _ = opaque(many(points: workload.points, shared: workload.shared, gradients: gradients)) }
    run()
    return nanoseconds(Samples((0..<options.rounds).map { _ in threads == 1 ? seconds(run) : wallTime(run) }).median)
  }
  return [workload.name, "\(workload.count)", short(perOperation)] + times.map(short) + [short(perOperation / times[0])]
}

/// The gradient of the sum over some points, each recorded and walked back on its own.
private func onTape(_ workload: BatchWorkload, _ count: Int) -> Double {
  let tape = Tape<Double>()
  let shared = workload.shared.map { tape.parameter($0) }
  let point = (0..<workload.width).map { tape.parameter(workload.points.elements[$0]) }
  let start = tape.mark()
  let gradients = workload.value(point, shared).backward()
  var sum = 0.0
  for index in 0..<count {
    for column in 0..<workload.width {
      tape.update(point[column], to: workload.points.elements[index * workload.width + column])
    }
    tape.rewind(to: start)
    let y = workload.value(point, shared)
    sum += y.value
    y.backward(into: gradients)
  }
  return sum + (shared.first ?? point[0]).value
}
