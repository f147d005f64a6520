// Rules of scalars over whole tensors: what every rule gets for nothing. Stated as requirements of `ElementwiseRule` with
// these defaults, so that the compiler makes them for each rule: called through a generic function they are 16 times
// slower.

extension UnaryRule {
  public static func value(strips x: Strips) -> Strip { .apply(Self.self, x.a) }
  public static func locals(strips x: Strips, _ y: Strip) -> Strips { Strips(local(x.a, y)) }
}

extension BinaryRule {
  public static func value(strips x: Strips) -> Strip { .apply(Self.self, x.a, x.b) }
  public static func locals(strips x: Strips, _ y: Strip) -> Strips {
    let (da, db) = locals(x.a, x.b, y)
    return Strips(da, db)
  }
}

extension TernaryRule {
  public static func value(strips x: Strips) -> Strip { .apply(Self.self, x.a, x.b, x.c) }
  public static func locals(strips x: Strips, _ y: Strip) -> Strips {
    let (da, db, dc) = locals(x.a, x.b, x.c, y)
    return Strips(da, db, dc)
  }
}

extension ElementwiseRule {
  /// Whether the local gradients depend on operands or result, or are always the same numbers, as those of + are: tried
  /// at two points.
  static var localsReadValues: Bool {
    let here = locals(strips: Strips(2, 3, 5), 7)
    let there = locals(strips: Strips(-11, -13, -17), -19)
    return [(here.a, there.a), (here.b, there.b), (here.c, there.c)].contains { $0.number != $1.number }
  }
}

// MARK: - On a tape

extension Tape {
  /// Computes the elements of an elementwise operation.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  func compute(_ rule: any ElementwiseRule.Type, _ index: Int) {
    let record = tensors.pointer(index)
    let count = record.pointee.shape.count
    let y = arena.pointee.take(bytes: count * MemoryLayout<Element>.size)
    record.pointee.base = y
    workspace.begin(count)
    workspace.withTemporaries { workspace.compute(y, strips(record)) { rule.value(strips: $0) } }
  }

  /// The operands, lined up with the result; those that still waited are computed now.
  @inline(__always)
  func strips(_ record: UnsafeMutablePointer<TensorRecord>) -> Strips {
    let count = record.pointee.inputs.count
    return Strips(strip(record, 0), count > 1 ? strip(record, 1) : 0, count > 2 ? strip(record, 2) : 0)
  }

  @inline(__always)
  private func strip(_ record: UnsafeMutablePointer<TensorRecord>, _ place: Int) -> Strip {
    switch input(place, of: record) {
    case .number(let number): return Strip(number: number)
    case .scalar(let node): return Strip(number: Double(storage.pointee.entries[node].value))
    case .tensor(_, let index):
      let operand = tensors.pointer(index)
      let base = operand.pointee.base ?? computed(index)
      return workspace.strip(base, count: operand.pointee.shape.count, of: record.pointee.shape.count) {
        (operand.pointee.shape, record.pointee.shape)
      }
    }
  }

  /// The elements of an operand, computed in the midst of another operation.
  @inline(never)
  private func computed(_ index: Int) -> UnsafeMutableRawPointer {
    let lines = (workspace.pointee.rows, workspace.pointee.columns)
    evaluate(index)
    (workspace.pointee.rows, workspace.pointee.columns) = lines
    return tensors.pointer(index).pointee.base!
  }
}

// MARK: - On buffers

/// The pullbacks of operations on whole tensors use elementwise ones.
extension Buffer: RuleAlgebra {
  public init(floatLiteral value: Double) { self.init(number: value) }
  public init(integerLiteral value: Int) { self.init(number: Double(value)) }

  public static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Buffer) -> Buffer {
    elementwise(x, 0, 0, R.value(strips:))
  }
  public static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Buffer, _ b: Buffer) -> Buffer {
    elementwise(a, b, 0, R.value(strips:))
  }
  public static func apply<R: TernaryRule>(_ rule: R.Type, _ a: Buffer, _ b: Buffer, _ c: Buffer) -> Buffer {
    elementwise(a, b, c, R.value(strips:))
  }
  public static func chain(_ local: Buffer, _ arriving: Buffer) -> Buffer {
    elementwise(local, arriving, 0) { .chain($0.a, $0.b) }
  }

  private static func elementwise(_ a: Buffer, _ b: Buffer, _ c: Buffer, _ value: (Strips) -> Strip) -> Buffer {
    let first = a.isNumber ? b.isNumber ? c : b : a
    guard !first.isNumber, let workspace = first.workspace else {
      let numbers = Strips(Strip(number: a.number), Strip(number: b.number), Strip(number: c.number))
      return Buffer(number: value(numbers).number)
    }
    let y = first.fresh(common(common(first.shape, b), c))
    workspace.begin(y.count)
    workspace.withTemporaries {
      workspace.compute(y.base!, Strips(a.strip(in: y), b.strip(in: y), c.strip(in: y)), value)
    }
    return y
  }

  private static func common(_ shape: Shape, _ other: Buffer) -> Shape {
    if other.isNumber { return shape }
    guard let common = shape.broadcast(with: other.shape) else {
      fatalError("shapes \(shape) and \(other.shape) do not broadcast")
    }
    return common
  }

  private func strip(in result: Buffer) -> Strip {
    guard let base, let workspace = result.workspace else { return Strip(number: number) }
    return workspace.strip(base, count: count, of: result.count) { (shape, result.shape) }
  }
}
