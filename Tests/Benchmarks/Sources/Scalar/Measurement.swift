/// What one system needs for one workload.
struct Measurement: Codable {
  let system: String
  let workload: String
  let size: Int
  /// Computing the value so that the backward walk can follow; nil where a system does both in one.
  let record: Samples?
  let backward: Samples?
  let both: Samples
  /// For the comparison with ours: a time counts only if the result is right.
  let gradient: [Double]
}

/// Records and walks `rounds` times, one after the other as a training step does, and once more before that to
/// warm up: memory is then at hand, for everybody.
func measure(
  _ system: String, _ workload: some ScalarWorkload, rounds: Int,
  record: () -> Void, backward: () -> Void, gradient: () -> [Double]
) -> Measurement {
  record()
  backward()
  let times = (0..<rounds).map { _ in (record: seconds(record), backward: seconds(backward)) }
  return Measurement(
    system: system, workload: type(of: workload).name, size: workload.size,
    record: Samples(times.map(\.record)), backward: Samples(times.map(\.backward)),
    both: Samples(times.map { $0.record + $0.backward }), gradient: gradient())
}
