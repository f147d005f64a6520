import Train

/// Functions at many points: recorded anew at each on a tape, and recorded once and run over strips.
func runBatchBenchmarks(_ options: Options) {
  var table = Table(
    title: "Batches",
    remarks: [
      "ns per elementary operation, values and gradients, the fastest round.",
      "One thread by processor time, several by the clock on the wall.",
      "Of the network and the option the gradient of the sum by what all points share, of Rosenbrock at each point.",
    ],
    headings: [""] + BatchWorkload.all.map { "\($0.name), \($0.count) points" })
  let ours = BatchWorkload.all.map { StripTimes($0, options) }
  func add(_ system: String, _ times: [Double?]) { table.rows.append([system] + times.map { $0.map(short) ?? "" }) }
  for (place, threads) in options.threads.enumerated() {
    add("Chainrule, strips, \(threads) thread\(threads == 1 ? "" : "s")", ours.map { $0.byThreads[place] })
  }
  add("Chainrule, tape, 1 thread", ours.map(\.tape))
  for peer in Peer.batch where options.peers?.contains(peer.key) ?? true {
    let measured = peer.measured(as: Measurement.self, arguments: [String(options.rounds)])
    guard let system = measured.first?.system else { continue }
    add(
      system + ", 1 thread",
      ours.map { ours in
        guard let theirs = measured.first(where: { $0.workload == ours.workload.name }) else { return nil }
        guard ours.agrees(with: theirs.gradient) else {
          note("\(system): another gradient of \(ours.workload.name)")
          return nil
        }
        return theirs.both.fastest / Double(ours.workload.operations * theirs.size) * 1e9
      })
  }
  print(table.text(markdown: options.markdown))
}

/// What we need for one workload, in ns per operation.
private struct StripTimes {
  let workload: BatchWorkload
  let tape: Double
  /// By the numbers of threads that were asked for.
  let byThreads: [Double]
  /// By what is shared, or point by point.
  private let gradient: [Double]

  init(_ workload: BatchWorkload, _ options: Options) {
    let nanoseconds = { (time: Double, points: Int) in time / Double(workload.operations * points) * 1e9 }
    // A tape takes so long that fewer points are enough.
    let some = min(workload.count, 3_200)
    let onTapes = Samples((0..<options.rounds).map { _ in seconds { _ = opaque(onTape(workload, some)) } })
    let function = try! RecordedFunction(at: Array(workload.points.elements[..<workload.width]) + workload.shared) {
      workload.value(Array($0[..<workload.width]), Array($0[workload.width...]))
    }
    let many = try! BatchedFunction(function, shared: Array(workload.width..<workload.width + workload.shared.count))
    let gradients: BatchedFunction<Double>.Gradients = workload.shared.isEmpty ? .all : .shared
    let run = { many(points: workload.points, shared: workload.shared, gradients: gradients) }
    let before = ComputeThreads.count
    defer { ComputeThreads.count = before }
    byThreads = options.threads.map { threads in
      ComputeThreads.count = threads
      let once = { _ = opaque(run()) }
      once()
      let times = (0..<options.rounds).map { _ in threads == 1 ? seconds(once) : wallTime(once) }
      return nanoseconds(Samples(times).fastest, workload.count)
    }
    let answer = run()
    gradient = answer.pointGradients?.elements ?? answer.sharedGradient
    (self.workload, tape) = (workload, nanoseconds(onTapes.fastest, some))
  }

  /// Whether a gradient is ours, as far as it is given: those of random paths, which are others, are not.
  func agrees(with theirs: [Double]) -> Bool {
    zip(gradient, theirs).allSatisfy { abs($0 - $1) <= 1e-9 * max(1, abs($0)) }
  }
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
