/// How well data determine the parameters of a fit by least squares, as statistics packages report it.
///
/// With the residuals r of m data and their Jacobian J by n parameters at the minimum: s² = Σr²/(m − n), and the standard
/// error of a parameter is the root of its entry on the diagonal of s²·(JᵀJ)⁻¹. That is exact for a model linear in its
/// parameters and the usual approximation for others.
///
/// ```swift
/// let result = Minimizer(LevenbergMarquardt()).run(objective)
/// let fit = objective.fitStatistics()!
/// fit.standardErrors             // [2.7070…, 7.2668…e-06] for NIST's Misra1a
/// fit.residualStandardDeviation  // 0.10187…
/// ```
public struct FitStatistics: Equatable, Sendable {
  /// m − n.
  public let degreesOfFreedom: Int
  /// s
  public let residualStandardDeviation: Double
  /// Per number of the parameters, in the order of ``Objective/numberNames``; infinite where the data do not determine
  /// it: the residuals do not depend on it, or only together with others.
  public let standardErrors: [Double]

  /// - Returns: nil without degrees of freedom, or where the Jacobian is not finite.
  /// - Complexity: m·n² operations. By orthogonal columns (modified Gram–Schmidt), not by JᵀJ, whose condition is the
  ///   square of that of J.
  init?(residuals: [Double], jacobian: [[Double]], parameters: Int) {
    degreesOfFreedom = residuals.count - parameters
    guard degreesOfFreedom > 0, jacobian.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
    residualStandardDeviation = (dot(residuals, residuals) / Double(degreesOfFreedom)).squareRoot()
    guard residualStandardDeviation.isFinite else { return nil }
    let inverse = OrthogonalColumns((0..<parameters).map { column in jacobian.map { $0[column] } }).inverseRows
    standardErrors = inverse.map { [residualStandardDeviation] row in
      row.map { residualStandardDeviation * norm($0) } ?? .infinity
    }
  }
}

extension Objective {
  /// How well the data determine the parameters where they are, which should be at a minimum.
  ///
  /// - Returns: nil where the residuals are not known, or are not more than the parameters.
  public func fitStatistics() -> FitStatistics? {
    guard hasResiduals else { return nil }
    let (residuals, jacobian) = residualsAndJacobian()
    return FitStatistics(residuals: residuals, jacobian: jacobian, parameters: count)
  }
}

/// Columns of a matrix A = Q·R·S with orthogonal columns Q, triangular R, and S the lengths of A's columns.
private struct OrthogonalColumns {
  private let lengths: [Double]
  /// r[j][i], i ≤ j: the part of column j along the i-th orthogonal one.
  private let r: [[Double]]

  init(_ columns: [[Double]]) {
    // By the largest entry first: the square of a length may overflow or vanish where the length does not.
    lengths = columns.map { column in
      let largest = column.reduce(0) { max($0, abs($1)) }
      return largest == 0 ? 0 : largest * norm(column.map { $0 / largest })
    }
    var (orthogonal, r): ([[Double]], [[Double]]) = ([], [])
    for (column, length) in zip(columns, lengths) {
      var rest = length == 0 ? column : column.map { $0 / length }
      var parts: [Double] = []
      for other in orthogonal {
        let part = dot(other, rest)
        parts.append(part)
        rest = zip(rest, other).map { $0 - part * $1 }
      }
      // What is left of a column that is a combination of the others is rounding.
      let left = norm(rest)
      let isDependent = left < 1e-13
      parts.append(isDependent ? 0 : left)
      orthogonal.append(isDependent ? rest.map { _ in 0 } : rest.map { $0 / left })
      r.append(parts)
    }
    self.r = r
  }

  /// The rows of (R·S)⁻¹, whose lengths are the roots of the diagonal of (AᵀA)⁻¹; nil for a column that depends on
  /// others, or has others depending on it.
  var inverseRows: [[Double]?] {
    let count = r.count
    var rows = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    var isFree = r.map { $0[$0.count - 1] == 0 }
    for j in 0..<count {
      let pivot = r[j][j]
      if pivot > 0 {
        rows[j][j] = 1 / pivot
        for i in 0..<j { rows[i][j] = -(i..<j).reduce(0) { $0 + rows[i][$1] * r[j][$1] } / pivot }
      } else {
        // The column is a combination of those before: which of them take part?
        for i in 0..<j where abs((i..<j).reduce(0) { $0 + rows[i][$1] * r[j][$1] }) > 1e-8 { isFree[i] = true }
      }
    }
    return rows.indices.map { i in isFree[i] ? nil : rows[i].map { $0 / lengths[i] } }
  }
}
