/// The operations of the package: their order is their number on tapes. The switch below knows the rule of each,
/// so that the compiler tells when one is missing.
@usableFromInline package enum Operation: UInt16, CaseIterable, Sendable {
  case add = 8
  case subtract, multiply, divide, negate, power, square, reciprocal
  case exp, expm1, log, log1p, sqrt
  case sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh, erf
  case abs, sgn, step, less, equal, lessOrEqual, maximum, minimum, clip, `where`
  case sigmoid, relu, softplus, leakyRelu, elu, gelu, silu
  case stopGradient
  case matmul, sum, sumOfSquares, broadcast, reshape, permute
  case max, logSumExp, softmax, logSoftmax, softmaxCrossEntropy, subtractOneHot, cumulativeSum
  case slice, place, concatenate, gather, scatterAdd
  case solve, inverse, determinant, logDeterminant, cholesky, lowerTriangle

  /// The rule that states it.
  package var rule: any Rule.Type {
    switch self {
    case .add: Add.self
    case .subtract: Subtract.self
    case .multiply: Multiply.self
    case .divide: Divide.self
    case .negate: Negate.self
    case .power: Power.self
    case .square: Square.self
    case .reciprocal: Reciprocal.self
    case .exp: Exp.self
    case .expm1: Expm1.self
    case .log: Log.self
    case .log1p: Log1p.self
    case .sqrt: Sqrt.self
    case .sin: Sin.self
    case .cos: Cos.self
    case .tan: Tan.self
    case .asin: Asin.self
    case .acos: Acos.self
    case .atan: Atan.self
    case .sinh: Sinh.self
    case .cosh: Cosh.self
    case .tanh: Tanh.self
    case .asinh: Asinh.self
    case .acosh: Acosh.self
    case .atanh: Atanh.self
    case .erf: Erf.self
    case .abs: Abs.self
    case .sgn: Sgn.self
    case .step: Step.self
    case .less: Less.self
    case .equal: Equal.self
    case .lessOrEqual: LessOrEqual.self
    case .maximum: Maximum.self
    case .minimum: Minimum.self
    case .clip: Clip.self
    case .where: Where.self
    case .sigmoid: Sigmoid.self
    case .relu: Relu.self
    case .softplus: Softplus.self
    case .leakyRelu: LeakyRelu.self
    case .elu: Elu.self
    case .gelu: Gelu.self
    case .silu: Silu.self
    case .stopGradient: StopGradient.self
    case .matmul: Matmul.self
    case .sum: Sum.self
    case .sumOfSquares: SumOfSquares.self
    case .broadcast: Broadcast.self
    case .reshape: Reshape.self
    case .permute: Permute.self
    case .max: Max.self
    case .logSumExp: LogSumExp.self
    case .softmax: Softmax.self
    case .logSoftmax: LogSoftmax.self
    case .softmaxCrossEntropy: SoftmaxCrossEntropy.self
    case .subtractOneHot: SubtractOneHot.self
    case .cumulativeSum: CumulativeSum.self
    case .slice: Slice.self
    case .place: Place.self
    case .concatenate: Concatenate.self
    case .gather: Gather.self
    case .scatterAdd: ScatterAdd.self
    case .solve: Solve.self
    case .inverse: Inverse.self
    case .determinant: Determinant.self
    case .logDeterminant: LogDeterminant.self
    case .cholesky: Cholesky.self
    case .lowerTriangle: LowerTriangle.self
    }
  }
}
