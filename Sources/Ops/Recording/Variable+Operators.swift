// The operators once more, for `Double` and for `Float`: the generic ones of `RuleAlgebra` would do, but the compiler
// tries all generic operators in every combination. An expression such as
// `100 * (x - x * x) * (1 - x) + k * x + 2 * exp(-x * x / 2)` is then given up after 10 seconds; with operators on
// concrete types it takes milliseconds. Numbers (`k * x`) come last: a literal is a variable without a tape.

extension Variable where Element == Double {
  @_transparent
  public static func + (a: Variable<Double>, b: Variable<Double>) -> Variable<Double> {
    apply(Add.self, a, b)
  }
  @_transparent @_disfavoredOverload
  public static func + (a: Double, b: Variable<Double>) -> Variable<Double> {
    apply(Add.self, Variable(a), b)
  }
  @_transparent @_disfavoredOverload
  public static func + (a: Variable<Double>, b: Double) -> Variable<Double> {
    apply(Add.self, a, Variable(b))
  }
  @_transparent
  public static func += (a: inout Variable<Double>, b: Variable<Double>) { a = a + b }
  @_transparent @_disfavoredOverload
  public static func += (a: inout Variable<Double>, b: Double) { a = a + b }

  @_transparent
  public static func - (a: Variable<Double>, b: Variable<Double>) -> Variable<Double> {
    apply(Subtract.self, a, b)
  }
  @_transparent @_disfavoredOverload
  public static func - (a: Double, b: Variable<Double>) -> Variable<Double> {
    apply(Subtract.self, Variable(a), b)
  }
  @_transparent @_disfavoredOverload
  public static func - (a: Variable<Double>, b: Double) -> Variable<Double> {
    apply(Subtract.self, a, Variable(b))
  }
  @_transparent
  public static func -= (a: inout Variable<Double>, b: Variable<Double>) { a = a - b }
  @_transparent @_disfavoredOverload
  public static func -= (a: inout Variable<Double>, b: Double) { a = a - b }

  @_transparent
  public static func * (a: Variable<Double>, b: Variable<Double>) -> Variable<Double> {
    apply(Multiply.self, a, b)
  }
  @_transparent @_disfavoredOverload
  public static func * (a: Double, b: Variable<Double>) -> Variable<Double> {
    apply(Multiply.self, Variable(a), b)
  }
  @_transparent @_disfavoredOverload
  public static func * (a: Variable<Double>, b: Double) -> Variable<Double> {
    apply(Multiply.self, a, Variable(b))
  }
  @_transparent
  public static func *= (a: inout Variable<Double>, b: Variable<Double>) { a = a * b }
  @_transparent @_disfavoredOverload
  public static func *= (a: inout Variable<Double>, b: Double) { a = a * b }

  @_transparent
  public static func / (a: Variable<Double>, b: Variable<Double>) -> Variable<Double> {
    apply(Divide.self, a, b)
  }
  @_transparent @_disfavoredOverload
  public static func / (a: Double, b: Variable<Double>) -> Variable<Double> {
    apply(Divide.self, Variable(a), b)
  }
  @_transparent @_disfavoredOverload
  public static func / (a: Variable<Double>, b: Double) -> Variable<Double> {
    apply(Divide.self, a, Variable(b))
  }
  @_transparent
  public static func /= (a: inout Variable<Double>, b: Variable<Double>) { a = a / b }
  @_transparent @_disfavoredOverload
  public static func /= (a: inout Variable<Double>, b: Double) { a = a / b }

  @_transparent
  public static prefix func - (a: Variable<Double>) -> Variable<Double> { apply(Negate.self, a) }
}

extension Variable where Element == Float {
  @_transparent
  public static func + (a: Variable<Float>, b: Variable<Float>) -> Variable<Float> { apply(Add.self, a, b) }
  @_transparent @_disfavoredOverload
  public static func + (a: Float, b: Variable<Float>) -> Variable<Float> { apply(Add.self, Variable(a), b) }
  @_transparent @_disfavoredOverload
  public static func + (a: Variable<Float>, b: Float) -> Variable<Float> { apply(Add.self, a, Variable(b)) }
  @_transparent
  public static func += (a: inout Variable<Float>, b: Variable<Float>) { a = a + b }
  @_transparent @_disfavoredOverload
  public static func += (a: inout Variable<Float>, b: Float) { a = a + b }

  @_transparent
  public static func - (a: Variable<Float>, b: Variable<Float>) -> Variable<Float> {
    apply(Subtract.self, a, b)
  }
  @_transparent @_disfavoredOverload
  public static func - (a: Float, b: Variable<Float>) -> Variable<Float> {
    apply(Subtract.self, Variable(a), b)
  }
  @_transparent @_disfavoredOverload
  public static func - (a: Variable<Float>, b: Float) -> Variable<Float> {
    apply(Subtract.self, a, Variable(b))
  }
  @_transparent
  public static func -= (a: inout Variable<Float>, b: Variable<Float>) { a = a - b }
  @_transparent @_disfavoredOverload
  public static func -= (a: inout Variable<Float>, b: Float) { a = a - b }

  @_transparent
  public static func * (a: Variable<Float>, b: Variable<Float>) -> Variable<Float> {
    apply(Multiply.self, a, b)
  }
  @_transparent @_disfavoredOverload
  public static func * (a: Float, b: Variable<Float>) -> Variable<Float> {
    apply(Multiply.self, Variable(a), b)
  }
  @_transparent @_disfavoredOverload
  public static func * (a: Variable<Float>, b: Float) -> Variable<Float> {
    apply(Multiply.self, a, Variable(b))
  }
  @_transparent
  public static func *= (a: inout Variable<Float>, b: Variable<Float>) { a = a * b }
  @_transparent @_disfavoredOverload
  public static func *= (a: inout Variable<Float>, b: Float) { a = a * b }

  @_transparent
  public static func / (a: Variable<Float>, b: Variable<Float>) -> Variable<Float> {
    apply(Divide.self, a, b)
  }
  @_transparent @_disfavoredOverload
  public static func / (a: Float, b: Variable<Float>) -> Variable<Float> {
    apply(Divide.self, Variable(a), b)
  }
  @_transparent @_disfavoredOverload
  public static func / (a: Variable<Float>, b: Float) -> Variable<Float> {
    apply(Divide.self, a, Variable(b))
  }
  @_transparent
  public static func /= (a: inout Variable<Float>, b: Variable<Float>) { a = a / b }
  @_transparent @_disfavoredOverload
  public static func /= (a: inout Variable<Float>, b: Float) { a = a / b }

  @_transparent
  public static prefix func - (a: Variable<Float>) -> Variable<Float> { apply(Negate.self, a) }
}
