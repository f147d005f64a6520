// Buffers as an algebra: what the pullbacks of operations on whole tensors compute with.

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
    let y = workspace.fresh(common(common(first.shape, b), c))
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

extension Buffer: TensorAlgebra {
  public static func number(_ value: Double) -> Buffer { Buffer(number: value) }

  public static func apply<R: TensorRule>(
    _ rule: R.Type, _ operands: Operands<Buffer>, _ options: R.Options
  ) -> Buffer {
    let x = R.readsNumbers ? operands : operands.map { $0.spelledOut }
    let shape = R.checkedShape(x.map { $0.shape }, options)
    return R.compute(Computation(x, options, like: Buffer(shape, in: x.a.workspace ?? x.b?.workspace)))
  }
}

extension Buffer {
  /// No elements yet, only where they are to be.
  init(_ shape: Shape, in workspace: UnsafeMutablePointer<Workspace>?) {
    self.init(number: .nan)
    (extents, self.workspace) = (shape, workspace)
    if let workspace { precision = workspace.pointee.precision }
  }

  /// One number that stands for a whole tensor, as broadcasting makes it, written to all its elements.
  private var spelledOut: Buffer { isNumber && workspace != nil ? filled(with: number, shape: shape) : self }

  /// Its first element as a number that stands for all, with the memory to spell it out again.
  var asNumber: Buffer {
    var result = Buffer(number: first)
    (result.precision, result.workspace) = (precision, workspace)
    return result
  }
}
