/// The operations of the package, each by its rule.
///
/// This list is all that knows of them: names, formulas, functions of the language of formulas, tests and
/// documentation follow from the rules. The number that a rule has on tapes, its `code`, is its place here; a new rule
/// comes to the end.
package enum Operations {
  package static let rules: [any Rule.Type] = [
    Add.self, Subtract.self, Multiply.self, Divide.self, Negate.self, Power.self, Square.self, Reciprocal.self,
    Exp.self, Expm1.self, Log.self, Log1p.self, Sqrt.self,
    Sin.self, Cos.self, Tan.self, Asin.self, Acos.self, Atan.self, Sinh.self, Cosh.self, Tanh.self, Asinh.self,
    Acosh.self, Atanh.self,
    Erf.self,
    Abs.self, Sgn.self, Step.self, Less.self, Equal.self, LessOrEqual.self, Maximum.self, Minimum.self, Clip.self,
    Where.self,
    Sigmoid.self, Relu.self, Softplus.self, LeakyRelu.self, Elu.self, Gelu.self, Silu.self,
    StopGradient.self,
    Matmul.self, Sum.self, SumOfSquares.self, Broadcast.self, Reshape.self, Permute.self,
    Max.self, LogSumExp.self, Softmax.self, LogSoftmax.self,
    SoftmaxCrossEntropy.self, SubtractOneHot.self, CumulativeSum.self,
    Slice.self, Place.self, Concatenate.self, Gather.self, ScatterAdd.self,
    Solve.self, Inverse.self, Determinant.self, LogDeterminant.self, Cholesky.self, LowerTriangle.self,
    Adjugate.self,
    Exp2.self, Log2.self, Log10.self, LogSigmoid.self, LogAddExp.self, XLogY.self,
    Erfc.self, Hypot.self, Lgamma.self, Digamma.self, Polygamma.self, Sinc.self,
    Floor.self, Ceil.self, Round.self, Mod.self,
    Cbrt.self, Atan2.self, Roll.self,
  ]

  /// The code of the first; lower ones are leaves of the tape.
  static let first: UInt16 = 8
}
