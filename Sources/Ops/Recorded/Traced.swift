/// The algebra that writes down what is computed in it: rules become elementary operations, numbers are folded.
package struct Traced: Algebra {
  package let shape: Shape
  /// That of an instruction; nil for a number, which is the same everywhere and belongs to no trace.
  private let home: Trace?
  private let place: Int
  private let constant: Double

  // Not an enumeration of the two: the optimizer of Swift 6.3.1 gives up on it ("found ownership error").
  package init(number: Double, _ shape: Shape = .scalar) {
    (self.shape, home, place, constant) = (shape, nil, 0, number)
  }

  init(_ operation: Instruction.Operation, _ operands: [Int], _ shape: Shape, in trace: Trace) {
    (self.shape, home, constant) = (shape, trace, 0)
    place = trace.place(of: operation, operands, shape)
  }

  package init(floatLiteral value: Double) { self.init(number: value) }
  package init(integerLiteral value: Int) { self.init(number: Double(value)) }
  package static func number(_ value: Double) -> Traced { Traced(number: value) }

  var trace: Trace {
    guard let trace = home ?? Trace.current else { fatalError("Traced: no trace is being filled") }
    return trace
  }

  /// The number that it is everywhere.
  var number: Double? { home == nil ? constant : nil }

  /// Its instruction in a trace.
  package func place(in trace: Trace) -> Int {
    home == nil ? trace.place(of: .number(constant.bitPattern), [], shape) : place
  }

  /// In a shape that its own broadcasts to.
  func stretched(to target: Shape) -> Traced {
    if shape == target { return self }
    if let number { return Traced(number: number, target) }
    return Traced(.whole(.broadcast), [place(in: trace)], target, in: trace)
  }

  static func whole(_ operation: WholeOperation, _ operands: [Traced], _ shape: Shape) -> Traced {
    let trace = (operands.first { $0.number == nil } ?? operands[0]).trace
    return Traced(.whole(operation), operands.map { $0.place(in: trace) }, shape, in: trace)
  }
}

// MARK: - Element by element

extension Traced {
  private static func elementary(_ operation: Elementary, _ operands: Traced...) -> Traced {
    let shape = commonShape(operands)
    let numbers = operands.compactMap(\.number)
    if numbers.count == operands.count { return Traced(number: operation.value(numbers), shape) }
    let trace = operands.first { $0.number == nil }!.trace
    let places = operands.map { $0.stretched(to: shape).place(in: trace) }
    return Traced(.elementary(operation), places, shape, in: trace)
  }

  private static func commonShape(_ operands: [Traced]) -> Shape {
    operands.dropFirst().reduce(operands[0].shape) { shape, operand in
      guard let both = shape.broadcast(with: operand.shape) else {
        fatalError("shapes \(shape) and \(operand.shape) do not fit")
      }
      return both
    }
  }

  /// What it is if multiplied by a plain 1.
  private static func product(_ a: Traced, _ b: Traced) -> Traced? {
    if a.number == 1, b.shape.broadcast(with: a.shape) == b.shape { return b }
    if b.number == 1, a.shape.broadcast(with: b.shape) == a.shape { return a }
    return nil
  }

  package static func + (a: Traced, b: Traced) -> Traced { elementary(.add, a, b) }
  package static func - (a: Traced, b: Traced) -> Traced { elementary(.subtract, a, b) }
  package static func * (a: Traced, b: Traced) -> Traced { product(a, b) ?? elementary(.multiply, a, b) }
  package static func / (a: Traced, b: Traced) -> Traced { elementary(.divide, a, b) }
  package static prefix func - (a: Traced) -> Traced { elementary(.negate, a) }

  package static func exp(_ x: Traced) -> Traced { elementary(.exp, x) }
  package static func expm1(_ x: Traced) -> Traced { elementary(.expm1, x) }
  package static func log(_ x: Traced) -> Traced { elementary(.log, x) }
  package static func log1p(_ x: Traced) -> Traced { elementary(.log1p, x) }
  package static func sqrt(_ x: Traced) -> Traced { elementary(.sqrt, x) }
  package static func pow(_ x: Traced, _ y: Traced) -> Traced { elementary(.pow, x, y) }
  package static func sin(_ x: Traced) -> Traced { elementary(.sin, x) }
  package static func cos(_ x: Traced) -> Traced { elementary(.cos, x) }
  package static func tan(_ x: Traced) -> Traced { elementary(.tan, x) }
  package static func asin(_ x: Traced) -> Traced { elementary(.asin, x) }
  package static func acos(_ x: Traced) -> Traced { elementary(.acos, x) }
  package static func atan(_ x: Traced) -> Traced { elementary(.atan, x) }
  package static func sinh(_ x: Traced) -> Traced { elementary(.sinh, x) }
  package static func cosh(_ x: Traced) -> Traced { elementary(.cosh, x) }
  package static func tanh(_ x: Traced) -> Traced { elementary(.tanh, x) }
  package static func asinh(_ x: Traced) -> Traced { elementary(.asinh, x) }
  package static func acosh(_ x: Traced) -> Traced { elementary(.acosh, x) }
  package static func atanh(_ x: Traced) -> Traced { elementary(.atanh, x) }
  package static func erf(_ x: Traced) -> Traced { elementary(.erf, x) }
  package static func erfc(_ x: Traced) -> Traced { elementary(.erfc, x) }
  package static func lgamma(_ x: Traced) -> Traced { elementary(.lgamma, x) }
  package static func polygamma(_ n: Traced, _ x: Traced) -> Traced { elementary(.polygamma, n, x) }
  package static func abs(_ x: Traced) -> Traced { elementary(.abs, x) }
  package static func floor(_ x: Traced) -> Traced { elementary(.floor, x) }
  package static func less(_ a: Traced, _ b: Traced) -> Traced { elementary(.less, a, b) }
  package static func equal(_ a: Traced, _ b: Traced) -> Traced { elementary(.equal, a, b) }
  package static func select(_ condition: Traced, _ a: Traced, _ b: Traced) -> Traced {
    elementary(.select, condition, a, b)
  }

  /// As of numbers: what truncated division leaves, moved to the sign of b.
  package static func mod(_ a: Traced, _ b: Traced) -> Traced {
    let rest = elementary(.remainder, a, b)
    let moved = rest + select(equal(less(rest, 0), less(b, 0)), 0, b)
    return select(equal(rest, 0), rest, moved)
  }

  /// A product where a factor is known to be an ordinary number: nothing infinite meets a 0.
  package static func chain(_ local: Traced, _ arriving: Traced) -> Traced {
    if let product = product(local, arriving) { return product }
    return elementary(local.isOrdinary || arriving.isOrdinary ? .multiply : .chain, local, arriving)
  }

  private var isOrdinary: Bool {
    guard let number else { return false }
    return number.isFinite && number != 0
  }
}

// MARK: - Whole tensors

extension Traced: TensorAlgebra {
  package var plainNumber: Double? { shape.rank == 0 ? number : nil }

  package static func apply<R: TensorRule>(_ rule: R.Type, _ operands: Operands<Traced>, _ options: R.Options) -> Traced
  {
    if let rule = rule as? any TraceableRule.Type { return traced(rule, operands, options) }
    if let rule = rule as? any FusedTensorRule.Type { return composed(rule, operands, options) }
    return elementByElement(rule, operands, options)
  }

  private static func traced<R: TraceableRule>(_ rule: R.Type, _ operands: Operands<Traced>, _ options: Any) -> Traced {
    R.traced(Call(operands, options as! R.Options))
  }

  private static func composed<R: FusedTensorRule>(_ rule: R.Type, _ operands: Operands<Traced>, _ options: Any)
    -> Traced
  {
    R.composition(Call(operands, options as! R.Options))
  }

  /// By the definition, for a rule that says nothing else: as many instructions as there are elements.
  private static func elementByElement<R: TensorRule>(
    _ rule: R.Type, _ operands: Operands<Traced>, _ options: R.Options
  ) -> Traced {
    let grids = operands.map { operand in
      let flat = operand.flattened()
      return Grid((0..<operand.shape.count).map { flat[$0] }, shape: operand.shape)
    }
    let result = rule.definition(Call(grids, options))
    return concatenated(result.elements.map { $0.reshaped(to: [1]) }).reshaped(to: result.shape)
  }
}
