import Ops
import Testing

/// What a program must not do, and the message that it stops with.
enum Misuse: String, CaseIterable, Codable, Sendable {
  case staleOperand, staleValue, staleAfterReset, releasedOperand, releasedValue, releasedWalk
  case addressUsedAgain, twoTapes, gradientOfOtherTape, addedToOtherTape, unrecordedWalk, unrecordedHook
  case overwritten, staleMark, tensorOutput, customCounts, customOrder, shapes, updatedTensor, updatedScalar
  case recordedAfterUpdate, replayedAfterUpdate, updatedIntermediate, updatedConstant, updatedResult, updatedShape
  case hookOnData, hookOfOtherShape

  var message: String {
    switch self {
    case .staleOperand: "multiply: stale variable: its tape was rewound or reset past node 1, or released"
    case .staleValue: "value: stale variable: its tape was rewound or reset past node 1, or released"
    case .staleAfterReset: "exp: stale variable: its tape was rewound or reset past node 0, or released"
    case .releasedOperand:
      "add: stale variable: its tape was released; hold the tape for as long as its variables are used"
    case .releasedValue:
      "value: stale variable: its tape was released; hold the tape for as long as its variables are used"
    case .releasedWalk:
      "backward: stale variable: its tape was released; hold the tape for as long as its variables are used"
    case .addressUsedAgain: "value: stale variable: its tape was rewound or reset past node 0, or released"
    case .twoTapes: "add: the variables belong to two different tapes"
    case .gradientOfOtherTape: "gradients: the variables belong to two different tapes"
    case .addedToOtherTape: "backward(into:): the variables belong to two different tapes"
    case .unrecordedWalk:
      "backward: the variable stands on no tape: it is a literal, or was computed without recording"
    case .unrecordedHook:
      "onBackward: the variable stands on no tape: it is a literal, or was computed without recording"
    case .overwritten: "gradients: node 1 was recorded after this walk, in place of another one: walk again"
    case .staleMark: "rewind: the mark is stale: the tape was rewound to before it, or reset"
    case .tensorOutput: "backward: the output must be a scalar, not a tensor of shape [2]"
    case .customCounts: "f: 1 inputs but 2 local gradients"
    case .customOrder: "f: derivatives of higher order need its `recorded` local gradients"
    case .updatedTensor:
      "backward: multiply at node 3 was recorded before the parameter w was updated: walk before the update, or rewind "
        + "and record again"
    case .updatedScalar:
      "backward: multiply at node 3 was recorded before the parameter x was updated: walk before the update, or rewind "
        + "and record again"
    case .recordedAfterUpdate:
      "recordedGradients: multiply at node 1 was recorded before the parameter x was updated: walk before the update, or "
        + "rewind and record again"
    case .replayedAfterUpdate:
      "backward: checkpoint at node 2 was recorded before the parameter x was updated: walk before the update, or rewind "
        + "and record again"
    case .updatedIntermediate: "update: q is no parameter, but the result of multiply"
    case .updatedConstant: "update: node 2 is no parameter, but a constant"
    case .updatedResult: "withElements: node 3 is no parameter, but the result of exp"
    case .updatedShape: "update: a parameter of shape [2] cannot take a number"
    case .hookOnData: "onBackward: X is data; its gradient is not computed"
    case .hookOfOtherShape: "onBackward: the gradient has shape [2], and the hook returned shape [3]"
    case .shapes: "matmul: [2, 3] × [4, 5]: inner dimensions 3 and 4 differ"
    }
  }

  func commit() {
    let tape = Tape<Double>()
    let x = tape.parameter(2, "x")
    let start = tape.mark()
    let y = x * x
    switch self {
    case .staleOperand:
      tape.rewind(to: start)
      _ = x + 1
      _ = y * x
    case .staleValue:
      tape.rewind(to: start)
      print(y.value)
    case .staleAfterReset:
      tape.reset()
      _ = tape.parameter(1)
      _ = exp(x)
    case .releasedOperand: _ = orphan() + 1
    case .releasedValue: print(orphan().value)
    case .releasedWalk: _ = orphan().backward()
    case .addressUsedAgain:
      let lost = orphan()
      let next = Tape<Double>()
      print(next.parameter(7).value, lost.value)
    case .twoTapes: _ = x + Regression().w
    case .gradientOfOtherTape:
      let other = Regression()
      print(y.backward()[other.w], other.tape.count)
    case .addedToOtherTape:
      let other = Regression()
      y.backward(into: other.c.backward())
      print(other.tape.count)
    case .unrecordedWalk: _ = Variable<Double>(3).backward()
    case .unrecordedHook: Variable<Double>(3).onBackward { $0 }
    case .overwritten:
      let g = y.backward()
      tape.rewind(to: start)
      print(g[x + 1])
    case .staleMark:
      let late = tape.mark()
      tape.rewind(to: start)
      _ = (x + 1) * x
      tape.rewind(to: late)
    case .tensorOutput: _ = tape.parameter(Tensor([1, 2]), "v").backward()
    case .customCounts: _ = tape.record("f", value: 1, inputs: [x], locals: [1, 2])
    case .customOrder: _ = tape.record("f", value: 1, inputs: [x], locals: [1]).recordedGradients(by: [x])
    case .shapes:
      let zeros = { tape.parameter(Tensor(repeating: 0, shape: $0)) }
      _ = matmul(zeros([2, 3]), zeros([4, 5]))
    case .updatedTensor, .updatedScalar:
      let w = tape.parameter(Tensor([1, 2]), "w")
      let sum = (x * w).sum()
      if self == .updatedTensor { tape.update(w, to: Tensor([3, 4])) } else { tape.update(x, to: 5) }
      _ = sum.backward()
    case .recordedAfterUpdate:
      tape.update(x, to: 5)
      print(y.recordedGradients(by: [x]))
    case .replayedAfterUpdate:
      let kept = checkpoint(x) { $0 * $0 }
      tape.update(x, to: 5)
      _ = kept.backward()
    case .updatedIntermediate: tape.update(y.named("q"), to: 3)
    case .updatedConstant: tape.update(tape.constant(1), to: 3)
    case .updatedResult:
      let result = exp(tape.parameter(Tensor([1, 2]), "w"))
      tape.withElements(of: result) { $0[0] = 1 }
    case .updatedShape: tape.update(tape.parameter(Tensor([1, 2]), "w"), to: 3)
    case .hookOnData: tape.constant(Tensor([1, 2]), "X").onBackward { $0 }
    case .hookOfOtherShape:
      let w = tape.parameter(Tensor([1, 2]), "w")
      w.onBackward { (_: Tensor<Double>) in Tensor([1, 2, 3]) }
      _ = w.sum().backward()
    }
    withExtendedLifetime(tape) {}
  }

  private func orphan() -> Variable<Double> { Tape<Double>().parameter(3) }
}

@Suite("Misuse stops with a message that names the cause")
struct MisuseTests {
  @Test(arguments: Misuse.allCases)
  func stops(misuse: Misuse) async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [misuse] in
      misuse.commit()
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("Fatal error: \(misuse.message)\n"), "\(text.prefix(300))")
  }
}
