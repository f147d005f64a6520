/// A rule on tensors that is an elementary operation of traces, or is made of them otherwise than by its definition.
protocol TraceableRule: TensorRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced
}

// MARK: - Shapes

extension Reshape: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced {
    if let number = c.x.number { return Traced(number: number, c.options.shape) }
    return .whole(.reshape, [c.x], c.options.shape)
  }
}

extension Broadcast: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced { c.x.stretched(to: c.options.shape) }
}

extension Permute: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced {
    let order = c.options.order.prefix(c.x.shape.rank)
    return .whole(.permute(order), [c.x], c.x.shape.permuted(order))
  }
}

extension Concatenate: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced {
    .whole(.concatenate(axis: c.options.axis), [c.a, c.b], checkedShape(c.operands.map(\.shape), c.options))
  }
}

extension Slice: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced {
    let (starts, steps) = (c.options.starts.prefix(c.x.shape.rank), c.options.steps.prefix(c.x.shape.rank))
    return .whole(.slice(starts: starts, steps: steps), [c.x], c.options.shape)
  }
}

extension Place: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced {
    let (starts, steps) = (c.options.starts.prefix(c.x.shape.rank), c.options.steps.prefix(c.x.shape.rank))
    return .whole(.place(starts: starts, steps: steps), [c.x], c.options.shape)
  }
}

extension Roll: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced {
    let n = c.x.shape[-1]
    let split = n == 0 ? 0 : ((-c.options.shift % n) + n) % n
    let parts = [AxisRange(split..<n), AxisRange(0..<split)].map { c.x.sliced(along: -1, $0) }
    return split == 0 ? c.x : concatenated(parts, along: -1)
  }
}

extension Gather: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced {
    let axis = c.options.axis
    let indices = c.x.trace.indices(c.options.indices, "indices", below: c.x.shape[axis])
    return .whole(.gather(axis: axis), [c.x, indices], checkedShape(c.operands.map(\.shape), c.options))
  }
}

extension ScatterAdd: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced {
    let (axis, shape) = (c.options.axis, c.options.shape)
    return .whole(
      .scatterAdd(axis: axis), [c.x, c.x.trace.indices(c.options.indices, "indices", below: shape[axis])], shape)
  }
}

// MARK: - Sums and products

extension Sum: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced {
    let result = c.x.shape.reduced(over: c.options.axes, keeping: c.options.keepsDimensions)
    let axes = (0..<c.x.shape.rank).filter(c.options.axes.contains)
    if let number = c.x.number {
      return Traced(number: number * Double(axes.reduce(1) { $0 * c.x.shape[$1] }), result)
    }
    if axes.isEmpty { return c.x.reshaped(to: result) }
    return Traced.whole(.sum(axes), [c.x], c.x.shape.reduced(over: c.options.axes, keeping: false)).reshaped(to: result)
  }
}

extension Max: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced { .whole(.max, [c.x], c.x.shape.withoutLast) }
}

extension Matmul: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced {
    .whole(
      .matmul(transposesA: c.options.transposesA, transposesB: c.options.transposesB), [c.a, c.b],
      checkedShape(c.operands.map(\.shape), c.options))
  }
}

extension CumulativeSum: TraceableRule {
  /// Each element and that one place before; then what is two places before, four, ….
  static func traced(_ c: Call<Self, Traced>) -> Traced {
    let (n, rank) = (c.x.shape[-1], c.x.shape.rank)
    var (y, step) = (c.x, 1)
    while step < n {
      let part = y.sliced(along: -1, AxisRange(c.options.fromEnd ? step..<n : 0..<n - step))
      let shift = (0..<rank).map { $0 == rank - 1 ? step : 0 }, none = [Int](repeating: 0, count: rank)
      y = y + (c.options.fromEnd ? part.padded(before: none, after: shift) : part.padded(before: shift, after: none))
      step *= 2
    }
    return y
  }
}

// MARK: - Classes

extension Traced {
  /// Each element is its index along an axis.
  fileprivate static func iota(_ axis: Int, _ shape: Shape, in trace: Trace) -> Traced {
    Traced(.whole(.iota(axis: axis)), [], shape, in: trace)
  }

  /// 1 in the column of each row's label.
  fileprivate func oneHot(_ labels: IndexList) -> Traced {
    let classes = trace.indices(labels, "labels", below: shape[-1])
    let column = Traced.whole(.numbers, [classes], classes.shape).reshaped(to: shape.withoutLast).column
    return .equal(.iota(shape.rank - 1, shape, in: trace), column)
  }
}

extension SoftmaxCrossEntropy: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced {
    -(c.x.oneHot(c.options.indices) * c.x.logSoftmax()).sum([-1])
  }
}

extension SubtractOneHot: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced { c.x - c.x.oneHot(c.options.indices) }
}

// MARK: - Linear algebra

extension Traced {
  /// 1 on the diagonal.
  fileprivate var identity: Traced {
    .equal(.iota(shape.rank - 2, shape, in: trace), .iota(shape.rank - 1, shape, in: trace))
  }
}

extension LowerTriangle: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced {
    let (rank, shape) = (c.x.shape.rank, c.x.shape)
    let bound = Traced.iota(rank - 2, shape, in: c.x.trace) + .number(Double(c.options.diagonal))
    return .select(.less(bound, .iota(rank - 1, shape, in: c.x.trace)), 0, c.x)
  }
}

extension Cholesky: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced {
    Traced.whole(.cholesky, [c.x], c.x.shape).lowerTriangle()
  }
}

extension Solve: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced {
    if c.options.isTriangular {
      return .whole(.substitute(transposed: c.options.transposesA), [c.a, c.b], c.b.shape)
    }
    return .whole(.solve, [c.options.transposesA ? c.a.transposed() : c.a, c.b], c.b.shape)
  }
}

extension Inverse: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced { .whole(.solve, [c.x, c.x.identity], c.x.shape) }
}

extension Determinant: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced { .whole(.determinant, [c.x], c.x.shape.leading) }
}

extension LogDeterminant: TraceableRule {
  static func traced(_ c: Call<Self, Traced>) -> Traced { .log(.abs(c.x.determinant())) }
}

extension Adjugate: TraceableRule {
  /// Of small matrices by the recurrence, which singular ones have too; of larger ones by the inverse.
  static func traced(_ c: Call<Self, Traced>) -> Traced {
    c.x.shape[-1] <= longestRecurrence
      ? Recurrence(c.x).adjugate : c.x.determinant().column.column * c.x.inverse()
  }
}
