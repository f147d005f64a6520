import Kernels

/// The lower triangular L with A = L·Lᵀ, of a symmetric positive definite A; its upper triangle is not read.
public enum Cholesky: TensorRule {
  @inlinable public static var code: UInt16 { Operation.cholesky.rawValue }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape { x.a.square(name) }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    let out = y()
    x.a.copy(into: out)
    for index in 0..<out.matrixCount {
      let matrix = out.matrix(index)
      let isDefinite =
        switch out.precision {
        case .single: ck_cholesky_f32(matrix.shape[0], matrix.single)
        case .double: ck_cholesky_f64(matrix.shape[0], matrix.double)
        }
      guard isDefinite else { fatalError("cholesky: \(x.a.shape): the matrix is not positive definite") }
    }
    return out
  }
  /// The symmetric part of L⁻ᵀ·Φ(Lᵀ·g)·L⁻¹, where Φ takes the lower triangle and half the diagonal (Murray, 2016).
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    let p = matmul(y, g, true, false)
    let φ = 0.5 * (p.lowerTriangle() + p.lowerTriangle(-1))
    let right = solve(lower: y, transposed: true, φ)  // L⁻ᵀ·Φ
    let s = solve(lower: y, transposed: true, right.transposed())  // (L⁻ᵀ·Φ·L⁻¹)ᵀ
    return Contributions(0.5 * (s + s.transposed()))
  }
}

/// The elements on and below a diagonal; zeros above. The diagonal is `places[0]` above the main one.
public enum LowerTriangle: TensorRule {
  @inlinable public static var code: UInt16 { Operation.lowerTriangle.rawValue }
  public static var pullbackReadsValues: Bool { false }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape {
    guard x.a.rank >= 2 else { fatalError("lowerTriangle: \(x.a) is no matrix") }
    return x.a
  }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    let (out, offset) = (y(), Int(attributes.places[0]))
    for index in 0..<out.matrixCount {
      let (from, to) = (x.a.matrix(index), out.matrix(index))
      switch out.precision {
      case .single: ck_lower_triangle_f32(to.shape[0], to.shape[1], offset, from.single, to.single)
      case .double: ck_lower_triangle_f64(to.shape[0], to.shape[1], offset, from.double, to.double)
      }
    }
    return out
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    Contributions(.apply(LowerTriangle.self, Operands(g), attributes))
  }
}

extension TensorAlgebra {
  /// The lower triangular L with L·Lᵀ = this, a symmetric positive definite matrix, or each of several.
  ///
  /// Only the lower triangle is read; the gradient is spread over both evenly. Traps where the matrix is not positive
  /// definite.
  /// - Complexity: ⅓·n³ operations.
  public func cholesky() -> Self { .apply(Cholesky.self, Operands(self), Attributes()) }

  /// The elements on and below the main diagonal, or the one `offset` above it; zeros elsewhere.
  public func lowerTriangle(_ offset: Int = 0) -> Self {
    var attributes = Attributes()
    attributes.places[0] = Int32(offset)
    return .apply(LowerTriangle.self, Operands(self), attributes)
  }

  /// The elements on and above the main diagonal, or the one `offset` above it; zeros elsewhere.
  public func upperTriangle(_ offset: Int = 0) -> Self { self - lowerTriangle(offset - 1) }
}
