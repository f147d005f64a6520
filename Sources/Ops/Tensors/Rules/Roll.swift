/// The elements moved along the last axis, those that leave at its end coming in at its start.
package enum Roll: TensorRule {
  package struct Options: RuleOptions {
    var shift = 0
    package init() {}
    package static var fields: [OptionField<Options>] { [.whole("shift", \.shift)] }
  }
  package static var code: UInt16 { 95 }
  package static var along: Along { .lastKept }
  package static var pullbackReadsValues: Bool { false }

  package static func compute(_ c: Computation<Self>) -> Buffer {
    let (out, (rows, n)) = (c.result(), c.x.rowsAndColumns)
    for place in 0..<rows * n { out[place / n * n + (place % n + c.options.shift).modulo(n)] = c.x[place] }
    return out
  }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    Contributions(c.g.rolled(-c.options.shift))
  }
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    Grid(shape: c.x.shape) { i in
      var from = i
      from[i.count - 1] = (i[i.count - 1] - c.options.shift).modulo(c.x.shape[-1])
      return c.x[from]
    }
  }
}

extension Int {
  fileprivate func modulo(_ n: Int) -> Int { (self % n + n) % n }
}

extension TensorAlgebra {
  /// The elements moved by some places along an axis; what leaves at the end comes in at the start. NumPy's `roll`.
  ///
  /// ```swift
  /// tape.constant(Tensor([1, 2, 3])).rolled(1).tensor  // [3. 1. 2.]
  /// ```
  public func rolled(_ shift: Int, along axis: Int = -1) -> Self {
    var options = Roll.Options()
    options.shift = shift
    return mapped(by: Roll.self, [axis], options)
  }
}
