/// A program as a list of steps, each a form over earlier steps: what every evaluation of a program runs through.
///
/// ```
/// u = w*x; e = u - y; c = e^2
///
/// 0  w        2  0·1    4  2 - 3  e     6  4^5  c
/// 1  x        3  y      5  2
/// ```
/// Statements that use a name share its step, so that its value is computed once and its gradient is a sum.
struct ProgramSteps: Sendable {
  struct Step: Sendable {
    let form: Formula.Form<Int>
    let formula: Formula
    /// The name of the statement that this step completes.
    var name: String?
  }

  private(set) var steps: [Step] = []
  /// The step of every statement, in their order.
  private(set) var statements: [(name: String?, step: Int)] = []
  /// The step that gives each name its value; inputs stand here once they were used.
  private(set) var places: [String: Int] = [:]

  init() {}

  /// - Parameter program: with its names looked up, see ``Program/resolved(inputs:functions:)``.
  init(_ program: Program) {
    for statement in program.statements {
      let step = append(statement.formula)
      if let name = statement.name {
        places[name] = step
        if steps[step].form.name == nil { steps[step].name = steps[step].name ?? name }
      }
      statements.append((statement.name, step))
    }
  }

  /// Adds the steps of one more formula about the same names.
  /// - Returns: the step that has its value.
  mutating func append(_ formula: Formula) -> Int {
    formula.fold { (form: Formula.Form<Int>, part) in
      guard case .name(let name) = form else { return add(Step(form: form, formula: part)) }
      if let place = places[name] { return place }
      let place = add(Step(form: form, formula: part))
      places[name] = place
      return place
    }
  }

  /// The steps that depend on one of `starts` and that `end` depends on.
  func between(_ starts: [Int], and end: Int) -> Set<Int> {
    let depends = depends(on: starts.contains)
    return Set(needed(for: [end]).filter { steps[$0].form.operands.contains { depends[$0] } })
  }

  /// Whether each step is one of some, or depends on one.
  func depends(on isStart: (Int) -> Bool) -> [Bool] {
    var depends: [Bool] = []
    for (index, step) in steps.enumerated() {
      depends.append(isStart(index) || step.form.operands.contains { depends[$0] })
    }
    return depends
  }

  /// The steps that some of them depend on, and these, in their order.
  func needed(for ends: [Int]) -> [Int] {
    var isNeeded = [Bool](repeating: false, count: steps.count)
    for end in ends { isNeeded[end] = true }
    for index in steps.indices.reversed() where isNeeded[index] {
      for operand in steps[index].form.operands { isNeeded[operand] = true }
    }
    return steps.indices.filter { isNeeded[$0] }
  }

  /// Whether a derivative is taken of something that has a derivative in it, or twice.
  var nestsDerivatives: Bool {
    let hasDerivative = depends { if case .derivative = steps[$0].form { true } else { false } }
    return steps.contains { step in
      guard case .derivative(_, let by) = step.form else { return false }
      return by.count > 1 || step.form.operands.contains { hasDerivative[$0] }
    }
  }

  private mutating func add(_ step: Step) -> Int {
    steps.append(step)
    return steps.count - 1
  }
}
