import ChainruleKernels

/// The lower triangular L with A = L·Lᵀ, of a symmetric positive definite A; its upper triangle is not read.
package enum Cholesky: TensorRule {
  package static var code: UInt16 { 74 }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape { try c.x.square(name) }
  package static func compute(_ c: Computation<Self>) -> Buffer {
    c.byMatrices { x, y in
      x.copy(into: y)
      guard ck_cholesky(y.isSingle, y.shape[0], y.base) else {
        fatalError("cholesky: \(c.x.shape): the matrix is not positive definite")
      }
    }
  }
  /// The symmetric part of L⁻ᵀ·Φ(Lᵀ·g)·L⁻¹, where Φ takes the lower triangle and half the diagonal (Murray, 2016).
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    let p = matmul(c.y, c.g, true, false)
    let φ = 0.5 * (p.lowerTriangle() + p.lowerTriangle(-1))
    let right = solve(lower: c.y, transposed: true, φ)  // L⁻ᵀ·Φ
    let s = solve(lower: c.y, transposed: true, right.transposed())  // (L⁻ᵀ·Φ·L⁻¹)ᵀ
    return Contributions(0.5 * (s + s.transposed()))
  }
  /// L[i, j]·L[j, j] = (A + Aᵀ)[i, j]/2 − Σ L[i, k]·L[j, k] over k < j, and on the diagonal the root of that.
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    c.x.mapMatrices(to: c.x.shape) { a in
      let n = a.shape[0]
      var l = [[A]](repeating: [A](repeating: 0, count: n), count: n)
      for j in 0..<n {
        for i in j..<n {
          let known = A.total((0..<j).map { l[i][$0] * l[j][$0] })
          // The lower triangle alone is read, and its gradient is spread over both.
          let element = i == j ? a[[i, i]] : A.apply(StopGradient.self, a[[i, j]]) + a.evenPart(i, j)
          l[i][j] = i == j ? .sqrt(element - known) : (element - known) / l[j][j]
        }
      }
      return Grid(l.flatMap { $0 }, shape: a.shape)
    }
  }
}

extension Grid {
  /// 0, with the gradient of (a[i, j] + a[j, i])/2.
  fileprivate func evenPart(_ i: Int, _ j: Int) -> A {
    let mean = (self[[i, j]] + self[[j, i]]) / 2
    return mean - A.apply(StopGradient.self, mean)
  }
}

/// The elements on and below a diagonal; zeros above.
package enum LowerTriangle: TensorRule {
  package struct Options: RuleOptions {
    /// How far the diagonal is above the main one.
    var diagonal = 0
    package init() {}
    package static var fields: [OptionField<Options>] { [.whole("diagonal", \.diagonal, unless: 0)] }
  }
  package static var code: UInt16 { 75 }
  package static var pullbackReadsValues: Bool { false }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape {
    guard c.x.rank >= 2 else { throw ShapeError("lowerTriangle: \(c.x) is no matrix") }
    return c.x
  }
  package static func compute(_ c: Computation<Self>) -> Buffer {
    c.byMatrices { x, y in
      ck_lower_triangle(y.isSingle, y.shape[0], y.shape[1], c.options.diagonal, x.base, y.base)
    }
  }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    Contributions(.apply(LowerTriangle.self, c.g, c.options))
  }
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    Grid(shape: c.x.shape) { i in i[i.count - 1] <= i[i.count - 2] + c.options.diagonal ? c.x[i] : 0 }
  }
}

extension TensorAlgebra {
  /// The lower triangular L with L·Lᵀ = this, a symmetric positive definite matrix, or each of several.
  ///
  /// Only the lower triangle is read; the gradient is spread over both evenly. Traps where the matrix is not positive
  /// definite.
  /// - Complexity: ⅓·n³ operations.
  public func cholesky() -> Self { .apply(Cholesky.self, self) }

  /// The elements on and below the main diagonal, or the one `offset` above it; zeros elsewhere.
  public func lowerTriangle(_ offset: Int = 0) -> Self {
    .apply(LowerTriangle.self, self, .init { $0.diagonal = offset })
  }

  /// The elements on and above the main diagonal, or the one `offset` above it; zeros elsewhere.
  public func upperTriangle(_ offset: Int = 0) -> Self { self - lowerTriangle(offset - 1) }
}
