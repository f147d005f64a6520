import ChainruleKernels
import Foundation
import Testing

// Every kernel against a plain loop in more precision, in every variant this machine has, for float and double.

/// What the tests need of an element type: the kernels' names for it, and its neighbours.
private protocol Element: BinaryFloatingPoint, Sendable {
  typealias Input = UnsafePointer<Self>
  typealias Output = UnsafeMutablePointer<Self>
  static var gemm: (Bool, Bool, Int, Int, Int, Input?, Int, Input?, Int, Output?, Int, Bool, Int32) -> Void
  { get }
  static var binary: [(String, (Int, Input?, Input?, Output?) -> Void, (Double, Double) -> Double)] { get }
  static var scalar: [(String, (Int, Input?, Self, Output?) -> Void, (Double, Double) -> Double)] { get }
  static var unary: [(String, (Int, Input?, Output?) -> Void, (Double) -> Double)] { get }
}

extension Float: Element {
  fileprivate static var gemm: (Bool, Bool, Int, Int, Int, Input?, Int, Input?, Int, Output?, Int, Bool, Int32) -> Void
  { ck_gemm_f32 }
  fileprivate static var binary: [(String, (Int, Input?, Input?, Output?) -> Void, (Double, Double) -> Double)] {
    [
      ("add", ck_add_f32, { $0 + $1 }),
      ("sub", ck_sub_f32, { $0 - $1 }),
      ("mul", ck_mul_f32, { $0 * $1 }),
      ("div", ck_div_f32, { $0 / $1 }),
      ("less", ck_less_f32, { $0 < $1 ? 1 : 0 }),
      ("equal", ck_equal_f32, { $0 == $1 ? 1 : 0 }),
      ("chain", ck_chain_f32, { $0 == 0 || $1 == 0 ? 0 : $0 * $1 }),
      ("pow", ck_pow_f32, Foundation.pow),
    ]
  }
  fileprivate static var scalar: [(String, (Int, Input?, Self, Output?) -> Void, (Double, Double) -> Double)] {
    [
      ("add_scalar", ck_add_scalar_f32, { $0 + $1 }),
      ("sub_scalar", ck_sub_scalar_f32, { $0 - $1 }),
      ("scalar_sub", ck_scalar_sub_f32, { $1 - $0 }),
      ("mul_scalar", ck_mul_scalar_f32, { $0 * $1 }),
      ("div_scalar", ck_div_scalar_f32, { $0 / $1 }),
      ("scalar_div", ck_scalar_div_f32, { $1 / $0 }),
      ("pow_scalar", ck_pow_scalar_f32, { Foundation.pow($0, $1) }),
    ]
  }
  fileprivate static var unary: [(String, (Int, Input?, Output?) -> Void, (Double) -> Double)] {
    [
      ("neg", ck_neg_f32, { -$0 }),
      ("abs", ck_abs_f32, { Swift.abs($0) }),
      ("square", ck_square_f32, { $0 * $0 }),
      ("sqrt", ck_sqrt_f32, { $0.squareRoot() }),
      ("relu", ck_relu_f32, { $0.isNaN || $0 > 0 ? $0 : 0 }),
      ("copy", ck_copy_f32, { $0 }),
      ("exp", ck_exp_f32, Foundation.exp),
      ("expm1", ck_expm1_f32, Foundation.expm1),
      ("log", ck_log_f32, Foundation.log),
      ("log1p", ck_log1p_f32, Foundation.log1p),
      ("tanh", ck_tanh_f32, Foundation.tanh),
      ("sigmoid", ck_sigmoid_f32, sigmoid),
      ("softplus", ck_softplus_f32, softplus),
      ("sin", ck_sin_f32, Foundation.sin),
      ("cos", ck_cos_f32, Foundation.cos),
      ("tan", ck_tan_f32, Foundation.tan),
      ("asin", ck_asin_f32, Foundation.asin),
      ("acos", ck_acos_f32, Foundation.acos),
      ("atan", ck_atan_f32, Foundation.atan),
      ("sinh", ck_sinh_f32, Foundation.sinh),
      ("cosh", ck_cosh_f32, Foundation.cosh),
      ("erf", ck_erf_f32, Foundation.erf),
    ]
  }
}

extension Double: Element {
  fileprivate static var gemm: (Bool, Bool, Int, Int, Int, Input?, Int, Input?, Int, Output?, Int, Bool, Int32) -> Void
  { ck_gemm_f64 }
  fileprivate static var binary: [(String, (Int, Input?, Input?, Output?) -> Void, (Double, Double) -> Double)] {
    [
      ("add", ck_add_f64, { $0 + $1 }),
      ("sub", ck_sub_f64, { $0 - $1 }),
      ("mul", ck_mul_f64, { $0 * $1 }),
      ("div", ck_div_f64, { $0 / $1 }),
      ("less", ck_less_f64, { $0 < $1 ? 1 : 0 }),
      ("equal", ck_equal_f64, { $0 == $1 ? 1 : 0 }),
      ("chain", ck_chain_f64, { $0 == 0 || $1 == 0 ? 0 : $0 * $1 }),
      ("pow", ck_pow_f64, Foundation.pow),
    ]
  }
  fileprivate static var scalar: [(String, (Int, Input?, Self, Output?) -> Void, (Double, Double) -> Double)] {
    [
      ("add_scalar", ck_add_scalar_f64, { $0 + $1 }),
      ("sub_scalar", ck_sub_scalar_f64, { $0 - $1 }),
      ("scalar_sub", ck_scalar_sub_f64, { $1 - $0 }),
      ("mul_scalar", ck_mul_scalar_f64, { $0 * $1 }),
      ("div_scalar", ck_div_scalar_f64, { $0 / $1 }),
      ("scalar_div", ck_scalar_div_f64, { $1 / $0 }),
      ("pow_scalar", ck_pow_scalar_f64, { Foundation.pow($0, $1) }),
    ]
  }
  fileprivate static var unary: [(String, (Int, Input?, Output?) -> Void, (Double) -> Double)] {
    [
      ("neg", ck_neg_f64, { -$0 }),
      ("abs", ck_abs_f64, { Swift.abs($0) }),
      ("square", ck_square_f64, { $0 * $0 }),
      ("sqrt", ck_sqrt_f64, { $0.squareRoot() }),
      ("relu", ck_relu_f64, { $0.isNaN || $0 > 0 ? $0 : 0 }),
      ("copy", ck_copy_f64, { $0 }),
      ("exp", ck_exp_f64, Foundation.exp),
      ("expm1", ck_expm1_f64, Foundation.expm1),
      ("log", ck_log_f64, Foundation.log),
      ("log1p", ck_log1p_f64, Foundation.log1p),
      ("tanh", ck_tanh_f64, Foundation.tanh),
      ("sigmoid", ck_sigmoid_f64, sigmoid),
      ("softplus", ck_softplus_f64, softplus),
      ("sin", ck_sin_f64, Foundation.sin),
      ("cos", ck_cos_f64, Foundation.cos),
      ("tan", ck_tan_f64, Foundation.tan),
      ("asin", ck_asin_f64, Foundation.asin),
      ("acos", ck_acos_f64, Foundation.acos),
      ("atan", ck_atan_f64, Foundation.atan),
      ("sinh", ck_sinh_f64, Foundation.sinh),
      ("cosh", ck_cosh_f64, Foundation.cosh),
      ("erf", ck_erf_f64, Foundation.erf),
    ]
  }
}

private func sigmoid(_ x: Double) -> Double { x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x)) }
private func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

/// The variants this machine can run; the last is the one in use without force.
private let variants: [Int32] = [
  Int32(CK_PORTABLE), Int32(CK_AVX2), Int32(CK_AVX512),
]
.filter { ck_force_variant($0) && ck_force_variant(-1) }

private func withVariant<R>(_ variant: Int32, _ body: () throws -> R) rethrows -> R {
  #expect(ck_force_variant(variant))
  defer { _ = ck_force_variant(-1) }
  return try body()
}

/// Reproducible numbers in -1 ..< 1.
private struct Numbers {
  var state: UInt64 = 0x9E37_79B9_7F4A_7C15
  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(Int64(bitPattern: state) >> 11) * 0x1p-52
  }
  /// Quarters from -2 to 2, whose products and sums are exact: results must be equal, not near.
  mutating func quarters<T: Element>(_ count: Int, _: T.Type = T.self) -> [T] {
    (0..<count).map { _ in T((next() * 8).rounded() / 4) }
  }
  mutating func array<T: Element>(_ count: Int, _: T.Type = T.self) -> [T] {
    (0..<count).map { _ in T(next()) }
  }
}

/// The distance from the true value in units of the last place of T there.
private func ulps<T: Element>(_ got: T, _ truth: Double) -> Double {
  let nearest = T(truth)
  if got == nearest || (got.isNaN && truth.isNaN) { return 0 }
  guard got.isFinite, nearest.isFinite else {
    // Overflow may begin one unit of the last place early or late.
    let edge = Swift.max(Swift.abs(Double(got)), Swift.abs(truth))
    return edge.isInfinite
      && Swift.min(Swift.abs(Double(got)), Swift.abs(truth)) >= Double(T.greatestFiniteMagnitude.nextDown)
      ? 1 : .infinity
  }
  return Swift.abs(Double(got) - truth) / Double(nearest.magnitude.ulp)
}

@Suite struct KernelTests {
  // MARK: the matrix product

  /// Small, prime, and edge sizes around the tiles; then packed and blocked ones.
  static let shapes: [(m: Int, n: Int, k: Int)] = [
    (1, 1, 1), (1, 1, 70), (1, 33, 17), (37, 1, 29), (5, 7, 0), (2, 3, 40), (3, 40, 5), (6, 16, 8),
    (7, 17, 9),
    (13, 31, 21), (14, 10, 50), (29, 10, 33), (17, 66, 3), (62, 90, 100), (65, 33, 390),
    (260, 33, 66), (70, 10, 66), (70, 3, 66), (9, 21, 1), (1, 21, 1), (150, 10, 70), (150, 30, 70), (31, 150, 70),
  ]

  private func product<T: Element>(_ shape: (m: Int, n: Int, k: Int), _: T.Type) {
    let (m, n, k) = shape
    var numbers = Numbers()
    for flags in 0..<8 {
      let (transA, transB, accumulate) = (flags & 1 > 0, flags & 2 > 0, flags & 4 > 0)
      let (lda, ldb, ldc) = ((transA ? m : k) + 1, (transB ? k : n) + 2, n + 3)
      let a: [T] = numbers.quarters((transA ? k : m) * lda), b: [T] = numbers.quarters((transB ? n : k) * ldb)
      let before: [T] = accumulate ? numbers.quarters(m * ldc) : [T](repeating: .nan, count: m * ldc)
      var c = before
      T.gemm(transA, transB, m, n, k, a, lda, b, ldb, &c, ldc, accumulate, 2)
      var untouched = true, wrong = 0
      for i in 0..<m {
        for j in 0..<n {
          var sum = accumulate ? before[i * ldc + j] : 0
          for p in 0..<k {
            sum += a[transA ? p * lda + i : i * lda + p] * b[transB ? j * ldb + p : p * ldb + j]
          }
          if c[i * ldc + j] != sum { wrong += 1 }
        }
        for j in n..<ldc {
          let cell = i * ldc + j
          untouched = untouched && (c[cell] == before[cell] || (c[cell].isNaN && before[cell].isNaN))
        }
      }
      #expect(wrong == 0, "\(T.self) \(shape) transA \(transA) transB \(transB) accumulate \(accumulate)")
      #expect(untouched, "gemm wrote outside of C: \(T.self) \(shape)")
    }
  }

  @Test(arguments: variants) func gemmIsTheSumOfProducts(variant: Int32) {
    withVariant(variant) {
      for shape in Self.shapes {
        product(shape, Float.self)
        product(shape, Double.self)
      }
    }
  }

  private func bits<T: Element>(
    _ m: Int, _ n: Int, _ k: Int, transB: Bool, threads: Int32, offset: Int, _: T.Type
  )
    -> [T]
  {
    var numbers = Numbers()
    let a: [T] = [T](repeating: 0, count: offset) + numbers.array(m * k)
    let b: [T] = [T](repeating: 0, count: offset) + numbers.array(n * k)
    var c = [T](repeating: 0, count: m * n + offset)
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        c.withUnsafeMutableBufferPointer { c in
          T.gemm(
            false, transB, m, n, k, a.baseAddress! + offset, k, b.baseAddress! + offset, transB ? k : n,
            c.baseAddress! + offset, n, false, threads)
        }
      }
    }
    return Array(c[offset...])
  }

  @Test(arguments: variants) func gemmHasTheSameBitsForAnyThreadsAndAlignment(variant: Int32) {
    withVariant(variant) {
      for (m, n, k) in [(40, 260, 130), (170, 70, 101)] {
        for transB in [false, true] {
          let one = bits(m, n, k, transB: transB, threads: 1, offset: 0, Float.self)
          for (threads, offset): (Int32, Int) in [(1, 3), (2, 0), (3, 1), (16, 0)] {
            #expect(one == bits(m, n, k, transB: transB, threads: threads, offset: offset, Float.self))
          }
          #expect(
            bits(m, n, k, transB: transB, threads: 1, offset: 0, Double.self)
              == bits(m, n, k, transB: transB, threads: 3, offset: 1, Double.self))
        }
      }
    }
  }

  // MARK: elementwise

  /// Right within `limit` ulp for all lengths around the vectors', at odd addresses, in place, and without writing
  /// beyond the end.
  private func elementwise<T: Element>(
    _ name: String, limit: Double = 0.5, _ x: [T], truth: (T) -> Double,
    _ kernel: (Int, T.Input, T.Output) -> Void
  ) {
    for count in [0, 1, 2, 3, 5, 8, 15, 16, 17, 31, 40] {
      var out = Array(x[0...(count + 1)])
      out.withUnsafeMutableBufferPointer { kernel(count, $0.baseAddress! + 1, $0.baseAddress! + 1) }
      for i in 0..<count {
        let error = ulps(out[i + 1], truth(x[i + 1]))
        #expect(error <= limit, "\(name) \(T.self) of \(x[i + 1]): \(out[i + 1]), off by \(error) ulp")
      }
      #expect(out[0] == x[0] && out[count + 1] == x[count + 1], "\(name) wrote outside")
    }
  }

  private func elementwise<T: Element>(_: T.Type) {
    var numbers = Numbers()
    let x: [T] = numbers.array(64).map { $0 * 4 }
    let y = T(0.75), ys = [T](repeating: y, count: 64)
    let libm = 1.01  // the system's functions are not correctly rounded
    for (name, kernel, f) in T.unary {
      let mathematics =
        ["neg", "abs", "square", "sqrt", "relu", "copy"].contains(name) ? 0.5 : 2
      elementwise(name, limit: mathematics, x, truth: { f(Double($0)) }) { kernel($0, $1, $2) }
    }
    for (name, kernel, f) in T.binary {
      elementwise(name, limit: name == "pow" ? libm : 0.5, x, truth: { f(Double($0), Double(y)) }) {
        kernel($0, $1, ys, $2)
      }
    }
    for (name, kernel, f) in T.scalar {
      elementwise(name, limit: name == "pow_scalar" ? libm : 0.5, x, truth: { f(Double($0), Double(y)) }) {
        kernel($0, $1, y, $2)
      }
    }
  }

  @Test(arguments: variants) func elementwiseKernelsAgreeWithPlainLoops(variant: Int32) {
    withVariant(variant) {
      elementwise(Float.self)
      elementwise(Double.self)
    }
  }

  @Test(arguments: variants) func productsAreAdded(variant: Int32) {
    withVariant(variant) {
      let x: [Float] = (0..<21).map { Float($0) }
      var y = x
      ck_axpy_f32(21, 3, x, &y)
      #expect(y == x.map { 4 * $0 })
      ck_fill_f32(20, -0.0, &y)
      #expect(y[..<20].allSatisfy { $0 == 0 && $0.sign == .minus } && y[20] == 80)
    }
  }

  @Test(arguments: variants) func choicesLeaveNoTraceOfTheOtherSide(variant: Int32) {
    withVariant(variant) {
      let condition: [Double] = [0, 1, -0.0, .nan, 2, 0, -1, 0, .infinity]
      let a = condition.indices.map { condition[$0] != 0 ? Double($0) : .nan }
      let b = condition.map { $0 != 0 ? .nan : -1 }
      var out = [Double](repeating: 9, count: 9)
      ck_select_f64(9, condition, a, b, &out)
      #expect(out == [-1, 1, -1, 3, 4, -1, 6, -1, 8])
    }
  }

  // MARK: broadcasting and reductions

  @Test(arguments: variants) func rowsAndColumns(variant: Int32) {
    withVariant(variant) {
      for (rows, cols) in [(1, 1), (3, 10), (5, 33), (70, 3), (100, 1), (9, 50)] {
        var numbers = Numbers()
        let x: [Float] = numbers.array(rows * cols),
          v: [Float] = numbers.array(Swift.max(rows, cols)).map { $0 + 2 }
        var out = x
        let forms:
          [(
            Bool,
            (Int, Int, UnsafePointer<Float>?, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?) -> Void,
            (Float, Float) -> Float
          )] = [
            (true, ck_add_row_f32, (+)), (true, ck_sub_row_f32, (-)), (true, ck_mul_row_f32, (*)),
            (true, ck_div_row_f32, (/)), (false, ck_add_column_f32, (+)), (false, ck_sub_column_f32, (-)),
            (false, ck_mul_column_f32, (*)), (false, ck_div_column_f32, (/)),
          ]
        for (alongRow, kernel, f) in forms {
          kernel(rows, cols, x, v, &out)
          #expect(out == x.indices.map { f(x[$0], v[alongRow ? $0 % cols : $0 / cols]) })
        }
        let rowSums = (0..<rows).map { r in (0..<cols).reduce(0.0) { $0 + Double(x[r * cols + $1]) } }
        let columnSums = (0..<cols).map { c in (0..<rows).reduce(0.0) { $0 + Double(x[$1 * cols + c]) } }
        for accumulate in [false, true] {
          var r = [Float](repeating: accumulate ? 1 : .nan, count: rows + 1),
            c = [Float](repeating: accumulate ? 1 : .nan, count: cols + 1)
          ck_sum_rows_f32(rows, cols, x, accumulate, &r)
          ck_sum_columns_f32(rows, cols, x, accumulate, &c)
          let start = accumulate ? 1.0 : 0
          #expect(zip(r, rowSums).allSatisfy { Swift.abs(Double($0) - $1 - start) < 1e-5 })
          #expect(zip(c, columnSums).allSatisfy { Swift.abs(Double($0) - $1 - start) < 1e-5 })
          #expect(accumulate ? r[rows] == 1 && c[cols] == 1 : r[rows].isNaN && c[cols].isNaN)
        }
        var largest = [Float](repeating: 0, count: rows)
        ck_max_rows_f32(rows, cols, x, &largest)
        #expect(largest == (0..<rows).map { r in x[(r * cols)..<((r + 1) * cols)].max()! })
      }
    }
  }

  @Test(arguments: variants) func sums(variant: Int32) {
    withVariant(variant) {
      for count in [0, 1, 7, 33, 64, 1025, 5000] {
        var numbers = Numbers()
        let x: [Double] = numbers.quarters(count), y: [Double] = numbers.quarters(count)
        func isSum(_ got: Double, _ term: (Double, Double) -> Double) -> Bool {
          got == zip(x, y).reduce(0) { $0 + term($1.0, $1.1) }
        }
        #expect(isSum(ck_sum_f64(count, x)) { x, _ in x })
        #expect(isSum(ck_sum_squares_f64(count, x)) { x, _ in x * x })
        #expect(isSum(ck_dot_f64(count, x, y)) { x, y in x * y })
        #expect(ck_maximum_f64(count, x) == x.max() ?? -.infinity)
        if count > 0 {
          var spoiled = x
          spoiled[count / 2] = .nan
          #expect(ck_maximum_f64(count, spoiled).isNaN)
        }
      }
    }
  }

  /// One after the other, a million times 0.1 gives 100,958.34 in float.
  @Test(arguments: variants) func longSumsKeepTheirPrecision(variant: Int32) {
    withVariant(variant) {
      let count = 1_000_000, x = [Float](repeating: 0.1, count: count)
      let truth = Double(Float(0.1)) * Double(count)
      #expect(Swift.abs(Double(ck_sum_f32(count, x)) - truth) < 0.05)
      var columns: [Float] = [0, 0]
      ck_sum_columns_f32(count / 2, 2, x, false, &columns)
      #expect(columns.allSatisfy { Swift.abs(Double($0) - truth / 2) < 0.05 })
    }
  }

  // MARK: vector mathematics

  /// All signs, exponents and special values of float, every 65,521st number (a prime), against libm in double.
  @Test(arguments: variants) func floatMathematicsIsWithinTwoUlp(variant: Int32) {
    withVariant(variant) {
      var x = stride(from: UInt32(0), to: .max - 65_521, by: 65_521).map { Float(bitPattern: $0) }
      x += [
        0, -0.0, .infinity, -.infinity, .nan, 1, -1, .leastNonzeroMagnitude, 88.72284, -103.97208, 1.5707964,
      ]
      var y = x
      for (name, kernel, f) in Float.unary.filter({ Self.mathematics.contains($0.0) }) {
        kernel(x.count, x, &y)
        for (x, y) in zip(x, y) {
          let truth = f(Double(x)), error = ulps(y, truth)
          if error > 2 || (truth == 0 && y.sign != truth.sign) {
            Issue.record("\(name)(\(x)) = \(y) is \(error) ulp from \(truth)")
          }
        }
      }
    }
  }

  static let mathematics = ["exp", "expm1", "log", "log1p", "tanh", "sigmoid", "softplus", "sin", "cos"]

  /// Arguments, and values rounded from 60 digits (mpmath).
  static let values: [String: [(Double, Double)]] = [
    "exp": [
      (-745.1, 0x0.0000000000001p-1022), (-708.5, 2.006132305331306e-308), (-37.25, 6.64554417291507e-17),
      (-1.5, 0.22313016014842982), (-9.313225746154785e-10, 0.9999999990686774), (0.3, 1.3498588075760032),
      (0.7071, 2.028101228668073), (1.0, 2.718281828459045), (88.7, 3.325986980250579e+38),
      (709.78, 1.7928227943945155e+308),
    ],
    "expm1": [
      (-36.5, -0.9999999999999999), (-2.5, -0.9179150013761012), (-0.35, -0.29531191028128656),
      (-1e-09, -9.999999995e-10), (1e-300, 1e-300), (0.3465, 0.41410949383036244),
      (0.39, 0.4769807938826426), (1.25, 2.4903429574618414), (20.5, 799902176.4755054),
      (709.7, 1.6549840276802644e+308),
    ],
    "log": [
      (0x0.0000000000001p-1022, -744.4400719213812), (2.3e-308, -708.363299519231),
      (0.001, -6.907755278982137),
      (0.7071, -0.346583180371942), (0.9999999, -1.0000000494736474e-07), (1.0000001, 9.999999505838704e-08),
      (1.41, 0.34358970439007686), (2.718281828, 0.9999999998311266), (10000000000.0, 23.025850929940457),
      (1.7e+308, 709.7268368932282),
    ],
    "log1p": [
      (-0.9999999, -16.118095651484676), (-0.5, -0.6931471805599453), (-0.29, -0.3424903089467759),
      (-1e-10, -1.00000000005e-10), (1e-300, 1e-300), (3e-08, 2.9999999550000006e-08),
      (0.41, 0.3435897043900769), (0.42, 0.35065687161316933), (5.0, 1.791759469228055),
      (1.7e+308, 709.7268368932282),
    ],
    "tanh": [
      (-18.9, -0.9999999999999999), (-9.5, -0.9999999887944072), (-1.1, -0.8004990217606297),
      (-0.51, -0.46994519893303766), (-1e-08, -1e-08), (1e-300, 1e-300),
      (0.11, 0.10955847021442953), (0.35, 0.3363755443363322), (0.55, 0.5005202111902353),
      (3.9, 0.999180865670028),
    ],
    "sigmoid": [
      (-744.5, 0x0.0000000000001p-1022), (-708.3, 2.450295530965988e-308), (-30.2, 7.661373700297756e-14),
      (-2.72, 0.06180346626358857), (-0.3, 0.425557483188341), (1e-09, 0.50000000025),
      (0.35, 0.58661757891733), (1.9, 0.8698915256370021), (12.3, 0.9999954482762552),
      (36.6, 0.9999999999999999),
    ],
    "softplus": [
      (-744.5, 0x0.0000000000001p-1022), (-708.3, 2.450295530965988e-308), (-30.2, 7.661373700298048e-14),
      (-0.75, 0.38687100611489994), (-1e-09, 0.6931471800599454), (0.1, 0.7443966600735709),
      (0.7, 1.103186048885458), (2.5, 2.5788897342925496), (35.1, 35.1),
      (700.3, 700.3),
    ],
    "sin": [
      (-6400000.0, 0.7533766542032835), (-1000.25, -0.9403086681560692),
      (-3.14159265358979, -3.2310891488651735e-15),
      (-1e-300, -1e-300), (0.5, 0.479425538604203), (0.785398, 0.7071066656470943),
      (22.0, -0.008851309290403876), (355.0, -3.014435335948845e-05), (102943.70719, -0.0008828302291679855),
      (1e+22, -0.8522008497671888),
    ],
    "cos": [
      (-6400000.0, -0.6575892463395872), (-1000.25, 0.3403228005740423),
      (-1.5707963267948966, 6.123233995736766e-17),
      (1e-09, 1.0), (0.5, 0.8775825618903728), (0.785398, 0.7071068967259818),
      (11.0, 0.004425697988050785), (344.0043955, -6.808237271565906e-08), (102943.70719, 0.9999996103053173),
      (1e+22, 0.523214785395139),
    ],
  ]

  @Test(arguments: variants) func doubleMathematicsIsWithinTwoUlp(variant: Int32) {
    withVariant(variant) {
      for (name, kernel, f) in Double.unary.filter({ Self.mathematics.contains($0.0) }) {
        let special: [Double] = [
          0, -0.0, .infinity, -.infinity, .nan, -1, -2, 1e308, -1e308, 0x0.0000000000001p-1022,
          -0x0.0000000000001p-1022,
        ]
        let rows = Self.values[name]! + special.map { ($0, f($0)) }
        let x = rows.map(\.0)
        var y = x
        kernel(x.count, x, &y)
        for ((x, truth), y) in zip(rows, y) {
          let error = ulps(y, truth)
          #expect(error <= 2 && (truth != 0 || y.sign == truth.sign), "\(name)(\(x)) = \(y), not \(truth)")
        }
      }
    }
  }

  // MARK: steps

  @Test(arguments: variants) func optimizerSteps(variant: Int32) {
    withVariant(variant) {
      var numbers = Numbers()
      let g: [Double] = numbers.array(19), start: [Double] = numbers.array(19)
      let near = { (x: [Double], y: [Double]) in zip(x, y).allSatisfy { Swift.abs($0 - $1) < 1e-15 } }
      var p = start, m = g, v = g.map { $0 * $0 }
      ck_descend_f64(19, 0.1, g, &p)
      #expect(near(p, zip(start, g).map { $0 - 0.1 * $1 }))
      p = start
      ck_descend_momentum_f64(19, 0.1, 0.9, g, &m, &p)
      #expect(near(m, g.map { 1.9 * $0 }) && near(p, zip(start, g).map { $0 - 0.19 * $1 }))
      (p, m) = (start, g)
      ck_adam_f64(19, 0.1, 0.9, 0.75, 1e-8, 0.5, 0.25, g, &m, &v, &p)
      #expect(near(m, g) && near(v, g.map { $0 * $0 }))
      #expect(near(p, zip(start, g).map { $0 - 0.1 * 2 * $1 / (2 * Swift.abs($1) + 1e-8) }))
    }
  }

  // MARK: data movement

  @Test(arguments: variants) func transposedCopies(variant: Int32) {
    withVariant(variant) {
      for (rows, cols) in [(1, 1), (3, 5), (8, 8), (16, 17), (33, 18), (40, 7)] {
        let x = (0..<(rows * (cols + 1))).map { Float($0) }
        var out = [Float](repeating: -1, count: cols * (rows + 2))
        ck_transpose_f32(rows, cols, x, cols + 1, &out, rows + 2)
        for i in out.indices {
          let (c, r) = (i / (rows + 2), i % (rows + 2))
          #expect(out[i] == (r < rows ? x[r * (cols + 1) + c] : -1))
        }
      }
    }
  }

  @Test func stridedCopiesAndTheirOpposite() {
    let x = (0..<24).map { Double($0) }  // [2, 3, 4]
    let cases: [(shape: [Int], strides: [Int], offset: Int)] = [
      ([], [], 5), ([24], [1], 0), ([4, 3, 2], [1, 4, 12], 0), ([2, 5, 3, 4], [12, 0, 4, 1], 0),
      ([3, 4], [4, -1], 3),
      ([2, 3, 6], [12, 4, 0], 0), ([0, 3], [1, 1], 0),
      ([1, 1, 1, 1, 1, 1, 2, 2], [0, 0, 0, 0, 0, 0, 12, 2], 1),
    ]
    for (shape, strides, offset) in cases {
      let count = shape.reduce(1, *)
      let places = (0..<count).map { index in
        var rest = index, place = offset
        for d in shape.indices.reversed() {
          place += rest % shape[d] * strides[d]
          rest /= shape[d]
        }
        return place
      }
      var out = [Double](repeating: .nan, count: count), back = [Double](repeating: 1, count: 24)
      x.withUnsafeBufferPointer {
        ck_gather_f64(Int32(shape.count), shape, strides, $0.baseAddress! + offset, &out)
      }
      #expect(out == places.map { x[$0] }, "shape \(shape) strides \(strides)")
      back.withUnsafeMutableBufferPointer {
        ck_scatter_add_f64(Int32(shape.count), shape, strides, out, $0.baseAddress! + offset)
      }
      let truth = (0..<24).map { place in 1 + Double(place) * Double(places.count { $0 == place }) }
      #expect(back == truth, "shape \(shape) strides \(strides)")
    }
  }

  // MARK: threads

  @Test func everyPartIsDoneOnce() {
    for (parts, threads): (Int, Int32) in [(0, 2), (1, 4), (2, 2), (100, 3), (5, 0), (1000, 2)] {
      let counts = UnsafeMutablePointer<Int>.allocate(capacity: parts + 1)
      counts.initialize(repeating: 0, count: parts + 1)
      ck_parallel(
        parts, threads, { context, part in context!.assumingMemoryBound(to: Int.self)[part] += 1 }, counts)
      #expect((0...parts).allSatisfy { counts[$0] == ($0 < parts ? 1 : 0) })
      counts.deallocate()
    }
  }

  @Test func partsMayStartParts() {
    let sums = UnsafeMutablePointer<Int>.allocate(capacity: 8)
    sums.initialize(repeating: 0, count: 8)
    ck_parallel(
      8, 2,
      { context, part in
        let cell = context!.assumingMemoryBound(to: Int.self) + part
        ck_parallel(
          10, 2, { context, part in context!.assumingMemoryBound(to: Int.self).pointee += part }, cell)
      }, sums)
    #expect((0..<8).allSatisfy { sums[$0] == 45 })
    sums.deallocate()
  }
}
