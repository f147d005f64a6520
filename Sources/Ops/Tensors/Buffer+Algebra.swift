import Kernels

// Arrays as an algebra: every operation of a rule is one call of a kernel. A rule is run over blocks that fit the
// first-level cache (see Elementwise.swift), so that its temporaries cost no memory traffic.

extension Buffer: Algebra {
  public init(floatLiteral value: Double) { self.init(number: value) }
  public init(integerLiteral value: Int) { self.init(number: Double(value)) }

  public static func + (a: Buffer, b: Buffer) -> Buffer {
    if a.isAlike(b) { return a.zip(b, ck_add_f32, ck_add_f64) }
    let (a, b) = (a.unboxed, b.unboxed)
    if a.isNumber && b.isNumber { return Buffer(number: a.number + b.number) }
    if b.isNumber {
      return b.number == 0 ? a : a.with(number: b.number, ck_add_scalar_f32, ck_add_scalar_f64)
    }
    if a.isNumber { return b + a }
    switch a.matrix(with: b) {
    case .rows(let r, let c): return a.byRow(r, c, b, ck_add_row_f32, ck_add_row_f64)
    case .columns(let r, let c): return a.byRow(r, c, b, ck_add_column_f32, ck_add_column_f64)
    case .other: return a.expanded(with: b, +)
    }
  }

  public static func - (a: Buffer, b: Buffer) -> Buffer {
    if a.isAlike(b) { return a.zip(b, ck_sub_f32, ck_sub_f64) }
    let (a, b) = (a.unboxed, b.unboxed)
    if a.isNumber && b.isNumber { return Buffer(number: a.number - b.number) }
    if b.isNumber { return a.with(number: b.number, ck_sub_scalar_f32, ck_sub_scalar_f64) }
    if a.isNumber { return b.with(number: a.number, ck_scalar_sub_f32, ck_scalar_sub_f64) }
    switch a.matrix(with: b) {
    case .rows(let r, let c): return a.byRow(r, c, b, ck_sub_row_f32, ck_sub_row_f64)
    case .columns(let r, let c): return a.byRow(r, c, b, ck_sub_column_f32, ck_sub_column_f64)
    case .other: return a.expanded(with: b, -)
    }
  }

  public static func * (a: Buffer, b: Buffer) -> Buffer {
    if a.isAlike(b) { return a.zip(b, ck_mul_f32, ck_mul_f64) }
    let (a, b) = (a.unboxed, b.unboxed)
    if a.isNumber && b.isNumber { return Buffer(number: a.number * b.number) }
    if b.isNumber {
      return b.number == 1 ? a : a.with(number: b.number, ck_mul_scalar_f32, ck_mul_scalar_f64)
    }
    if a.isNumber { return b * a }
    switch a.matrix(with: b) {
    case .rows(let r, let c): return a.byRow(r, c, b, ck_mul_row_f32, ck_mul_row_f64)
    case .columns(let r, let c): return a.byRow(r, c, b, ck_mul_column_f32, ck_mul_column_f64)
    case .other: return a.expanded(with: b, *)
    }
  }

  public static func / (a: Buffer, b: Buffer) -> Buffer {
    if a.isAlike(b) { return a.zip(b, ck_div_f32, ck_div_f64) }
    let (a, b) = (a.unboxed, b.unboxed)
    if a.isNumber && b.isNumber { return Buffer(number: a.number / b.number) }
    if b.isNumber { return a.with(number: b.number, ck_div_scalar_f32, ck_div_scalar_f64) }
    if a.isNumber { return b.with(number: a.number, ck_scalar_div_f32, ck_scalar_div_f64) }
    switch a.matrix(with: b) {
    case .rows(let r, let c): return a.byRow(r, c, b, ck_div_row_f32, ck_div_row_f64)
    case .columns(let r, let c): return a.byRow(r, c, b, ck_div_column_f32, ck_div_column_f64)
    case .other: return a.expanded(with: b, /)
    }
  }

  public static func chain(_ local: Buffer, _ arriving: Buffer) -> Buffer {
    if local.isAlike(arriving) { return local.zip(arriving, ck_chain_f32, ck_chain_f64) }
    if local.isNumber && arriving.isNumber { return Buffer(number: .chain(local.number, arriving.number)) }
    if local.passesAll || arriving.passesAll || local.isFinite && arriving.isFinite { return arriving * local }
    return local.alike(arriving) { $0.zip($1, ck_chain_f32, ck_chain_f64) }
  }

  /// A number that is neither 0 nor infinite: the plain product is right whatever the other factor.
  private var passesAll: Bool { isNumber && number != 0 && number.isFinite }

  /// Whether no element is infinite or NaN, as far as their sum tells: where that overflows it may say no.
  private var isFinite: Bool { isNumber ? number.isFinite : sum.isFinite }

  public static prefix func - (a: Buffer) -> Buffer { a.map({ -$0 }, ck_neg_f32, ck_neg_f64) }

  public static func pow(_ x: Buffer, _ y: Buffer) -> Buffer {
    let (x, y) = (x.unboxed, y.unboxed)
    if x.isNumber && y.isNumber { return Buffer(number: .pow(x.number, y.number)) }
    if y.isNumber { return x.with(number: y.number, ck_pow_scalar_f32, ck_pow_scalar_f64) }
    return x.alike(y) { $0.zip($1, ck_pow_f32, ck_pow_f64) }
  }

  public static func less(_ a: Buffer, _ b: Buffer) -> Buffer {
    if a.isNumber && b.isNumber { return Buffer(number: .less(a.number, b.number)) }
    return a.alike(b) { $0.zip($1, ck_less_f32, ck_less_f64) }
  }

  public static func equal(_ a: Buffer, _ b: Buffer) -> Buffer {
    if a.isNumber && b.isNumber { return Buffer(number: .equal(a.number, b.number)) }
    return a.alike(b) { $0.zip($1, ck_equal_f32, ck_equal_f64) }
  }

  public static func select(_ condition: Buffer, _ then: Buffer, _ otherwise: Buffer) -> Buffer {
    if condition.isNumber { return condition.number != 0 ? then : otherwise }
    guard let shape = condition.shape.broadcast(with: then.shape)?.broadcast(with: otherwise.shape) else {
      fatalError("where: shapes \(condition.shape), \(then.shape) and \(otherwise.shape) do not broadcast")
    }
    let c = condition.expanded(to: shape, like: condition)
    let a = then.expanded(to: shape, like: condition)
    let b = otherwise.expanded(to: shape, like: condition)
    let out = c.fresh(shape)
    switch condition.precision {
    case .single: ck_select_f32(out.count, c.single, a.single, b.single, out.single)
    case .double: ck_select_f64(out.count, c.double, a.double, b.double, out.double)
    }
    return out
  }

  public static func exp(_ x: Buffer) -> Buffer { x.map(Double.exp, ck_exp_f32, ck_exp_f64) }
  public static func expm1(_ x: Buffer) -> Buffer { x.map(Double.expm1, ck_expm1_f32, ck_expm1_f64) }
  public static func log(_ x: Buffer) -> Buffer { x.map(Double.log, ck_log_f32, ck_log_f64) }
  public static func log1p(_ x: Buffer) -> Buffer { x.map(Double.log1p, ck_log1p_f32, ck_log1p_f64) }
  public static func sqrt(_ x: Buffer) -> Buffer { x.map(Double.sqrt, ck_sqrt_f32, ck_sqrt_f64) }
  public static func sin(_ x: Buffer) -> Buffer { x.map(Double.sin, ck_sin_f32, ck_sin_f64) }
  public static func cos(_ x: Buffer) -> Buffer { x.map(Double.cos, ck_cos_f32, ck_cos_f64) }
  public static func tan(_ x: Buffer) -> Buffer { x.map(Double.tan, ck_tan_f32, ck_tan_f64) }
  public static func asin(_ x: Buffer) -> Buffer { x.map(Double.asin, ck_asin_f32, ck_asin_f64) }
  public static func acos(_ x: Buffer) -> Buffer { x.map(Double.acos, ck_acos_f32, ck_acos_f64) }
  public static func atan(_ x: Buffer) -> Buffer { x.map(Double.atan, ck_atan_f32, ck_atan_f64) }
  public static func sinh(_ x: Buffer) -> Buffer { x.map(Double.sinh, ck_sinh_f32, ck_sinh_f64) }
  public static func cosh(_ x: Buffer) -> Buffer { x.map(Double.cosh, ck_cosh_f32, ck_cosh_f64) }
  public static func tanh(_ x: Buffer) -> Buffer { x.map(Double.tanh, ck_tanh_f32, ck_tanh_f64) }
  public static func erf(_ x: Buffer) -> Buffer { x.map(Double.erf, ck_erf_f32, ck_erf_f64) }
  public static func abs(_ x: Buffer) -> Buffer { x.map(Double.abs, ck_abs_f32, ck_abs_f64) }
  public static func asinh(_ x: Buffer) -> Buffer { x.each(Float.asinh, Double.asinh) }
  public static func acosh(_ x: Buffer) -> Buffer { x.each(Float.acosh, Double.acosh) }
  public static func atanh(_ x: Buffer) -> Buffer { x.each(Float.atanh, Double.atanh) }

  /// Rules with a kernel of their own; the others are computed as they are stated.
  @inlinable @inline(__always)
  public static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Buffer) -> Buffer {
    switch R.code {
    case Sigmoid.code: x.sigmoid
    case Relu.code: x.relu
    case Softplus.code: x.softplus
    case Square.code: x.square
    default: R.value(x)
    }
  }
}

extension Buffer {
  @usableFromInline var sigmoid: Buffer {
    map({ .apply(Sigmoid.self, $0) }, ck_sigmoid_f32, ck_sigmoid_f64)
  }
  @usableFromInline var relu: Buffer { map({ .apply(Relu.self, $0) }, ck_relu_f32, ck_relu_f64) }
  @usableFromInline var softplus: Buffer {
    map({ .apply(Softplus.self, $0) }, ck_softplus_f32, ck_softplus_f64)
  }
  @usableFromInline var square: Buffer { map({ $0 * $0 }, ck_square_f32, ck_square_f64) }

  /// A function without a kernel, element by element.
  private func each(_ single: (Float) -> Float, _ double: (Double) -> Double) -> Buffer {
    map(
      double,
      { count, x, y in for place in 0..<count { y![place] = single(x![place]) } },
      { count, x, y in for place in 0..<count { y![place] = double(x![place]) } })
  }

  /// Both tensors of one shape: the usual case, seen first.
  @inline(__always)
  fileprivate func isAlike(_ other: Buffer) -> Bool { !isNumber && !other.isNumber && shape == other.shape }

  fileprivate enum Pairing {
    case rows(Int, Int)
    case columns(Int, Int)
    case other
  }

  /// How a smaller tensor lies along this one: as each of its rows, as each of its columns, or otherwise.
  fileprivate func matrix(with other: Buffer) -> Pairing {
    let (a, b) = (shape, other.shape)
    guard b.rank <= a.rank, b.count > 0, a.count > 0 else { return .other }
    let lead = a.rank - b.rank
    if (0..<b.rank).allSatisfy({ a[lead + $0] == b[$0] }) { return .rows(a.count / b.count, b.count) }
    guard a.rank == b.rank else { return .other }
    let split = (0..<a.rank).first { a[$0] != b[$0] } ?? a.rank
    if (split..<a.rank).allSatisfy({ b[$0] == 1 }) { return .columns(b.count, a.count / b.count) }
    return .other
  }

  /// Both in their common shape, then the operation.
  fileprivate func expanded(with other: Buffer, _ operation: (Buffer, Buffer) -> Buffer) -> Buffer {
    guard let common = shape.broadcast(with: other.shape) else {
      fatalError("shapes \(shape) and \(other.shape) do not broadcast")
    }
    return operation(broadcast(to: common), other.broadcast(to: common))
  }

  /// In a shape it broadcasts to; a plain number as a tensor with the precision of another.
  fileprivate func expanded(to shape: Shape, like other: Buffer) -> Buffer {
    isNumber ? other.filled(with: number, shape: shape) : broadcast(to: shape)
  }

  /// Two operands in one shape, for an operation that has no form for numbers.
  fileprivate func alike(_ other: Buffer, _ operation: (Buffer, Buffer) -> Buffer) -> Buffer {
    if isNumber { return operation(filled(like: other), other) }
    if other.isNumber { return operation(self, other.filled(like: self)) }
    return shape == other.shape ? operation(self, other) : expanded(with: other, operation)
  }
}
