import Kernels

/// Sums from the start of the last axis up to each element; or from its end, where `transposesFirst` says so: the
/// matrix of ones and zeros that does it is then transposed.
public enum CumulativeSum: TensorRule {
  @inlinable public static var code: UInt16 { Operation.cumulativeSum.rawValue }
  public static var pullbackReadsValues: Bool { false }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape { x.a }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    let (out, (rows, columns)) = (y(), x.a.rowsAndColumns)
    let backwards = attributes.transposesFirst
    switch out.precision {
    case .single: ck_cumulative_rows_f32(rows, columns, backwards, x.a.single, out.single)
    case .double: ck_cumulative_rows_f64(rows, columns, backwards, x.a.double, out.double)
    }
    return out
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    var opposite = attributes
    opposite.transposesFirst.toggle()
    return Contributions(.apply(CumulativeSum.self, Operands(g), opposite))
  }
}

extension TensorAlgebra {
  /// The sums of the elements up to each one along an axis; with `fromEnd`, of those from each one on.
  ///
  /// ```swift
  /// tape.constant(Tensor([1, 2, 3])).cumulativeSum().tensor  // [1. 3. 6.]
  /// ```
  public func cumulativeSum(_ axis: Int = -1, fromEnd: Bool = false) -> Self {
    var attributes = Attributes()
    attributes.transposesFirst = fromEnd
    return mapped(by: CumulativeSum.self, [axis], attributes)
  }
}
