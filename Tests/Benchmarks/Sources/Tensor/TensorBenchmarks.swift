import Train

/// What one system needs for one workload on so many threads.
struct TensorMeasurement: Codable {
  let system: String
  let workload: String
  let threads: Int
  /// Per step.
  let seconds: Samples
  /// For the comparison with ours: a time counts only if the result is right.
  let loss: Double
  var megabytes: Double?
}

/// The tensor workloads on one thread and on two: ours, then the peers', in one run.
func runTensorBenchmarks(_ options: Options) {
  var all: [TensorMeasurement] = []
  for threads in options.threads {
    ComputeThreads.count = threads
    all += ours(options.rounds, threads)
    for peer in Peer.tensor where options.peers?.contains(peer.key) ?? true {
      all += peer.measured(as: TensorMeasurement.self, arguments: [String(threads), String(options.rounds)])
    }
  }
  for table in stepTables(all, options.threads) + [productTable(all, options.threads)] {
    print(table.text(markdown: options.markdown))
  }
}

private func ours(_ rounds: Int, _ threads: Int) -> [TensorMeasurement] {
  func line(_ workload: String, _ result: (loss: Double, times: Samples), _ megabytes: Double? = nil)
    -> TensorMeasurement
  {
    TensorMeasurement(
      system: chainrule, workload: workload, threads: threads, seconds: result.times, loss: result.loss,
      megabytes: megabytes)
  }
  let vectors = measureTenMillion(rounds: rounds)
  return [
    line("ten million", (vectors.loss, vectors.times), vectors.megabytes),
    line("four", measureFourElements(rounds: rounds)),
  ] + NetworkStep.all.map { line($0.key, $0.measured(rounds: rounds)) }
    + productSizes.map { line("product \($0)", (.nan, measureProduct($0, rounds: rounds))) }
}

private let chainrule = "Chainrule"

/// One table a workload: microseconds per step and how many times ours that is.
private func stepTables(_ all: [TensorMeasurement], _ threads: [Int]) -> [Table] {
  let titles =
    NetworkStep.all.map { (key: $0.key, title: $0.name) } + [
      ("four", "((a·b + c)·d).sum() and its gradient, 4 elements"),
      ("ten million", "mean((σ(w·x + b) − y)²) and its gradient, 10,000,000 elements"),
    ]
  return titles.map { key, title in
    let lines = all.filter { $0.workload == key }
    let reference = lines.first { $0.system == chainrule }
    let hasMemory = lines.contains { $0.megabytes != nil }
    var table = Table(
      title: title,
      headings: ["µs per step"] + threads.flatMap { [quantityOfThreads($0), "× ours"] }
        + (hasMemory ? ["memory, MB"] : []))
    for system in lines.map(\.system).uniqued() {
      let cells = threads.flatMap { count -> [String] in
        guard let ours = lines.first(where: { $0.system == chainrule && $0.threads == count }),
          let line = lines.first(where: { $0.system == system && $0.threads == count })
        else { return ["", ""] }
        guard agrees(line.loss, reference!.loss) else { return ["loss \(line.loss)", "differs"] }
        return [short(line.seconds.median * 1e6), short(line.seconds.median / ours.seconds.median)]
      }
      let memory = lines.first { $0.system == system }?.megabytes
      table.rows.append([system] + cells + (hasMemory ? [memory.map(short) ?? ""] : []))
    }
    if let loss = reference?.loss { table.remarks = ["Loss \(loss), on which all agree to a relative 1e-4."] }
    return table
  }
}

/// Single precision and another order of sums, over hundreds of steps of descent.
private func agrees(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-4 * max(abs(a), abs(b)) }

/// GFLOP/s of matrix products, and their share of the peak.
private func productTable(_ all: [TensorMeasurement], _ threads: [Int]) -> Table {
  let peak = { (count: Int) in
    all.first { $0.workload == "peak" && $0.threads == count }.map { Double(1 << 30) / $0.seconds.fastest / 1e9 }
  }
  let products = all.filter { $0.workload.hasPrefix("product") }
  let others = products.map(\.system).uniqued().filter { $0 != chainrule }
  var table = Table(
    title: "Matrix products N × N in Float, GFLOP/s",
    headings: ["N"]
      + threads.flatMap { count in
        ["ours, \(quantityOfThreads(count))", "of the peak"] + others.flatMap { ["\($0)", "ours / it"] }
      })
  for size in productSizes {
    let speed = { (system: String, count: Int) -> Double? in
      products.first { $0.system == system && $0.threads == count && $0.workload == "product \(size)" }
        .map { 2 * Double(size * size * size) / $0.seconds.median / 1e9 }
    }
    table.rows.append(
      ["\(size)"]
        + threads.flatMap { count -> [String] in
          guard let ours = speed(chainrule, count) else { return [] }
          let share = peak(count).map { "\(Int((100 * ours / $0 / Double(count)).rounded())) %" } ?? ""
          return [short(ours), share]
            + others.flatMap { other in
              speed(other, count).map { [short($0), short(ours / $0)] } ?? ["", ""]
            }
        })
  }
  return table
}

private func quantityOfThreads(_ count: Int) -> String { count == 1 ? "1 thread" : "\(count) threads" }

extension Sequence where Element: Hashable {
  /// The elements in the order of their first appearance.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
