/// The examples of one batch, side by side in memory that is filled anew for each step and lent to the tape.
final class BatchMemory<Element: Number> {
  private let inputs: UnsafeMutableBufferPointer<Element>
  private let targets: UnsafeMutableBufferPointer<Element>

  init(rows: Int, _ data: Dataset<Element>) {
    inputs = .allocate(capacity: rows * data.inputs.width)
    targets = .allocate(capacity: rows * data.targets.width)
  }

  deinit {
    inputs.deallocate()
    targets.deallocate()
  }

  /// Calls `body` with the examples of a batch, as matrices on the tape, and their number.
  func with<Result>(
    _ indices: ArraySlice<Int>, of data: Dataset<Element>, on tape: Tape<Element>,
    _ body: (Variable<Element>, Variable<Element>, Int) -> Result
  ) -> Result {
    gather(indices, data.inputs, into: inputs)
    gather(indices, data.targets, into: targets)
    return body(
      matrix(inputs, indices.count, data.inputs.width, tape),
      matrix(targets, indices.count, data.targets.width, tape), indices.count)
  }

  private func matrix(
    _ memory: UnsafeMutableBufferPointer<Element>, _ rows: Int, _ width: Int, _ tape: Tape<Element>
  ) -> Variable<Element> {
    tape.constant(
      borrowing: UnsafeBufferPointer(rebasing: memory[..<(rows * width)]), shape: Shape(matrix: rows, width))
  }

  /// Rows as raw bytes: in generic code, copying them element by element costs more than a small network's step.
  private func gather(
    _ indices: ArraySlice<Int>, _ rows: Rows<Element>, into target: UnsafeMutableBufferPointer<Element>
  ) {
    let bytes = rows.width * MemoryLayout<Element>.stride
    rows.values.withUnsafeBytes { source in
      guard let from = source.baseAddress, var to = UnsafeMutableRawPointer(target.baseAddress) else { return }
      for index in indices {
        to.copyMemory(from: from + index * bytes, byteCount: bytes)
        to += bytes
      }
    }
  }
}
