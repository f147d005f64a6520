// The values of elementwise operations on a tape.

extension Tape {
  /// Computes the elements of an elementwise operation.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  func compute(_ rule: any ElementwiseRule.Type, _ index: Int) {
    let record = tensors.pointer(index)
    let count = record.pointee.shape.count
    let y = arena.pointee.take(bytes: count * MemoryLayout<Element>.size)
    record.pointee.base = y
    workspace.begin(count)
    workspace.withTemporaries { workspace.compute(y, strips(record)) { rule.value(strips: $0) } }
  }

  /// The operands, lined up with the result; those that still waited are computed now.
  @inline(__always)
  func strips(_ record: UnsafeMutablePointer<TensorRecord>) -> Strips {
    let count = record.pointee.inputs.count
    return Strips(strip(record, 0), count > 1 ? strip(record, 1) : 0, count > 2 ? strip(record, 2) : 0)
  }

  @inline(__always)
  private func strip(_ record: UnsafeMutablePointer<TensorRecord>, _ place: Int) -> Strip {
    switch input(place, of: record) {
    case .number(let number): return Strip(number: number)
    case .scalar(let node): return Strip(number: Double(storage.pointee.entries[node].value))
    case .tensor(_, let index):
      let operand = tensors.pointer(index)
      let base = operand.pointee.base ?? computed(index)
      return workspace.strip(base, count: operand.pointee.shape.count, of: record.pointee.shape.count) {
        (operand.pointee.shape, record.pointee.shape)
      }
    }
  }

  /// The elements of an operand, computed in the midst of another operation.
  @inline(never)
  private func computed(_ index: Int) -> UnsafeMutableRawPointer {
    let lines = (workspace.pointee.rows, workspace.pointee.columns)
    evaluate(index)
    (workspace.pointee.rows, workspace.pointee.columns) = lines
    return tensors.pointer(index).pointee.base!
  }
}
