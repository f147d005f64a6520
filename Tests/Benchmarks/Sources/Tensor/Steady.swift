import Foundation
import Train

/// Many training steps of [784,30,10] and of a loop of the library: resident memory and calls of the allocator.
///
/// The process runs itself again under a counter that stands before the C library's allocator.
func runSteadyBenchmark() {
  guard let counter = dlsym(UnsafeMutableRawPointer(bitPattern: 0), "allocation_count") else { return startCounted() }
  let count = unsafeBitCast(counter, to: (@convention(c) () -> Int).self)
  let run = NetworkStep.Run(NetworkStep.all[0])
  var watch = Watch(name: "expressions, [784,30,10], batch 10", count: count)
  for step in 0...101_000 / run.workload.steps {
    run.round { run.loss($0, $1, $2) }
    watch.look(after: (step + 1) * run.workload.steps)
  }

  let tape = Tape<Double>()
  let network = Train.Network(Architecture([4, 8, 3], output: .softmax), on: tape, seed: 1)
  let settings = Settings(rate: .constant(0.01), batch: 1, epochs: 700)
  guard let training = try? Training(of: network, on: tape, with: .iris, loss: .crossEntropy, settings) else {
    return note("steady: the training was refused")
  }
  watch = Watch(name: "Training, [4,8,3], epochs of 150 steps", count: count)
  training.observe = { if case .step(let number, _) = $0 { watch.look(after: number) } }
  _ = try? training.run()
}

/// Compares what was in use after 1,000 steps with what is after 100,000 more.
private struct Watch {
  let name: String
  let count: () -> Int
  private var start: (memory: Double, calls: Int)?
  private var isDone = false

  init(name: String, count: @escaping () -> Int) { (self.name, self.count) = (name, count) }

  mutating func look(after steps: Int) {
    if start == nil, steps >= 1000 { start = (residentMemory("VmRSS"), count()) }
    guard let start, steps >= 101_000, !isDone else { return }
    isDone = true
    let (calls, memory) = (count() - start.calls, residentMemory("VmRSS") - start.memory)
    print("\(name): \(calls) allocations in 100,000 steps, \(memory) MB more resident memory")
  }
}

private func startCounted() {
  do {
    let library = try Peer(key: "allocations", source: "allocations.c", libraries: ["-ldl"], origin: "").library()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = ["steady"]
    process.environment = ProcessInfo.processInfo.environment.merging(["LD_PRELOAD": library]) { $1 }
    print(try output(of: process), terminator: "")
  } catch {
    note("steady: \((error as? Failure)?.message ?? "\(error)")")
  }
}
