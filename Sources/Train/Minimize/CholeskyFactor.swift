/// A = L·Lᵀ for a symmetric positive definite matrix: its solution of A·x = b, and the test whether it is one.
struct CholeskyFactor {
  private var lower: [[Double]]

  /// nil where the matrix, with `diagonal` added, is not positive definite.
  ///
  /// - Complexity: n³/3 operations.
  init?(_ matrix: [[Double]], addingToDiagonal diagonal: [Double]) {
    lower = matrix
    for row in matrix.indices {
      for column in 0...row {
        var sum = matrix[row][column] + (row == column ? diagonal[row] : 0)
        for k in 0..<column { sum -= lower[row][k] * lower[column][k] }
        if row == column {
          guard sum > 0, sum.isFinite else { return nil }
          lower[row][row] = sum.squareRoot()
        } else {
          lower[row][column] = sum / lower[column][column]
        }
      }
    }
  }

  /// Whether no pivot is so much smaller than the largest that it is mere rounding.
  var isWellConditioned: Bool {
    let pivots = lower.indices.map { lower[$0][$0] }
    return (pivots.min() ?? 1) > 1e-7 * (pivots.max() ?? 1)
  }

  /// nil where the numbers overflow.
  func solve(_ b: [Double]) -> [Double]? {
    var x = b
    for row in x.indices {
      for k in 0..<row { x[row] -= lower[row][k] * x[k] }
      x[row] /= lower[row][row]
    }
    for row in x.indices.reversed() {
      for k in row + 1..<x.count { x[row] -= lower[k][row] * x[k] }
      x[row] /= lower[row][row]
    }
    return x.allSatisfy(\.isFinite) ? x : nil
  }
}
