/// Sums of products by the names of their axes: `"ij,jk->ik"` is the matrix product. NumPy's `einsum`.
///
/// ```swift
/// einsum("i,j->ij", a, b)      // the outer product
/// einsum("bij,bjk->bik", x, y) // a product for each b
/// einsum("ij->j", x)           // sums of the columns
/// einsum("ii->i", x)           // the diagonal
/// ```
/// Axes of one letter have one extent; those that the result does not name are summed over. Without `->` the result has
/// the letters that come once, in the order of the alphabet. Operands are combined from left to right, each time by a matrix
/// product. Traps where letters and axes do not match. In formulas: `einsum("ij,jk->ik", A, B)`.
public func einsum<T: TensorAlgebra>(_ rule: String, _ operands: T...) -> T {
  do throws(EinsteinSum.Mistake) { return try EinsteinSum(parsing: rule).value(of: operands) } catch {
    fatalError("einsum: \(rule): \(error.message)")
  }
}

extension EinsteinSum {
  /// Traps where the operands do not fit.
  func value<T: TensorAlgebra>(of operands: [T]) -> T {
    if let misfit = misfit(operands.map(\.shape)) { fatalError("einsum: \(self): \(misfit.message)") }
    var sum = NamedAxes(operands[0], self.operands[0])
    for place in 1..<operands.count {
      sum = sum.product(NamedAxes(operands[place], self.operands[place]), keeping: needed(behind: place))
    }
    return sum.summed(keeping: Set(result)).ordered(result).tensor
  }
}

/// A tensor whose axes have names, each once.
private struct NamedAxes<T: TensorAlgebra> {
  let tensor: T
  let names: [Character]

  /// Of axes with one name the diagonal is taken.
  init(_ tensor: T, _ names: [Character]) {
    var (tensor, names) = (tensor, names)
    while let first = names.indices.first(where: { names[($0 + 1)...].contains(names[$0]) }) {
      let both = [first, names.lastIndex(of: names[first])!]
      let others = names.indices.filter { !both.contains($0) }
      tensor = tensor.permuted(others + both).diagonal()
      names = others.map { names[$0] } + [names[first]]
    }
    (self.tensor, self.names) = (tensor, names)
  }

  func extent(_ name: Character) -> Int { names.firstIndex(of: name).map { tensor.shape[$0] } ?? 1 }

  func ordered(_ order: [Character]) -> NamedAxes {
    NamedAxes(tensor.permuted(order.map { names.firstIndex(of: $0)! }), order)
  }

  func summed(keeping kept: Set<Character>) -> NamedAxes {
    let gone = names.indices.filter { !kept.contains(names[$0]) }
    return gone.isEmpty ? self : NamedAxes(tensor.sum(gone), names.filter(kept.contains))
  }

  /// The sum over the axes that both have and nobody needs later.
  func product(_ other: NamedAxes, keeping kept: Set<Character>) -> NamedAxes {
    let a = summed(keeping: kept.union(other.names)), b = other.summed(keeping: kept.union(names))
    let shared = a.names.filter(b.names.contains)
    let (each, inner) = (shared.filter(kept.contains), shared.filter { !kept.contains($0) })
    let (rows, columns) = (a.names.filter { !shared.contains($0) }, b.names.filter { !shared.contains($0) })
    func count(_ names: [Character], _ x: NamedAxes) -> Int { names.reduce(1) { $0 * x.extent($1) } }
    let left = a.ordered(each + rows + inner).tensor.reshaped(to: [count(each, a), count(rows, a), count(inner, a)])
    let right = b.ordered(each + inner + columns).tensor.reshaped(to: [
      count(each, b), count(inner, b), count(columns, b),
    ])
    let shape = each.map(a.extent) + rows.map(a.extent) + columns.map(b.extent)
    return NamedAxes(matmul(left, right).reshaped(to: Shape(shape)), each + rows + columns)
  }
}

/// The Kronecker product: each element of a times the whole of b. Two vectors, or two matrices.
///
/// ```swift
/// kronecker(tape.constant(Tensor([1, 10])), tape.constant(Tensor([2, 3]))).tensor  // [ 2.  3. 20. 30.]
/// ```
public func kronecker<T: TensorAlgebra>(_ a: T, _ b: T) -> T {
  guard a.shape.rank == b.shape.rank, (1...2).contains(a.shape.rank) else {
    fatalError("kronecker: \(a.shape) and \(b.shape): two vectors or two matrices are needed")
  }
  let own = a.reshaped(to: Shape(a.shape.dimensions.flatMap { [$0, 1] }))
  let other = b.reshaped(to: Shape(b.shape.dimensions.flatMap { [1, $0] }))
  return (own * other).reshaped(to: Shape(zip(a.shape.dimensions, b.shape.dimensions).map { $0 * $1 }))
}
