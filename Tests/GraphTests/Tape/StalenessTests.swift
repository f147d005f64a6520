import Ops
import Testing

/// A variable that outlived its tape, or its part of the tape, stops the program; it never computes with what stands
/// at its place now.
@Suite struct StalenessTests {
  @Test func `a variable of a released tape, after the next tape took over its memory`() async {
    await #expect(processExitsWith: .failure) {
      func parameterOfReleasedTape() -> Variable<Double> {
        let tape = Tape<Double>()
        return withExtendedLifetime(tape) { tape.parameter(1) }
      }
      let stale = parameterOfReleasedTape()
      let tape = Tape<Double>()
      let x = tape.parameter(7)
      tape.rewind(to: tape.mark())
      #expect((x * x).value == 49)
      _ = stale * stale
    }
  }

  @Test func `a parameter of a released tape`() async {
    await #expect(processExitsWith: .failure) {
      func parameterOfRewoundTape() -> Variable<Double> {
        let tape = Tape<Double>()
        return withExtendedLifetime(tape) {
          let x = tape.parameter(1)
          tape.rewind(to: tape.mark())
          return x
        }
      }
      let stale = parameterOfRewoundTape()
      _ = stale * stale
    }
  }

  @Test func `a variable past which the tape was rewound`() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape<Double>()
      let x = tape.parameter(1)
      let start = tape.mark()
      let y = x * x
      tape.rewind(to: start)
      _ = x + x
      _ = y + x
    }
  }

  @Test func `variables of two tapes`() async {
    await #expect(processExitsWith: .failure) {
      let (one, other) = (Tape<Double>(), Tape<Double>())
      _ = one.parameter(1) * other.parameter(2)
    }
  }
}
