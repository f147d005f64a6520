import Ops
import Testing

/// Values in range of what squares or exponentials would leave.
@Suite struct RangeTests {
  @Test(arguments: [1e200, 1, 1e-200, 0x1p-1030, 1e300])
  func norms(_ unit: Double) {
    let tape = Tape<Double>()
    let x = tape.parameter(Tensor([3 * unit, 4 * unit]))
    let y = x.norm()
    #expect(y.value == 5 * unit)
    let slope = y.backward().tensor(of: x).elements
    #expect(zip(slope, [0.6, 0.8]).allSatisfy { ($0 - $1).magnitude < 1e-15 })
    let formula = try? Program(parsing: "norm(x)").valueWithGradient(at: ["x": 3 * unit])
    #expect(formula?.value == 3 * unit)
  }

  @Test func secondDerivativesOfNorms() {
    // (I − x̂·x̂ᵀ)/‖x‖
    let rows = hessian(at: [3e200, 4e200]) { hypot($0[0], $0[1]) }
    #expect(rows.flatMap { $0 }.allSatisfy { $0.magnitude < 1e-199 })
    let tape = Tape<Double>()
    let x = tape.parameter(Tensor([3e200, 4e200]))
    let row = x.norm().recordedGradients(by: [x])[0][0].backward().tensor(of: x).elements
    #expect(zip(row, [0.64 / 5e200, -0.48 / 5e200]).allSatisfy { ($0 - $1).magnitude < 1e-216 })
  }

  @Test func infiniteAndEmptyNorms() {
    let tape = Tape<Double>()
    #expect(tape.constant(Tensor([.infinity, 1])).norm().value == .infinity)
    #expect(tape.constant(Tensor([0.0, 0])).norm().value == 0)
    #expect(gradient(at: Tensor([0.0, 0])) { $0.norm() }.elements == [0, 0])
    let rows = gradient(at: Tensor([[0.0, 0], [3, 4]])) { $0.norm(2, [1]).sum() }.elements
    #expect(zip(rows, [0, 0, 0.6, 0.8]).allSatisfy { ($0 - $1).magnitude < 1e-15 })
    #expect(gradient(at: Tensor([2.0, 2])) { $0.standardDeviation() }.elements == [0, 0])
    #expect(tape.constant(Tensor([.nan, 1])).norm().value.isNaN)
  }

  /// Two equal entries share, however large they are.
  @Test(arguments: [0, 1e16, -1e16, 1e300]) func equalEntries(_ entry: Double) {
    let tape = Tape<Double>()
    let x = tape.parameter(Tensor([entry, entry]))
    #expect(x.logSumExp().backward().tensor(of: x).elements == [0.5, 0.5])
    #expect(x.softmax()[0].backward().tensor(of: x).elements == [0.25, -0.25])
  }

  @Test func logLossOfWhatIsSure() {
    let tape = Tape<Double>()
    let z = tape.parameter(Tensor([40.0, -40, 800]))
    let loss = logLoss(logits: z, tape.constant(Tensor([1.0, 0, 1])), .none)
    #expect(zip(loss.tensor.elements, [4.248354255291589e-18, 4.248354255291589e-18, 0]).allSatisfy { $0 == $1 })
    let slope = loss.sum().backward().tensor(of: z).elements
    #expect(zip(slope, [-4.248354255291589e-18, 4.248354255291589e-18, 0]).allSatisfy { ($0 - $1).magnitude < 1e-32 })
  }

  @Test func powersOfZero() {
    let tape = Tape<Double>()
    let x = tape.parameter(Tensor([1.0, 2]))
    let first = pow(x.logSoftmax(), 0).sum().recordedGradients(by: [x])[0]
    let second = first.isRecorded ? first.sum().backward().tensor(of: x).elements : [0, 0]
    #expect(second == [0, 0])
    let far = -800.0
    #expect(logSigmoid(far) == far)
  }
}
