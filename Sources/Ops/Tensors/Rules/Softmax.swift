import Kernels

/// What a kernel makes of the rows along the last axis.
private func rowByRow(
  _ x: Buffer, into y: Buffer,
  _ single: (Int, Int, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?) -> Void,
  _ double: (Int, Int, UnsafePointer<Double>?, UnsafeMutablePointer<Double>?) -> Void
) -> Buffer {
  let (rows, columns) = x.rowsAndColumns
  switch y.precision {
  case .single: single(rows, columns, x.single, y.single)
  case .double: double(rows, columns, x.double, y.double)
  }
  return y
}

/// log Σ exp(x) along the last axis, in the form that overflows nowhere: the largest is taken out of the sum.
public enum LogSumExp: TensorRule {
  @inlinable public static var code: UInt16 { Operation.logSumExp.rawValue }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape { x.a.withoutLast }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    rowByRow(x.a, into: y(), ck_log_sum_exp_rows_f32, ck_log_sum_exp_rows_f64)
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    // Not exp(x − y), which is off by the rounding of y: a lot where y is large.
    Contributions(g.column * .apply(Softmax.self, Operands(x.a), Attributes()))
  }
}

/// exp(x) / Σ exp(x) along the last axis.
public enum Softmax: TensorRule {
  @inlinable public static var code: UInt16 { Operation.softmax.rawValue }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape { x.a }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    rowByRow(x.a, into: y(), ck_softmax_rows_f32, ck_softmax_rows_f64)
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    Contributions(y * (g - (g * y).sum([-1], keepingDimensions: true)))
  }
}

/// x − log Σ exp(x) along the last axis. Rounding is relative to the result, not to the size of x: the largest is
/// taken out of both terms first.
public enum LogSoftmax: TensorRule {
  @inlinable public static var code: UInt16 { Operation.logSoftmax.rawValue }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape { x.a }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    rowByRow(x.a, into: y(), ck_log_softmax_rows_f32, ck_log_softmax_rows_f64)
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    Contributions(g - .exp(y) * g.sum([-1], keepingDimensions: true))
  }
}

/// log Σ exp(x) − x[label] along the last axis: −log of the probability that softmax gives the label.
public enum SoftmaxCrossEntropy: TensorRule {
  @inlinable public static var code: UInt16 { Operation.softmaxCrossEntropy.rawValue }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape {
    let rows = x.a.withoutLast
    guard rows.count == Int(attributes.indices.count) else {
      fatalError("softmaxCrossEntropy: \(x.a) and [\(attributes.indices.count)]: a label for each row is needed")
    }
    return rows
  }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    let (out, (rows, columns)) = (y(), x.a.rowsAndColumns)
    switch out.precision {
    case .single:
      ck_cross_entropy_rows_f32(rows, columns, x.a.single, attributes.indices.base, out.single)
    case .double:
      ck_cross_entropy_rows_f64(rows, columns, x.a.double, attributes.indices.base, out.double)
    }
    return out
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    let probabilities = T.apply(Softmax.self, Operands(x.a), Attributes())
    return Contributions(g.column * .apply(SubtractOneHot.self, Operands(probabilities), attributes))
  }
}

/// x less 1 at the label of each row.
public enum SubtractOneHot: TensorRule {
  @inlinable public static var code: UInt16 { Operation.subtractOneHot.rawValue }
  public static var pullbackReadsValues: Bool { false }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape { x.a }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    let (out, columns) = (y(), x.a.shape[-1])
    x.a.copy(into: out)
    for row in 0..<Int(attributes.indices.count) {
      let place = row * columns + Int(attributes.indices.base![row])
      switch out.precision {
      case .single: out.single![place] -= 1
      case .double: out.double![place] -= 1
      }
    }
    return out
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    Contributions(g)
  }
}

extension TensorAlgebra {
  /// log Σ exp(x) over the given axes, or over all. Overflows nowhere; −∞ where all are.
  public func logSumExp(_ axes: [Int]? = nil, keepingDimensions: Bool = false) -> Self {
    reduced(by: LogSumExp.self, axes, keepingDimensions)
  }

  /// exp(x) / Σ exp(x) over the given axes, the last unless stated: positive numbers that sum to 1.
  public func softmax(_ axes: [Int] = [-1]) -> Self { mapped(by: Softmax.self, axes) }

  /// log(softmax(x)) over the given axes, the last unless stated, accurate also where the softmax underflows.
  public func logSoftmax(_ axes: [Int] = [-1]) -> Self { mapped(by: LogSoftmax.self, axes) }
}
