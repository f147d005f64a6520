/// The elementary functions on formulas: each writes down its call. A rule such as `1 - tanh(x)·tanh(x)` is
/// generic over its number type; these make ``Formula`` one of them.
extension Formula {
  public static func exp(_ x: Formula) -> Formula { call("exp", x) }
  public static func expm1(_ x: Formula) -> Formula { call("expm1", x) }
  public static func log(_ x: Formula) -> Formula { call("log", x) }
  public static func log1p(_ x: Formula) -> Formula { call("log1p", x) }
  public static func sqrt(_ x: Formula) -> Formula { call("sqrt", x) }
  public static func abs(_ x: Formula) -> Formula { call("abs", x) }
  public static func sgn(_ x: Formula) -> Formula { call("sgn", x) }
  public static func step(_ x: Formula) -> Formula { call("step", x) }
  public static func sin(_ x: Formula) -> Formula { call("sin", x) }
  public static func cos(_ x: Formula) -> Formula { call("cos", x) }
  public static func tan(_ x: Formula) -> Formula { call("tan", x) }
  public static func asin(_ x: Formula) -> Formula { call("asin", x) }
  public static func acos(_ x: Formula) -> Formula { call("acos", x) }
  public static func atan(_ x: Formula) -> Formula { call("atan", x) }
  public static func sinh(_ x: Formula) -> Formula { call("sinh", x) }
  public static func cosh(_ x: Formula) -> Formula { call("cosh", x) }
  public static func tanh(_ x: Formula) -> Formula { call("tanh", x) }
  public static func sigmoid(_ x: Formula) -> Formula { call("sigmoid", x) }
  public static func relu(_ x: Formula) -> Formula { call("relu", x) }
  public static func softplus(_ x: Formula) -> Formula { call("softplus", x) }

  public static func max(_ a: Formula, _ b: Formula) -> Formula { call("max", a, b) }
  public static func min(_ a: Formula, _ b: Formula) -> Formula { call("min", a, b) }

  /// `where(a > 0, b, c)`
  public static func `where`(_ condition: Formula, _ a: Formula, _ b: Formula) -> Formula {
    call("where", condition, a, b)
  }

  public static func compare(_ a: Formula, _ symbol: Comparison, _ b: Formula) -> Formula {
    Formula(.comparison(symbol, a, b))
  }
}

/// Matrices.
extension Formula {
  public static func matmul(_ a: Formula, _ b: Formula) -> Formula { Formula(.binary(.matmul, a, b)) }

  /// `Xᵀ`; the transpose of a transpose is the matrix itself.
  public var transposed: Formula {
    if case .transpose(let inner) = form { inner } else { Formula(.transpose(self)) }
  }
}
