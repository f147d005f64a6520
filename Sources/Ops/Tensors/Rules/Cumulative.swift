import ChainruleKernels

/// Sums from the start of the last axis up to each element, or from each element to the end.
package enum CumulativeSum: TensorRule {
  package struct Options: RuleOptions {
    var fromEnd = false
    package init() {}
    package static var fields: [OptionField<Options>] { [.flag("fromend", \.fromEnd)] }
  }
  package static var code: UInt16 { 64 }
  package static var along: Along { .lastKept }
  package static var pullbackReadsValues: Bool { false }

  package static func compute(_ c: Computation<Self>) -> Buffer {
    let (out, (rows, columns)) = (c.result(), c.x.rowsAndColumns)
    ck_cumulative_rows(out.isSingle, rows, columns, c.options.fromEnd, c.x.base, out.base)
    return out
  }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    Contributions(.apply(CumulativeSum.self, c.g, c.options.with { $0.fromEnd.toggle() }))
  }
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    Grid(shape: c.x.shape) { i in
      let (place, row) = (i[i.count - 1], Array(i.dropLast()))
      let terms = c.options.fromEnd ? place..<c.x.shape[-1] : 0..<place + 1
      return .total(terms.map { c.x[row + [$0]] })
    }
  }
}

extension TensorAlgebra {
  /// The sums of the elements up to each one along an axis; with `fromEnd`, of those from each one on.
  ///
  /// ```swift
  /// tape.constant(Tensor([1, 2, 3])).cumulativeSum().tensor  // [1. 3. 6.]
  /// ```
  public func cumulativeSum(_ axis: Int = -1, fromEnd: Bool = false) -> Self {
    mapped(by: CumulativeSum.self, [axis], .init { $0.fromEnd = fromEnd })
  }

  /// The products of the elements up to each one along an axis. Each gradient is a product of the others, right also
  /// where some of them are 0.
  ///
  /// ```swift
  /// tape.constant(Tensor([1, 2, 3])).cumulativeProduct().tensor  // [1. 2. 6.]
  /// ```
  /// - Complexity: O(n·log n), recorded as a few nodes for each doubling of n.
  public func cumulativeProduct(_ axis: Int = -1) -> Self {
    let place = shape.axis(axis, "cumulativeProduct")
    var (y, step) = (self, 1)
    let n = shape[place]
    while step < n {
      let before = y.sliced(along: place, AxisRange(0..<n - step))
      let behind = y.sliced(along: place, AxisRange(step..<n))
      y = concatenated([y.sliced(along: place, AxisRange(0..<step)), before * behind], along: place)
      step *= 2
    }
    return y
  }
}
