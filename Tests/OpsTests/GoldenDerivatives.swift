import Ops

/// Value, first and second derivatives (upper triangle of the Hessian) of an operation at a point.
struct Derivatives<E: Number> {
  let value: E
  let first: [E]
  let second: [E]

  private init(value: E, first: [E], second: [E]) { (self.value, self.first, self.second) = (value, first, second) }

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

  /// All points at once, as the elements of tensors: by a walk, and by a walk over the recorded walk.
  static func onTensors(_ operation: Operation, _ points: [[E]]) -> [Derivatives] {
    let tape = Tape<E>()
    let places = 0..<operation.scalarRule.arity
    let inputs = places.map { place in tape.parameter(Tensor(points.map { $0[place] })) }
    let y: Variable<E> = operation.scalarRule.value(of: inputs)
    let sum = y.sum()
    let gradients = sum.backward()
    let rows = sum.recordedGradients(by: inputs)
    let first = inputs.map { gradients.tensor(of: $0).elements }
    let second = places.flatMap { i in
      let row = rows[i].isRecorded ? rows[i].sum().backward() : nil
      return inputs[i...].map { row?.tensor(of: $0).elements ?? points.map { _ in 0 } }
    }
    let values = y.tensor.elements
    return points.indices.map { point in
      Derivatives(value: values[point], first: first.map { $0[point] }, second: second.map { $0[point] })
    }
  }
}
