import ChainruleKernels

/// The matrix product: y[i, j] = Σₖ a[i, k]·b[k, j], each operand read transposed where asked.
package enum Matmul: TensorRule {
  package struct Options: RuleOptions {
    var transposesA = false
    var transposesB = false
    package init() {}
    package static var fields: [OptionField<Options>] {
      [.flag("transposea", \.transposesA), .flag("transposeb", \.transposesB)]
    }
  }
  package static var code: UInt16 { 52 }
  package static var arity: Int { 2 }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape {
    let (a, b) = (c.a, c.b)
    let last = a.rank - 1
    guard a.rank == b.rank, last >= 1, (0..<last - 1).allSatisfy({ a[$0] == b[$0] }) else {
      throw ShapeError("matmul: \(a) × \(b): two matrices, or as many of them, are needed")
    }
    let (m, ka) = c.options.transposesA ? (a[last], a[last - 1]) : (a[last - 1], a[last])
    let (kb, n) = c.options.transposesB ? (b[last], b[last - 1]) : (b[last - 1], b[last])
    guard ka == kb else { throw ShapeError("matmul: \(a) × \(b): inner dimensions \(ka) and \(kb) differ") }
    var result = a
    (result[last - 1], result[last]) = (m, n)
    return result
  }

  package static func compute(_ c: Computation<Self>) -> Buffer {
    let out = c.result()
    for index in 0..<out.matrixCount { multiply(c.a.matrix(index), c.b.matrix(index), c.options, out.matrix(index)) }
    return out
  }

  private static func multiply(_ a: Buffer, _ b: Buffer, _ options: Options, _ out: Buffer) {
    let (m, n, k) = (out.shape[0], out.shape[1], a.shape[options.transposesA ? 0 : 1])
    ck_gemm(
      out.isSingle, options.transposesA, options.transposesB, m, n, k, a.base, a.shape[1], b.base, b.shape[1],
      out.base, n, false, Int32(ComputeThreads.count))
  }

  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    let (g, tA, tB) = (c.g, c.options.transposesA, c.options.transposesB)
    let da = { tA ? matmul(c.b, g, tB, true) : matmul(g, c.b, false, !tB) }
    let db = { tB ? matmul(g, c.a, true, tA) : matmul(c.a, g, !tA, false) }
    return Contributions(c.wants(.a) ? da() : nil, c.wants(.b) ? db() : nil)
  }

  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    let (tA, tB) = (c.options.transposesA, c.options.transposesB)
    let count = c.a.shape[tA ? -2 : -1]
    return c.elements(of: Self.self) { index in
      let (lead, i, j) = (Array(index.dropLast(2)), index[index.count - 2], index[index.count - 1])
      return .total(
        (0..<count).map { k in c.a[lead + (tA ? [k, i] : [i, k])] * c.b[lead + (tB ? [j, k] : [k, j])] })
    }
  }
}

func matmul<T: TensorAlgebra>(_ a: T, _ b: T, _ transposesA: Bool, _ transposesB: Bool) -> T {
  .apply(
    Matmul.self, Operands(a, b), .init { ($0.transposesA, $0.transposesB) = (transposesA, transposesB) })
}

/// The matrix product, as NumPy's `@`.
///
/// A vector on the left is one row, on the right one column, and that axis is gone from the result; of two vectors it
/// is the dot product. Leading axes count matrices and broadcast: `[7, 2, 3] × [3, 4]` is `[7, 2, 4]`. A transposed
/// operand is not copied but read where it stands; one that broadcasts is.
///
/// ```swift
/// let a = tape.constant(Tensor([[1, 2], [3, 4]]))
/// matmul(a, a).tensor              // [[ 7. 10.] [15. 22.]]
/// matmul(a, a.transposed()).shape  // [2, 2]
/// ```
/// Traps where the inner dimensions differ: `matmul: [2, 3] × [4, 5]: inner dimensions 3 and 4 differ`.
/// - Complexity: 2·m·n·k operations per matrix, near the peak of the processor's cores for large ones.
@specialized(where T == Variable<Double>)
@specialized(where T == Variable<Float>)
public func matmul<T: TensorAlgebra>(_ a: T, _ b: T) -> T {
  let (shapeA, shapeB) = (a.shape, b.shape)
  guard shapeA.rank == 2, shapeB.rank == 2 else { return matmulOfAnyRank(a, b, shapeA, shapeB) }
  let (x, y) = (a.untransposed, b.untransposed)
  return matmul(x.source, y.source, x.isTransposed, y.isTransposed)
}

private func matmulOfAnyRank<T: TensorAlgebra>(_ a: T, _ b: T, _ shapeA: Shape, _ shapeB: Shape) -> T {
  guard shapeA.rank > 0, shapeB.rank > 0 else { fatalError("matmul: \(shapeA) × \(shapeB): a scalar multiplies by *") }
  let (ka, kb) = (shapeA[-1], shapeB[shapeB.rank == 1 ? 0 : -2])
  guard ka == kb else { fatalError("matmul: \(shapeA) × \(shapeB): inner dimensions \(ka) and \(kb) differ") }
  if shapeA.rank == 1 { return matmul(a.reshaped(to: [1, ka]), b).squeezed(shapeB.rank == 1 ? 0 : -2) }
  if shapeB.rank == 1 { return matmul(a, b.reshaped(to: [kb, 1])).squeezed(-1) }
  if shapeB.rank == 2 {  // one product with all rows
    let rows = shapeA.count / max(ka, 1)
    return matmul(a.reshaped(to: [rows, ka]), b).reshaped(to: Shape(shapeA.dimensions.dropLast() + [shapeB[-1]]))
  }
  let (x, y) = (a.untransposed, b.untransposed)
  guard let lead = shapeA.leading.broadcast(with: shapeB.leading) else {
    fatalError("matmul: \(shapeA) × \(shapeB): leading dimensions do not broadcast")
  }
  return matmul(
    x.source.broadcast(to: lead.appending(x.source.shape.lastTwo)),
    y.source.broadcast(to: lead.appending(y.source.shape.lastTwo)), x.isTransposed, y.isTransposed)
}

// MARK: - Matrices one behind the other

extension Shape {
  /// The axes before the last two: how many matrices.
  var leading: Shape { Shape(dimensions.dropLast(2)) }
  var lastTwo: [Int] { Array(dimensions.suffix(2)) }
  func appending(_ dimensions: [Int]) -> Shape { Shape(self.dimensions + dimensions) }
}

extension Buffer {
  var matrixCount: Int {
    var product = 1
    for axis in 0..<shape.rank - 2 { product *= shape[axis] }
    return product
  }

  func matrix(_ index: Int) -> Buffer {
    let one = Shape(matrix: shape[-2], shape[-1])
    return from(index * one.count).reshaped(one)
  }
}

extension Grid {
  /// What becomes of a matrix, done to each of several.
  func mapMatrices(to shape: Shape, _ f: (Grid) -> Grid) -> Grid {
    let (own, size) = (elements, self.shape[-2] * self.shape[-1])
    let parts = (0..<own.count / Swift.max(size, 1)).map { part in
      f(Grid(Array(own[part * size..<(part + 1) * size]), shape: Shape(self.shape.lastTwo)))
    }
    return Grid(parts.flatMap(\.elements), shape: shape)
  }
}

// MARK: - What is composed of products

/// Σ a·b of two vectors.
public func dot<T: TensorAlgebra>(_ a: T, _ b: T) -> T {
  guard a.shape.rank == 1, b.shape.rank == 1, a.shape == b.shape else {
    fatalError("dot: \(a.shape) · \(b.shape): two vectors of one length are needed")
  }
  return matmul(a, b)
}

/// The matrix a[i]·b[j] of two vectors.
public func outer<T: TensorAlgebra>(_ a: T, _ b: T) -> T {
  guard a.shape.rank == 1, b.shape.rank == 1 else {
    fatalError("outer: \(a.shape) × \(b.shape): two vectors are needed")
  }
  return a.reshaped(to: [a.shape[0], 1]) * b.reshaped(to: [1, b.shape[0]])
}

extension TensorAlgebra {
  /// The elements x[…, i, i] of a matrix, or of each of several.
  public func diagonal() -> Self {
    let shape = shape
    guard shape.rank >= 2 else { fatalError("diagonal: \(shape) is no matrix") }
    let (m, n) = (shape[-2], shape[-1])
    let flat = reshaped(to: shape.leading.appending([m * n]))
    return flat.sliced(along: -1, AxisRange(start: 0, count: Swift.min(m, n), step: n + 1))
  }

  /// A matrix with these elements on its diagonal, or on one `offset` above it, and zeros elsewhere; of a vector.
  public func asDiagonal(_ offset: Int = 0) -> Self {
    guard shape.rank == 1 else { fatalError("asDiagonal: \(shape): a vector is needed") }
    let (count, n) = (shape[0], shape[0] + Swift.abs(offset))
    let first = offset < 0 ? -offset * n : offset
    // Every (n + 1)-th element of the rows, one behind the other.
    var window = Window().giving([n * n])
    (window.starts[0], window.steps[0]) = (first, n + 1)
    return count == 0
      ? reshaped(to: [n, 0]).padded(before: [0, 0], after: [0, n])
      : Self.apply(Place.self, self, window).reshaped(to: [n, n])
  }

  /// Σ x[…, i, i].
  public func trace() -> Self { diagonal().sum([-1]) }
}
