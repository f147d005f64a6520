// The points of a claim differ in their numbers alone: what a step does to the elements of its operands is read from the
// definitions of its rules once, and run at every point.

/// One step of a program, on operands of given shapes, as operations on numbers in the order of their computation.
struct UnrolledStep {
  /// On numbers that have places: the elements of the operands, one operand behind the other, and then the results.
  struct Operation {
    /// nil for a number of the program.
    let rule: (any ElementwiseRule.Type)?
    let code: UInt16
    let operands: (Int, Int, Int)
    let number: Double
  }

  /// The steps whose values it reads.
  private let operands: [Int]
  private let shapes: [Shape]
  private let operations: [Operation]
  /// Where the elements of the result are.
  private let results: [Int]
  private let shape: Shape
  /// Of numbers, as most steps are: then nothing is gathered.
  private let isOneOperation: Bool

  /// - Parameters:
  ///   - operands: the steps whose values it reads.
  ///   - shapes: those of all steps before it.
  ///   - opensOwnRules: whether rules of somebody's own stand for what they do, not for one operation.
  ///   - definition: its value, from those of all steps before it.
  init(
    _ operands: [Int], _ shapes: [Shape], opensOwnRules: Bool = false,
    _ definition: ([Grid<Noted>]) throws(ParseError) -> Grid<Noted>
  ) throws(ParseError) {
    var place = 0
    let notes = Notes(operands: operands.reduce(0) { $0 + shapes[$1].count }, opensOwnRules: opensOwnRules)
    var values = [Grid<Noted>](repeating: 0, count: shapes.count)
    for step in operands {
      let first = place
      place += shapes[step].count
      values[step] = Grid((first..<place).map { Noted(place: $0, in: notes) }, shape: shapes[step])
    }
    let result = try Notes.$current.withValue(notes) {
      Result { () throws(ParseError) in try definition(values) }
    }.get()
    results = result.elements.map { notes.place(of: $0) }
    (self.operands, self.shapes) = (operands, operands.map { shapes[$0] })
    (shape, operations) = (result.shape, notes.operations)
    isOneOperation =
      operations.count == 1 && results == [place] && (self.shapes + [result.shape]).allSatisfy { $0.rank == 0 }
  }

  /// What a rule of somebody's own does with numbers.
  init(opening rule: any ElementwiseRule.Type) {
    let notes = Notes(operands: rule.arity, opensOwnRules: true)
    let operands = (0..<rule.arity).map { Noted(place: $0, in: notes) }
    let result = Notes.$current.withValue(notes) { rule.value(of: operands) }
    results = [notes.place(of: result)]
    (self.operands, shapes, shape) = (Array(0..<rule.arity), operands.map { _ in .scalar }, .scalar)
    (operations, isOneOperation) = (notes.operations, false)
  }

  /// Whether the steps that it reads have the shapes that it was made for.
  func fits<A: Algebra>(_ values: [Grid<A>]) -> Bool {
    zip(operands, shapes).allSatisfy { values[$0].shape == $1 }
  }

  /// - Parameter values: those of the steps before it.
  func value<A: Algebra>(_ values: [Grid<A>]) -> Grid<A> {
    // The element without indices is the number itself.
    if isOneOperation { return .number(operations[0].value { values[operands[$0]][[]] }) }
    let x = numbers(values)
    return shape.rank == 0 ? .number(x[results[0]]) : .tensor(results.map { x[$0] }, shape: shape)
  }

  /// Whether an operation hangs on the sign of something.
  var compares: Bool { operations.contains { $0.rule?.compares ?? false } }

  /// What its operations hang on the signs of.
  func differences<A: Algebra>(_ values: [Grid<A>]) -> [A] {
    let x = numbers(values)
    return operations.flatMap { $0.differences { x[$0] } }
  }

  /// The elements of the operands, and behind them the result of every operation.
  private func numbers<A: Algebra>(_ values: [Grid<A>]) -> [A] {
    var x: [A] = []
    x.reserveCapacity(shapes.reduce(operations.count) { $0 + $1.count })
    for step in operands {
      switch values[step] {
      case .number(let number): x.append(number)
      case .tensor(let elements, _): x += elements
      }
    }
    for operation in operations { x.append(operation.value { x[$0] }) }
    return x
  }
}

extension UnrolledStep.Operation {
  /// The frequent rules are named, so that their code is made for the algebra; others are looked up.
  fileprivate func value<A: Algebra>(_ x: (Int) -> A) -> A {
    guard let rule else { return .number(number) }
    let (a, b, c) = operands
    switch code {
    case Add.code: return x(a) + x(b)
    case Subtract.code: return x(a) - x(b)
    case Multiply.code: return x(a) * x(b)
    case Divide.code: return x(a) / x(b)
    case Negate.code: return -x(a)
    case Square.code: return .apply(Square.self, x(a))
    case Where.code: return .select(x(a), x(b), x(c))
    default: return rule.value(of: [a, b, c].prefix(rule.arity).map(x))
    }
  }

  fileprivate func differences<A: Algebra>(_ x: (Int) -> A) -> [A] {
    guard let rule, rule.compares else { return [] }
    return rule.differences([operands.0, operands.1, operands.2].prefix(rule.arity).map(x))
  }
}

/// The steps of a program and of one claim about it, each unrolled when it is first needed.
final class UnrolledSteps {
  let steps: ProgramSteps
  private var unrolled: [UnrolledStep?]
  private var opened: [Int: UnrolledStep] = [:]
  /// The program alone, which all claims about it share.
  private let program: UnrolledSteps?

  /// - Parameter program: what the first of the steps are.
  init(_ steps: ProgramSteps, extending program: UnrolledSteps? = nil) {
    (self.steps, self.program) = (steps, program)
    unrolled = Array(repeating: nil, count: steps.steps.count)
  }

  /// - Parameter values: those of the steps before it.
  func step<A: Algebra>(_ index: Int, _ values: [Grid<A>]) throws(ParseError) -> UnrolledStep {
    if let program, index < program.steps.steps.count { return try program.step(index, values) }
    if let known = unrolled[index], known.fits(values) { return known }
    let new = try read(index, values)
    unrolled[index] = new
    return new
  }

  /// A step with all that rules of somebody's own do in it.
  func opened<A: Algebra>(_ index: Int, _ values: [Grid<A>]) throws(ParseError) -> UnrolledStep {
    if let program, index < program.steps.steps.count { return try program.opened(index, values) }
    if let known = opened[index], known.fits(values) { return known }
    let new = try read(index, values, opensOwnRules: true)
    opened[index] = new
    return new
  }

  private func read<A: Algebra>(
    _ index: Int, _ values: [Grid<A>], opensOwnRules: Bool = false
  ) throws(ParseError) -> UnrolledStep {
    let step = steps.steps[index]
    return try UnrolledStep(step.form.operands, values.map(\.shape), opensOwnRules: opensOwnRules) {
      (operands) throws(ParseError) in
      try steps.value(of: step, operands, { _ in nil }, tensorForm)
    }
  }
}

// MARK: - Reading a definition

/// The operations noted so far.
private final class Notes: @unchecked Sendable {  // of the one task that reads a definition
  /// For rules that are applied to numbers of the program alone.
  @TaskLocal static var current: Notes?

  private(set) var operations: [UnrolledStep.Operation] = []
  private let operandCount: Int
  private let opensOwnRules: Bool

  init(operands: Int, opensOwnRules: Bool) { (operandCount, self.opensOwnRules) = (operands, opensOwnRules) }

  func opens(_ rule: any Rule.Type) -> Bool { opensOwnRules && RuleRegistry.isOwn(rule) }

  func place(of x: Noted) -> Int {
    x.place ?? add(UnrolledStep.Operation(rule: nil, code: 0, operands: (0, 0, 0), number: x.number))
  }

  func note<R: ElementwiseRule>(_ rule: R.Type, _ a: Noted, _ b: Noted? = nil, _ c: Noted? = nil) -> Noted {
    let operands = (place(of: a), b.map(place) ?? 0, c.map(place) ?? 0)
    return Noted(
      place: add(UnrolledStep.Operation(rule: rule, code: R.code, operands: operands, number: 0)), in: self)
  }

  private func add(_ operation: UnrolledStep.Operation) -> Int {
    operations.append(operation)
    return operandCount + operations.count - 1
  }
}

/// A number of which is only noted where it comes from.
struct Noted: RuleAlgebra {
  /// nil for a number of the program.
  fileprivate let place: Int?
  fileprivate let number: Double
  private let notes: Notes?

  fileprivate init(place: Int, in notes: Notes) { (self.place, number, self.notes) = (place, 0, notes) }
  private init(_ number: Double) { (place, self.number, notes) = (nil, number, nil) }

  init(floatLiteral value: Double) { self.init(value) }
  init(integerLiteral value: Int) { self.init(Double(value)) }
  static func number(_ value: Double) -> Noted { Noted(value) }

  private static func notes(_ operands: Noted...) -> Notes {
    guard let notes = operands.lazy.compactMap(\.notes).first ?? Notes.current else {
      fatalError("Noted: no step is being read")
    }
    return notes
  }

  // The local gradients of an opened rule are read too: what they compare decides about derivatives.

  static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Noted) -> Noted {
    guard notes(x).opens(rule) else { return notes(x).note(rule, x) }
    let y = R.value(x)
    _ = R.local(x, y)
    return y
  }

  static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Noted, _ b: Noted) -> Noted {
    guard notes(a, b).opens(rule) else { return notes(a, b).note(rule, a, b) }
    let y = R.value(a, b)
    _ = R.locals(a, b, y)
    return y
  }

  static func apply<R: TernaryRule>(_ rule: R.Type, _ a: Noted, _ b: Noted, _ c: Noted) -> Noted {
    guard notes(a, b, c).opens(rule) else { return notes(a, b, c).note(rule, a, b, c) }
    let y = R.value(a, b, c)
    _ = R.locals(a, b, c, y)
    return y
  }
}
