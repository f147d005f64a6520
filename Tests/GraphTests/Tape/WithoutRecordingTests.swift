import Ops
import Testing

@Suite("Without gradients")
struct WithoutRecordingTests {
  @Test("stopGradient passes the value and nothing back")
  func stop() {
    let tape = Tape<Double>()
    let x = tape.parameter(3, "x")
    let y = x * stopGradient(x * x)
    #expect(y.value == 27)
    #expect(y.backward()[x] == 9)
    #expect(derivative(order: 2, at: 3.0) { x in x * stopGradient(x * x) } == 0)
  }

  @Test("withoutRecording leaves the tape as it is, also nested and when it throws")
  func scope() {
    struct Failure: Error {}
    let tape = Tape<Double>()
    let x = tape.parameter(3, "x")
    let y: Variable<Double> = tape.withoutRecording {
      let inner = tape.withoutRecording { sin(x) * x }
      return inner + clip(x * 2, 0, 5)
    }
    #expect(y.value == .sin(3) * 3 + 5)
    #expect(!y.isRecorded)
    #expect(tape.count == 1)
    #expect(throws: Failure.self) { try tape.withoutRecording { throw Failure() } }
    #expect(tape.isRecording)
    #expect((x * y).backward()[x] == y.value)
  }

  @Test("the result of a computation without recording is a plain number to another tape as well")
  func crossing() {
    let (one, two) = (Tape<Double>(), Tape<Double>())
    let x = one.parameter(3, "x")
    let number = one.withoutRecording { x * x }
    #expect((two.parameter(2, "w") * number).value == 18)
  }
}
