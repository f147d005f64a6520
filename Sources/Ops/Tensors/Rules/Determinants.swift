// Determinants, and what their gradients are made of at every matrix, singular ones included.

/// det A.
package enum Determinant: TensorRule {
  package static var code: UInt16 { 72 }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape { try c.x.square(name).leading }
  package static func compute(_ c: Computation<Self>) -> Buffer {
    c.x.forEachFactors(into: c.result()) { $0.determinant }
  }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    Contributions(c.g.column.column * T.apply(Adjugate.self, c.x).transposed())
  }
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    c.x.mapMatrices(to: c.x.shape.leading) { Recurrence($0).determinant }
  }
}

/// log |det A|.
package enum LogDeterminant: TensorRule {
  package static var code: UInt16 { 73 }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape { try c.x.square(name).leading }
  package static func compute(_ c: Computation<Self>) -> Buffer {
    c.x.forEachFactors(into: c.result()) { factors in
      factors.sign == 0 ? -.infinity : factors.diagonal.reduce(0) { $0 + .log(.abs($1)) }
    }
  }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    let slope = c.g / c.x.determinant()
    return Contributions(slope.column.column * T.apply(Adjugate.self, c.x).transposed())
  }
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    .log(.abs(c.x.determinant()))
  }
}

/// adj A, the matrix with A·adj A = det A: the inverse times the determinant, defined for singular matrices too.
package enum Adjugate: TensorRule {
  package static var code: UInt16 { 76 }

  /// Up to so many rows its gradient is that of the recurrence, right at singular matrices too; beyond, that of det A·A⁻¹,
  /// which loses no digits where there is an inverse.
  static var longestRecurrence: Int { 6 }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape { try c.x.square(name) }
  package static func compute(_ c: Computation<Self>) -> Buffer {
    c.byMatrices { $0.adjugate(into: $1) }
  }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    guard c.x.shape[-1] > longestRecurrence else { return Contributions(sendBack(c.g, through: Recurrence(c.x))) }
    // d adj = adj·tr(adj·dA)/det − adj·dA·adj/det
    let y = c.y.transposed()
    let trace = (c.g * c.y).sum([-2, -1], keepingDimensions: true)
    return Contributions((trace * y - matmul(matmul(y, c.g), y)) / c.x.determinant().column.column)
  }

  /// The walk back through the recurrence: Mₖ₊₁ = A·Mₖ + cₖ and cₖ = −tr(A·Mₖ)/k.
  private static func sendBack<T: TensorAlgebra>(_ g: T, through steps: Recurrence<T>) -> T {
    var (g, total) = (steps.n % 2 == 0 ? -g : g, 0 * g)
    for k in stride(from: steps.n - 1, to: 0, by: -1) {
      let product = g - g.traces / .number(Double(k)) * steps.one
      total = total + (k == 1 ? product : matmul(product, steps.m[k - 1], false, true))
      g = matmul(steps.a, product, true, false)
    }
    return total
  }
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> { Recurrence(c.x).adjugate }
}

/// The recurrence of Faddeev and LeVerrier: M₁ = 1, and from it c = −tr(A·M)/k, M ← A·M + c. Nothing is compared and only
/// whole numbers divide, so that it is right in every algebra, and at singular matrices.
/// - Complexity: n⁴ operations.
struct Recurrence<T: TensorAlgebra> {
  let a: T
  let n: Int
  let one: T
  /// M₁ … Mₙ.
  private(set) var m: [T]
  /// A·Mₙ, which is ±det A on its diagonal.
  private let last: T

  init(_ a: T) {
    (self.a, n) = (a, a.shape[-1])
    let ones = 0 * a + 1
    one = ones.lowerTriangle() - ones.lowerTriangle(-1)
    m = [one]
    var product = a
    for k in 1..<Swift.max(n, 1) {
      m.append(product - product.traces / .number(Double(k)) * one)
      product = matmul(a, m[k], false, false)
    }
    last = product
  }

  var adjugate: T { n % 2 == 0 ? -m[m.count - 1] : m[m.count - 1] }
  var determinant: T { (n % 2 == 0 ? -last : last).trace() / .number(Double(n)) }
}

extension TensorAlgebra {
  /// The trace of each matrix, as a matrix of one element.
  fileprivate var traces: Self { trace().column.column }
}

extension Buffer {
  /// A number from the factors of each matrix.
  fileprivate func forEachFactors(into out: Buffer, _ number: (Factors) -> Double) -> Buffer {
    out.inScratch {
      for index in 0..<matrixCount { out[index] = number(Factors(matrix(index))) }
    }
    return out
  }

  /// By the inverse where that loses few digits, else minor by minor.
  /// - Complexity: n³ operations, at nearly singular matrices n⁵.
  fileprivate func adjugate(into out: Buffer) {
    let (n, factors) = (shape[0], Factors(self))
    if factors.isFarFromSingular {
      let determinant = factors.determinant
      factors.setInverse(out)
      for place in 0..<n * n { out[place] *= determinant }
    } else {
      let minor = fresh([n - 1, n - 1])
      for row in 0..<n {
        for column in 0..<n {
          copy(without: row, column, into: minor)
          out[column * n + row] = ((row + column) % 2 == 0 ? 1 : -1) * Factors(minor).determinant
        }
      }
    }
  }

  private func copy(without row: Int, _ column: Int, into minor: Buffer) {
    let n = shape[0]
    for place in 0..<minor.count {
      let (i, j) = (place / (n - 1), place % (n - 1))
      minor[place] = self[(i < row ? i : i + 1) * n + (j < column ? j : j + 1)]
    }
  }
}

extension Factors {
  fileprivate var determinant: Double { diagonal.reduce(Double(sign), *) }

  /// Whether the pivots tell of no loss of more than a third of the digits.
  fileprivate var isFarFromSingular: Bool {
    let sizes = diagonal.map(\.magnitude)
    let unit = matrix.isSingle ? Double(Float.ulpOfOne) : .ulpOfOne
    guard sign != 0, let least = sizes.min(), let most = sizes.max() else { return sign != 0 }
    return least > .pow(unit, 1 / 3.0) * most
  }
}

extension TensorAlgebra {
  /// det A of a square matrix, or of each of several; 0 where it is singular. Its gradient, the transposed adjugate, is
  /// right there too; second derivatives are up to six rows.
  public func determinant() -> Self { .apply(Determinant.self, self) }

  /// log |det A|, which neither overflows nor underflows; −∞ where A is singular, where it has no finite gradient.
  public func logDeterminant() -> Self { .apply(LogDeterminant.self, self) }
}
