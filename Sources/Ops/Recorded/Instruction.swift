/// One elementary operation of a trace, on the results of earlier ones.
package struct Instruction: Hashable {
  package enum Operation: Hashable {
    /// The same number everywhere, by its bits.
    case number(UInt64)
    /// An input of the function, by its place.
    case input(Int)
    /// A constant tensor, by its place in `Trace.constants`.
    case constant(Int)
    /// A list of indices, by its place in `Trace.indices`: whole numbers, which only some operations on tensors read.
    case indices(Int)
    /// On one, two or three operands of the shape of the result.
    case elementary(Elementary)
    case whole(WholeOperation)
  }
  package let operation: Operation
  /// The instructions whose results it reads.
  package let operands: [Int]
  /// Of its result.
  package let shape: Shape
}

/// The operations of the language of rules that are not composed of others.
package enum Elementary: UInt8, CaseIterable, Sendable {
  case add, subtract, multiply, divide, negate
  case exp, expm1, log, log1p, sqrt, pow
  case sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh
  case erf, erfc, lgamma, polygamma
  case abs, floor
  /// What truncated division leaves.
  case remainder
  case less, equal, select
  /// The product of the chain rule, which a 0 lets nothing through.
  case chain

  /// Of numbers.
  func value(_ x: [Double]) -> Double {
    switch self {
    case .add: x[0] + x[1]
    case .subtract: x[0] - x[1]
    case .multiply: x[0] * x[1]
    case .divide: x[0] / x[1]
    case .negate: -x[0]
    case .exp: .exp(x[0])
    case .expm1: .expm1(x[0])
    case .log: .log(x[0])
    case .log1p: .log1p(x[0])
    case .sqrt: .sqrt(x[0])
    case .pow: .pow(x[0], x[1])
    case .sin: .sin(x[0])
    case .cos: .cos(x[0])
    case .tan: .tan(x[0])
    case .asin: .asin(x[0])
    case .acos: .acos(x[0])
    case .atan: .atan(x[0])
    case .sinh: .sinh(x[0])
    case .cosh: .cosh(x[0])
    case .tanh: .tanh(x[0])
    case .asinh: .asinh(x[0])
    case .acosh: .acosh(x[0])
    case .atanh: .atanh(x[0])
    case .erf: .erf(x[0])
    case .erfc: .erfc(x[0])
    case .lgamma: .lgamma(x[0])
    case .polygamma: .polygamma(x[0], x[1])
    case .abs: .abs(x[0])
    case .floor: .floor(x[0])
    case .remainder: x[0].truncatingRemainder(dividingBy: x[1])
    case .less: .less(x[0], x[1])
    case .equal: .equal(x[0], x[1])
    case .select: .select(x[0], x[1], x[2])
    case .chain: .chain(x[0], x[1])
    }
  }
}

/// Operations on whole tensors that are not composed of others.
package enum WholeOperation: Hashable {
  /// The same elements in another shape.
  case reshape
  /// Axes are added in front, and those of extent 1 repeated.
  case broadcast
  /// Axis i of the result is axis order[i] of the operand.
  case permute([Int])
  /// Over some axes, which are taken away.
  case sum([Int])
  /// Over the last axis, which is taken away.
  case max
  /// Of matrices, one behind the other.
  case matmul(transposesA: Bool, transposesB: Bool)
  /// Element i is that at start + i·step along each axis.
  case slice(starts: [Int], steps: [Int])
  /// Element i goes to start + i·step along each axis; the rest is 0.
  case place(starts: [Int], steps: [Int])
  case concatenate(axis: Int)
  /// The slices that the second operand, a list of indices, names.
  case gather(axis: Int)
  /// Zeros, to which the slices of the first operand are added where the second names them.
  case scatterAdd(axis: Int)
  /// A list of indices as numbers.
  case numbers
  /// Each element is its index along an axis.
  case iota(axis: Int)
  /// The lower factor; what stands above the diagonal is not specified.
  case cholesky
  /// x in L·x = b, or in Lᵀ·x = b.
  case substitute(transposed: Bool)
  /// x in A·x = b.
  case solve
  case determinant
}
