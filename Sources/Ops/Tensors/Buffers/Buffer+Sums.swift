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
    if out.count == 1 {
      Buffer(number: sum).copy(into: out)
    } else if let (rows, columns, layout) = out.shape.line(in: shape) {
      (layout == .row ? ck_sum_columns : ck_sum_rows)(isSingle, rows, columns, base, false, out.base)
    } else {
      Buffer(number: 0).copy(into: out)
      withStrides(out.shape.strides(broadcastTo: shape), shape) { rank, extents, strides in
        ck_scatter_add(isSingle, rank, extents, strides, base, out.base)
      }
    }
  }
}
