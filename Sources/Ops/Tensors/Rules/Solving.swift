import Kernels

// Systems of linear equations, by LU factors with partial pivoting (Factorization.h).

/// X with A·X = B, or Aᵀ·X = B where `transposesFirst`. A is triangular where the attributes say so.
public enum Solve: TensorRule {
  @inlinable public static var code: UInt16 { Operation.solve.rawValue }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape {
    let (a, b) = (x.a, x.b!)
    guard a.rank >= 2, a.rank == b.rank, a[-1] == a[-2], b[-2] == a[-1], a.leading == b.leading else {
      fatalError("solve: \(a) × \(b): a square matrix and as many rows are needed")
    }
    return b
  }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    let (a, out) = (x.a, y())
    x.b!.copy(into: out)
    out.inScratch {
      for index in 0..<out.matrixCount {
        if attributes.isTriangular {
          out.matrix(index).substitute(a.matrix(index), attributes.transposesFirst)
        } else {
          let factors = Factors(a.matrix(index))
          guard factors.sign != 0 else { fatalError("solve: \(a.shape) × \(out.shape): the matrix is singular") }
          factors.solve(out.matrix(index), attributes.transposesFirst)
        }
      }
    }
    return out
  }
  /// dB = A⁻ᵀ·g and dA = −dB·Xᵀ.
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    var opposite = attributes
    opposite.transposesFirst.toggle()
    let db = T.apply(Solve.self, Operands(x.a, g), opposite)
    guard wanted.a else { return Contributions(nil, db) }
    let da = attributes.transposesFirst ? matmul(y, db, false, true) : matmul(db, y, false, true)
    return Contributions(-(attributes.isTriangular ? da.lowerTriangle() : da), db)
  }
}

/// A⁻¹, also of each of several matrices.
public enum Inverse: TensorRule {
  @inlinable public static var code: UInt16 { Operation.inverse.rawValue }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape {
    x.a.square(name)
  }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    let out = y()
    Buffer(number: 0).copy(into: out)
    out.inScratch {
      for index in 0..<out.matrixCount {
        let factors = Factors(x.a.matrix(index))
        guard factors.sign != 0 else { fatalError("inverse: \(x.a.shape): the matrix is singular") }
        for i in 0..<out.shape[-1] { out.matrix(index).set(1, at: i * out.shape[-1] + i) }
        factors.solve(out.matrix(index), false)
      }
    }
    return out
  }
  /// −A⁻ᵀ·g·A⁻ᵀ
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    Contributions(-matmul(matmul(y, g, true, false), y, false, true))
  }
}

/// det A.
public enum Determinant: TensorRule {
  @inlinable public static var code: UInt16 { Operation.determinant.rawValue }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape {
    x.a.square(name).leading
  }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    x.a.forEachFactors(into: y()) { factors in factors.diagonal.reduce(Double(factors.sign), *) }
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    Contributions((g * y).column.column * x.a.inverse().transposed())
  }
}

/// log |det A|.
public enum LogDeterminant: TensorRule {
  @inlinable public static var code: UInt16 { Operation.logDeterminant.rawValue }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape {
    x.a.square(name).leading
  }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    x.a.forEachFactors(into: y()) { factors in
      factors.sign == 0 ? -.infinity : factors.diagonal.reduce(0) { $0 + .log(.abs($1)) }
    }
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    Contributions(g.column.column * x.a.inverse().transposed())
  }
}

extension Shape {
  func square(_ operation: String) -> Shape {
    guard rank >= 2, self[-1] == self[-2] else { fatalError("\(operation): \(self): a square matrix is needed") }
    return self
  }
}

/// PA = LU of one matrix, in scratch memory.
private struct Factors {
  let matrix: Buffer
  let pivots: UnsafeMutablePointer<Int32>
  /// That of the permutation; 0 for a singular matrix.
  let sign: Int32

  init(_ a: Buffer) {
    let n = a.shape[-1]
    matrix = a.fresh(a.shape)
    a.copy(into: matrix)
    pivots = a.fresh([2 * n]).base!.bindMemory(to: Int32.self, capacity: n)
    switch a.precision {
    case .single: sign = ck_lu_f32(n, matrix.single, pivots)
    case .double: sign = ck_lu_f64(n, matrix.double, pivots)
    }
  }

  var diagonal: [Double] {
    let n = matrix.shape[-1]
    return sign == 0 ? [0] : (0..<n).map { matrix.block($0 * (n + 1), 1).first }
  }

  /// B = A⁻¹·B, or A⁻ᵀ·B.
  func solve(_ b: Buffer, _ isTransposed: Bool) {
    let (n, m) = (b.shape[0], b.shape[1])
    switch b.precision {
    case .single: ck_lu_solve_f32(n, m, matrix.single, pivots, isTransposed, b.single)
    case .double: ck_lu_solve_f64(n, m, matrix.double, pivots, isTransposed, b.double)
    }
  }
}

extension Buffer {
  /// A number from the factors of each matrix.
  fileprivate func forEachFactors(into out: Buffer, _ number: (Factors) -> Double) -> Buffer {
    out.inScratch {
      for index in 0..<matrixCount { out.set(number(Factors(matrix(index))), at: index) }
    }
    return out
  }

  fileprivate func set(_ number: Double, at place: Int) {
    switch precision {
    case .single: single![place] = Float(number)
    case .double: double![place] = number
    }
  }

  /// This = L⁻¹·this, or L⁻ᵀ·this.
  fileprivate func substitute(_ lower: Buffer, _ isTransposed: Bool) {
    let (n, m) = (shape[0], shape[1])
    switch precision {
    case .single: ck_substitute_f32(n, m, lower.single, true, isTransposed, false, single)
    case .double: ck_substitute_f64(n, m, lower.double, true, isTransposed, false, double)
    }
  }
}

/// x with a·x = b: of one matrix, or of several along leading axes, which broadcast. b may be a vector.
///
/// ```swift
/// solve(tape.constant(Tensor([[2, 1], [1, 3]])), tape.constant(Tensor([3, 5]))).tensor  // [0.8 1.4]
/// ```
/// Traps where a is not square, does not fit b, or is singular: `solve: [2, 2] × [2, 1]: the matrix is singular`.
/// - Complexity: ⅔·n³ operations for the factors, and as many again for the gradient.
public func solve<T: TensorAlgebra>(_ a: T, _ b: T) -> T { solve(a, b, Attributes()) }

/// x with L·x = b, or Lᵀ·x = b where `transposed`, for a lower triangular L, as Cholesky's; what stands above its
/// diagonal is not read.
///
/// - Complexity: n² operations per column of b.
public func solve<T: TensorAlgebra>(lower: T, transposed: Bool = false, _ b: T) -> T {
  var attributes = Attributes()
  (attributes.isTriangular, attributes.transposesFirst) = (true, transposed)
  return solve(lower, b, attributes)
}

private func solve<T: TensorAlgebra>(_ a: T, _ b: T, _ attributes: Attributes) -> T {
  let (shapeA, shapeB) = (a.shape, b.shape)
  let isVector = shapeB.rank == 1
  let column = isVector ? b.column : b
  let shape = column.shape
  guard shapeA.rank >= 2, shape.rank >= 2, shapeA[-1] == shapeA[-2], shapeA[-1] == shape[-2],
    let lead = shapeA.leading.broadcast(with: shape.leading)
  else { fatalError("solve: \(shapeA) × \(shapeB): a square matrix and as many rows are needed") }
  let x = T.apply(
    Solve.self,
    Operands(
      a.broadcast(to: lead.appending(shapeA.lastTwo)), column.broadcast(to: lead.appending(shape.lastTwo))),
    attributes)
  return isVector ? x.squeezed(-1) : x
}

extension TensorAlgebra {
  /// A⁻¹ of a square matrix, or of each of several. Traps where it is singular. To solve a system, use `solve`: it is
  /// faster and more accurate.
  public func inverse() -> Self { .apply(Inverse.self, Operands(self), Attributes()) }

  /// det A of a square matrix, or of each of several; 0 where it is singular, where its gradient traps.
  public func determinant() -> Self { .apply(Determinant.self, Operands(self), Attributes()) }

  /// log |det A|, which neither overflows nor underflows; −∞ where A is singular, where its gradient traps.
  public func logDeterminant() -> Self { .apply(LogDeterminant.self, Operands(self), Attributes()) }
}
