import ChainruleKernels

extension Buffer {
  /// Σ of all elements.
  var sum: Double { ck_sum(isSingle, count, base) }

  /// One number that stands for a tensor, summed: as often as it stands for an element of the result.
  func sum(as shape: Shape) -> Buffer {
    var result = self
    result.number *= Double(count / Swift.max(shape.count, 1))
    return result.reshaped(shape)
  }

  func sum(into out: Buffer) {
    let (rows, cols) = (out.count == 0 ? 0 : count / out.count, out.count)
    if out.count == 1 {
      Buffer(number: sum).copy(into: out)
    } else if isSuffix(out.shape) {
      ck_sum_columns(isSingle, rows, cols, base, false, out.base)
    } else if isPrefix(out.shape) {
      ck_sum_rows(isSingle, cols, rows, base, false, out.base)
    } else {
      Buffer(number: 0).copy(into: out)
      withStrides(out.shape.strides(broadcastTo: shape), shape) { rank, extents, strides in
        ck_scatter_add(isSingle, rank, extents, strides, base, out.base)
      }
    }
  }

  /// Whether the other shape is this one without its leading axes, or with extent 1 there.
  private func isSuffix(_ other: Shape) -> Bool {
    let lead = shape.rank - other.rank
    let first = (0..<other.rank).first { other[$0] != 1 } ?? other.rank
    return (first..<other.rank).allSatisfy { shape[lead + $0] == other[$0] }
  }

  /// Whether the other shape is this one with extent 1 along its trailing axes.
  private func isPrefix(_ other: Shape) -> Bool {
    guard other.rank == shape.rank else { return false }
    let split = (0..<other.rank).first { other[$0] != shape[$0] } ?? other.rank
    return (split..<other.rank).allSatisfy { other[$0] == 1 }
  }
}
