import Ops

/// Value, first and second derivatives (upper triangle of the Hessian) of an operation at a point.
struct Derivatives<E: Number> {
  let value: E
  let first: [E]
  let second: [E]

  /// By a walk, and by a walk over the recorded walk.
  init(backward operation: Operation, _ operands: [E]) {
    let tape = Tape<E>()
    let inputs = operands.map { tape.parameter($0) }
    let y: Variable<E> = operation.scalarRule.value(of: inputs)
    let gradients = y.backward()
    let rows = y.recordedGradients(by: inputs)
    value = y.value
    first = inputs.map { gradients[$0] }
    second = inputs.indices.flatMap { i in
      let row = rows[i].isRecorded ? rows[i].backward() : nil
      return inputs[i...].map { row?[$0] ?? 0 }
    }
  }

  /// By dual numbers of dual numbers: the outer tangent is the local gradient by operand i, and its own tangent
  /// that one's derivative by operand j, as in row i of the Hessian above.
  init(forward operation: Operation, _ operands: [E]) {
    func along(_ i: Int, _ j: Int) -> Dual<Dual<E>> {
      let inputs = operands.indices.map { k in
        Dual(Dual(operands[k], tangent: k == j ? 1 : 0), tangent: Dual(k == i ? 1 : 0))
      }
      return operation.scalarRule.value(of: inputs)
    }
    let places = operands.indices
    value = along(0, 0).value.value
    first = places.map { along($0, $0).value.tangent }
    second = places.flatMap { i in places[i...].map { j in along(i, j).tangent.tangent } }
  }
}
