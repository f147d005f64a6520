import Kernels

/// The matrix product: y[i, j] = Σₖ a[i, k]·b[k, j], each operand read transposed where asked.
public enum Matmul: TensorRule {
  @inlinable public static var code: UInt16 { Operation.matmul.rawValue }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape {
    let (a, b) = (x.a, x.b!)
    guard a.rank == 2, b.rank == 2 else {
      fatalError("matmul: \(a) × \(b): two matrices are needed")
    }
    let (m, ka) = attributes.transposesFirst ? (a[1], a[0]) : (a[0], a[1])
    let (kb, n) = attributes.transposesSecond ? (b[1], b[0]) : (b[0], b[1])
    guard ka == kb else { fatalError("matmul: \(a) × \(b): inner dimensions \(ka) and \(kb) differ") }
    return Shape(matrix: m, n)
  }

  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    // The gradient of a sum is one number for all elements; the kernel reads memory.
    let (a, b, out) = (x.a.spelledOut(like: x.b!), x.b!.spelledOut(like: x.a), y())
    let (tA, tB) = (attributes.transposesFirst, attributes.transposesSecond)
    let (m, n, k) = (out.shape[0], out.shape[1], a.shape[tA ? 0 : 1])
    let threads = Int32(ComputeThreads.count)
    switch out.precision {
    case .single:
      ck_gemm_f32(
        tA, tB, m, n, k, a.single, a.shape[1], b.single, b.shape[1], out.single, n, false, nil, threads)
    case .double:
      ck_gemm_f64(
        tA, tB, m, n, k, a.double, a.shape[1], b.double, b.shape[1], out.double, n, false, nil, threads)
    }
    return out
  }

  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    let (a, b) = (x.a, x.b!)
    let (tA, tB) = (attributes.transposesFirst, attributes.transposesSecond)
    let da = { tA ? matmul(b, g, tB, true) : matmul(g, b, false, !tB) }
    let db = { tB ? matmul(g, a, true, tA) : matmul(a, g, !tA, false) }
    return Contributions(wanted.a ? da() : nil, wanted.b ? db() : nil)
  }
}

func matmul<T: TensorAlgebra>(_ a: T, _ b: T, _ transposesA: Bool, _ transposesB: Bool) -> T {
  var attributes = Attributes()
  attributes.transposesFirst = transposesA
  attributes.transposesSecond = transposesB
  return T.apply(Matmul.self, Operands(a, b), attributes)
}

/// The product of two matrices.
///
/// A transposed operand is not copied: it is read where it stands.
/// - Complexity: 2·m·n·k operations, near the peak of the processor's cores for large matrices.
@specialized(where E == Double)
@specialized(where E == Float)
public func matmul<E: Number>(_ a: Variable<E>, _ b: Variable<E>) -> Variable<E> {
  let (a, tA) = untransposed(a)
  let (b, tB) = untransposed(b)
  return matmul(a, b, tA, tB)
}

/// A transposed matrix as its source, to be read transposed.
private func untransposed<E: Number>(_ x: Variable<E>) -> (Variable<E>, Bool) {
  guard x.isTensor, let tape = x.tape else { return (x, false) }
  let record = tape.tensors[tape.tensorIndex(of: tape.checkedNode(x, "matmul"))]
  guard record.code == Permute.code, record.shape.rank == 2, record.attributes.places[0] == 1 else {
    return (x, false)
  }
  return (tape.anyHandle(record.inputs[0]), true)
}
