import ChainruleKernels

// Systems of linear equations, by LU factors with partial pivoting (Factorization.h).

/// X with A·X = B, or Aᵀ·X = B.
package enum Solve: TensorRule {
  package struct Options: RuleOptions {
    var transposesA = false
    /// Whether A is lower triangular: what stands above is not read.
    var isTriangular = false
    package init() {}
    package static var fields: [OptionField<Options>] {
      [.flag("transposea", \.transposesA), .flag("lower", \.isTriangular)]
    }
  }
  package static var code: UInt16 { 70 }
  package static var arity: Int { 2 }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape {
    let (a, b) = (c.a, c.b)
    guard a.rank >= 2, a.rank == b.rank, a[-1] == a[-2], b[-2] == a[-1], a.leading == b.leading else {
      throw ShapeError("solve: \(a) × \(b): a square matrix and as many rows are needed")
    }
    return b
  }
  package static func compute(_ c: Computation<Self>) -> Buffer {
    let out = c.result()
    c.b.copy(into: out)
    out.inScratch {
      for index in 0..<out.matrixCount {
        if c.options.isTriangular {
          out.matrix(index).substitute(c.a.matrix(index), c.options.transposesA)
        } else {
          let factors = Factors(c.a.matrix(index))
          guard factors.sign != 0 else { fatalError("solve: \(c.a.shape) × \(out.shape): the matrix is singular") }
          factors.solve(out.matrix(index), c.options.transposesA)
        }
      }
    }
    return out
  }
  /// dB = A⁻ᵀ·g and dA = −dB·Xᵀ.
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    let db = T.apply(Solve.self, Operands(c.a, c.g), c.options.with { $0.transposesA.toggle() })
    guard c.wants(.a) else { return Contributions(nil, db) }
    let da = c.options.transposesA ? matmul(c.y, db, false, true) : matmul(db, c.y, false, true)
    return Contributions(-(c.options.isTriangular ? da.lowerTriangle() : da), db)
  }
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    let a = c.options.isTriangular ? c.a.lowerTriangle() : c.a
    return matmul(a.inverse(), c.b, c.options.transposesA, false)
  }
}

/// A⁻¹, also of each of several matrices.
package enum Inverse: TensorRule {
  package static var code: UInt16 { 71 }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape { try c.x.square(name) }
  package static func compute(_ c: Computation<Self>) -> Buffer {
    c.byMatrices { x, y in
      let factors = Factors(x)
      guard factors.sign != 0 else { fatalError("inverse: \(c.x.shape): the matrix is singular") }
      factors.setInverse(y)
    }
  }
  /// −A⁻ᵀ·g·A⁻ᵀ
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    Contributions(-matmul(matmul(c.y, c.g, true, false), c.y, false, true))
  }
  /// The adjugate over the determinant.
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    c.x.mapMatrices(to: c.x.shape) { a in
      let steps = Recurrence(a)
      return steps.adjugate / steps.determinant
    }
  }
}

extension Shape {
  func square(_ operation: String) throws(ShapeError) -> Shape {
    guard rank >= 2, self[-1] == self[-2] else { throw ShapeError("\(operation): \(self): a square matrix is needed") }
    return self
  }
}

/// PA = LU of one matrix, in scratch memory.
struct Factors {
  let matrix: Buffer
  let pivots: UnsafeMutablePointer<Int32>
  /// That of the permutation; 0 for a singular matrix.
  let sign: Int32

  init(_ a: Buffer) {
    let n = a.shape[-1]
    matrix = a.fresh(a.shape)
    a.copy(into: matrix)
    pivots = a.fresh([2 * n]).base!.bindMemory(to: Int32.self, capacity: n)
    sign = ck_lu(a.isSingle, n, matrix.base, pivots)
  }

  var diagonal: [Double] {
    let n = matrix.shape[-1]
    return sign == 0 ? [0] : (0..<n).map { matrix.block($0 * (n + 1), 1).first }
  }

  /// B = A⁻¹·B, or A⁻ᵀ·B.
  func solve(_ b: Buffer, _ isTransposed: Bool) {
    ck_lu_solve(b.isSingle, b.shape[0], b.shape[1], matrix.base, pivots, isTransposed, b.base)
  }

  /// Fills a matrix with A⁻¹.
  func setInverse(_ out: Buffer) {
    Buffer(number: 0).copy(into: out)
    for i in 0..<out.shape[0] { out[i * (out.shape[0] + 1)] = 1 }
    solve(out, false)
  }
}

extension Buffer {
  /// This = L⁻¹·this, or L⁻ᵀ·this.
  fileprivate func substitute(_ lower: Buffer, _ isTransposed: Bool) {
    ck_substitute(isSingle, shape[0], shape[1], lower.base, true, isTransposed, false, base)
  }
}

/// x with a·x = b: of one matrix, or of several along leading axes, which broadcast. b may be a vector.
///
/// ```swift
/// solve(tape.constant(Tensor([[2, 1], [1, 3]])), tape.constant(Tensor([3, 5]))).tensor  // [0.8 1.4]
/// ```
/// Traps where a is not square, does not fit b, or is singular: `solve: [2, 2] × [2, 1]: the matrix is singular`.
/// - Complexity: ⅔·n³ operations for the factors, and as many again for the gradient.
public func solve<T: TensorAlgebra>(_ a: T, _ b: T) -> T { solve(a, b, Solve.Options()) }

/// x with L·x = b, or Lᵀ·x = b where `transposed`, for a lower triangular L, as Cholesky's; what stands above its
/// diagonal is not read.
///
/// - Complexity: n² operations per column of b.
public func solve<T: TensorAlgebra>(lower: T, transposed: Bool = false, _ b: T) -> T {
  solve(lower, b, .init { ($0.isTriangular, $0.transposesA) = (true, transposed) })
}

private func solve<T: TensorAlgebra>(_ a: T, _ b: T, _ options: Solve.Options) -> T {
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
    options)
  return isVector ? x.squeezed(-1) : x
}

extension TensorAlgebra {
  /// A⁻¹ of a square matrix, or of each of several. Traps where it is singular. To solve a system, use `solve`: it is
  /// faster and more accurate.
  public func inverse() -> Self { .apply(Inverse.self, self) }
}
