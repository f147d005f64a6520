import ChainruleKernels

// Strips as an algebra: every operation of a rule is one call of a kernel. A rule is run over blocks that fit the
// first-level cache (see Elementwise.swift), so that its temporaries cost no memory traffic.

extension Strip: Algebra {
  public init(floatLiteral value: Double) { self.init(number: value) }
  public init(integerLiteral value: Int) { self.init(number: Double(value)) }

  public static func + (a: Strip, b: Strip) -> Strip {
    if a.isNumber && b.isNumber { return Strip(number: a.number + b.number) }
    if b.isNumber {
      return b.number == 0 ? a : a.with(number: b.number, ck_add_scalar)
    }
    if a.isNumber { return b + a }
    switch (a.layout, b.layout) {
    case (.full, .row): return a.along(b, ck_add_row)
    case (.full, .column): return a.along(b, ck_add_column)
    case (.row, .full), (.column, .full): return b + a
    default: return a.alike(b) { $0.zip($1, ck_add) }
    }
  }

  public static func - (a: Strip, b: Strip) -> Strip {
    if a.isNumber && b.isNumber { return Strip(number: a.number - b.number) }
    if b.isNumber { return a.with(number: b.number, ck_sub_scalar) }
    if a.isNumber { return b.with(number: a.number, ck_scalar_sub) }
    switch (a.layout, b.layout) {
    case (.full, .row): return a.along(b, ck_sub_row)
    case (.full, .column): return a.along(b, ck_sub_column)
    default: return a.alike(b) { $0.zip($1, ck_sub) }
    }
  }

  public static func * (a: Strip, b: Strip) -> Strip {
    if a.isNumber && b.isNumber { return Strip(number: a.number * b.number) }
    if b.isNumber {
      return b.number == 1 ? a : a.with(number: b.number, ck_mul_scalar)
    }
    if a.isNumber { return b * a }
    switch (a.layout, b.layout) {
    case (.full, .row): return a.along(b, ck_mul_row)
    case (.full, .column): return a.along(b, ck_mul_column)
    case (.row, .full), (.column, .full): return b * a
    default: return a.alike(b) { $0.zip($1, ck_mul) }
    }
  }

  public static func / (a: Strip, b: Strip) -> Strip {
    if a.isNumber && b.isNumber { return Strip(number: a.number / b.number) }
    if b.isNumber { return a.with(number: b.number, ck_div_scalar) }
    if a.isNumber { return b.with(number: a.number, ck_scalar_div) }
    switch (a.layout, b.layout) {
    case (.full, .row): return a.along(b, ck_div_row)
    case (.full, .column): return a.along(b, ck_div_column)
    default: return a.alike(b) { $0.zip($1, ck_div) }
    }
  }

  /// A 0 lets nothing through; a number that is neither 0 nor infinite makes a plain product.
  public static func chain(_ local: Strip, _ arriving: Strip) -> Strip {
    if local.isNumber && arriving.isNumber { return Strip(number: .chain(local.number, arriving.number)) }
    if local.isNumber && local.number.isFinite { return local.number == 0 ? 0 : arriving * local }
    if arriving.isNumber && arriving.number.isFinite { return arriving.number == 0 ? 0 : local * arriving }
    return local.alike(arriving) { $0.zip($1, ck_chain) }
  }

  public static prefix func - (a: Strip) -> Strip { a.map({ -$0 }, ck_neg) }

  public static func pow(_ x: Strip, _ y: Strip) -> Strip {
    y.isNumber && !x.isNumber ? x.with(number: y.number, ck_pow_scalar) : x.combined(with: y, Double.pow, ck_pow)
  }

  public static func hypot(_ a: Strip, _ b: Strip) -> Strip { a.each(b, Float.hypot, Double.hypot) }
  public static func mod(_ a: Strip, _ b: Strip) -> Strip { a.each(b, Float.mod, Double.mod) }
  public static func polygamma(_ n: Strip, _ x: Strip) -> Strip { n.each(x, Float.polygamma, Double.polygamma) }

  public static func less(_ a: Strip, _ b: Strip) -> Strip { a.combined(with: b, Double.less, ck_less) }
  public static func equal(_ a: Strip, _ b: Strip) -> Strip { a.combined(with: b, Double.equal, ck_equal) }

  public static func select(_ condition: Strip, _ then: Strip, _ otherwise: Strip) -> Strip {
    if condition.isNumber { return condition.number != 0 ? then : otherwise }
    let layouts = (condition.layout, then.isNumber ? condition.layout : then.layout)
    let isAlike = layouts.0 == layouts.1 && (otherwise.isNumber || otherwise.layout == layouts.0)
    let c = isAlike ? condition : condition.expanded(in: condition.workspace!)
    let (a, b) = (then.alike(c) { a, _ in a }, otherwise.alike(c) { b, _ in b })
    let out = c.fresh(c.layout)
    ck_select(c.isSingle, out.count, c.base, a.base, b.base, out.base)
    return out
  }

  public static func exp(_ x: Strip) -> Strip { x.map(Double.exp, ck_exp) }
  public static func expm1(_ x: Strip) -> Strip { x.map(Double.expm1, ck_expm1) }
  public static func log(_ x: Strip) -> Strip { x.map(Double.log, ck_log) }
  public static func log1p(_ x: Strip) -> Strip { x.map(Double.log1p, ck_log1p) }
  public static func sqrt(_ x: Strip) -> Strip { x.map(Double.sqrt, ck_sqrt) }
  public static func sin(_ x: Strip) -> Strip { x.map(Double.sin, ck_sin) }
  public static func cos(_ x: Strip) -> Strip { x.map(Double.cos, ck_cos) }
  public static func tan(_ x: Strip) -> Strip { x.map(Double.tan, ck_tan) }
  public static func asin(_ x: Strip) -> Strip { x.map(Double.asin, ck_asin) }
  public static func acos(_ x: Strip) -> Strip { x.map(Double.acos, ck_acos) }
  public static func atan(_ x: Strip) -> Strip { x.map(Double.atan, ck_atan) }
  public static func sinh(_ x: Strip) -> Strip { x.map(Double.sinh, ck_sinh) }
  public static func cosh(_ x: Strip) -> Strip { x.map(Double.cosh, ck_cosh) }
  public static func tanh(_ x: Strip) -> Strip { x.map(Double.tanh, ck_tanh) }
  public static func erf(_ x: Strip) -> Strip { x.map(Double.erf, ck_erf) }
  public static func erfc(_ x: Strip) -> Strip { x.each(Float.erfc, Double.erfc) }
  public static func exp2(_ x: Strip) -> Strip { x.each(Float.exp2, Double.exp2) }
  public static func log2(_ x: Strip) -> Strip { x.each(Float.log2, Double.log2) }
  public static func log10(_ x: Strip) -> Strip { x.each(Float.log10, Double.log10) }
  public static func lgamma(_ x: Strip) -> Strip { x.each(Float.lgamma, Double.lgamma) }
  public static func scale(_ x: Strip) -> Strip { x.each(Float.scale, Double.scale) }
  public static func floor(_ x: Strip) -> Strip { x.each(Float.floor, Double.floor) }
  public static func abs(_ x: Strip) -> Strip { x.map(Double.abs, ck_abs) }
  public static func asinh(_ x: Strip) -> Strip { x.each(Float.asinh, Double.asinh) }
  public static func acosh(_ x: Strip) -> Strip { x.each(Float.acosh, Double.acosh) }
  public static func atanh(_ x: Strip) -> Strip { x.each(Float.atanh, Double.atanh) }

  /// Rules with a kernel of their own; the others are computed as they are stated.
  @inlinable @inline(__always)
  public static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Strip) -> Strip {
    if R.self == LogisticDensity.self { return x.logisticDensity }
    switch R.code {
    case Sigmoid.code: return x.sigmoid
    case Relu.code: return x.relu
    case Softplus.code: return x.softplus
    case Square.code: return x.square
    default: return R.value(x)
    }
  }
}

extension Strip {
  @usableFromInline var sigmoid: Strip {
    map({ .apply(Sigmoid.self, $0) }, ck_sigmoid)
  }
  @usableFromInline var logisticDensity: Strip {
    map({ .apply(LogisticDensity.self, $0) }, ck_logistic_density)
  }
  @usableFromInline var relu: Strip { map({ .apply(Relu.self, $0) }, ck_relu) }
  @usableFromInline var softplus: Strip {
    map({ .apply(Softplus.self, $0) }, ck_softplus)
  }
  @usableFromInline var square: Strip { map({ $0 * $0 }, ck_square) }

  /// A function without a kernel, element by element.
  private func each(_ single: (Float) -> Float, _ double: (Double) -> Double) -> Strip {
    map(double) { isSingle, count, x, y in
      if isSingle { apply(single, count, x, y) } else { apply(double, count, x, y) }
    }
  }

  private func apply<E>(_ f: (E) -> E, _ count: Int, _ x: UnsafeRawPointer?, _ y: UnsafeMutableRawPointer?) {
    guard let x = x?.assumingMemoryBound(to: E.self), let y = y?.assumingMemoryBound(to: E.self) else { return }
    for place in 0..<count { y[place] = f(x[place]) }
  }

  private func each(
    _ other: Strip, _ single: (Float, Float) -> Float, _ double: (Double, Double) -> Double
  ) -> Strip {
    combined(with: other, double) { isSingle, count, x, y, z in
      if isSingle { apply(single, count, x, y, z) } else { apply(double, count, x, y, z) }
    }
  }

  private func apply<E>(
    _ f: (E, E) -> E, _ count: Int, _ x: UnsafeRawPointer?, _ y: UnsafeRawPointer?, _ z: UnsafeMutableRawPointer?
  ) {
    guard let x = x?.assumingMemoryBound(to: E.self), let y = y?.assumingMemoryBound(to: E.self),
      let z = z?.assumingMemoryBound(to: E.self)
    else { return }
    for place in 0..<count { z[place] = f(x[place], y[place]) }
  }
}
