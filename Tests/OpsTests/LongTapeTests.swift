#if !DEBUG
  import Foundation
  import Ops
  import Testing

  /// Long tapes, and many short ones, in release builds only. Each test runs in a process of its own: memory would
  /// tell of the tests beside it otherwise, and a walk that recursed would end the process, not the test run.
  @Suite struct LongTapeTests {
    /// 10,000,000 operations on one path: a function, a product of two nodes and a sum with a literal in turn.
    @Test func tenMillionOperations() async {
      await #expect(processExitsWith: .success) {
        let operations = 10_000_000
        let tape = Tape<Double>()
        let (x, w) = (tape.parameter(0.5), tape.parameter(0.9))
        let before = residentBytes()
        let y = chain(x, w)
        let gradients = y.backward()
        let resident = residentBytes() - before
        precondition(tape.count == operations + 2)

        let forward = jvp(at: [0.5, 0.9], along: [0, 1]) { p in chain(p[0], p[1]) }
        precondition(y.value == forward.value)
        precondition(abs(gradients[w] - forward.tangent) <= 1e-12 * abs(forward.tangent))
        precondition(forward.tangent != 0)

        let bytes = tape.bytes + gradients.count * MemoryLayout<Double>.stride
        precondition(bytes <= 60 * operations, "\(Double(bytes) / Double(operations)) bytes per operation")
        // Pages are touched as they are filled: what is reserved beyond does not count.
        precondition(resident <= 70 * operations, "resident: \(resident) bytes for \(operations) operations")
      }
    }

    /// A million rounds of recording, walking and rewinding on one tape, and of tapes made and released.
    @Test func millionRoundsInFlatMemory() async {
      await #expect(processExitsWith: .success) {
        let tape = Tape<Double>()
        let w = tape.parameter(0.5)
        let start = tape.mark()
        func round() {
          let loss = exp(w * 2) * sin(w) + w / 3
          tape.update(w, to: w.value - 1e-9 * loss.backward()[w])
          tape.rewind(to: start)
        }
        for _ in 0..<1000 { round() }
        let before = residentBytes()
        for _ in 0..<1_000_000 { round() }
        for n in 0..<100_000 { precondition(gradient(at: Double(n)) { x in x * x } == 2 * Double(n)) }
        let growth = residentBytes() - before
        // The first million rounds touch 1 MB of code and tables; a block of 16 bytes left per round would be 16 MB.
        precondition(growth < 4 << 20, "resident memory grew by \(growth) bytes")
      }
    }
  }

  private func chain<A: Algebra>(_ x: A, _ w: A) -> A {
    var y = x
    for _ in 0..<3_333_333 { y = sin(y) * w + 0.25 }
    return y * y
  }

  /// The memory this process has in use; 0 where the system does not say.
  private func residentBytes() -> Int {
    let fields = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
    return (fields.flatMap { Int($0[1]) } ?? 0) * Int(getpagesize())
  }
#endif
