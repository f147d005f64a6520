import Train

/// Functions of one name.
struct Curves {
  private let name: String
  private let range: ClosedRange<Double>
  private let functions: [(title: String, objective: Objective)]

  /// - Parameters:
  ///   - words: formulas, and values of names.
  ///   - domains: at most the interval of the one name that has no value.
  init(_ words: [String], _ domains: Option<[Formula.Domain]>) throws {
    let isBinding = { (word: String) in (try? Bindings.binding(word)) != nil }
    let bindings = try Bindings.bindings(words.filter(isBinding))
    let programs = try words.filter { !isBinding($0) }.map { try Program(parsing: $0) }
    guard !programs.isEmpty else { throw Failure("a formula is missing; try chainrule plot --help") }
    let given = Set(bindings.map(\.name))
    let free = programs.flatMap(\.freeNames).filter { !given.contains($0) }.withoutRepetitions
    let name = free.first ?? domains.wrappedValue.first?.name ?? "x"
    guard free.count < 2 else {
      throw Failure("expected formulas of one name, found \(free.joined(separator: ", ")); give the others values")
    }
    range = try domains.intervals(for: [name])[name] ?? -5...5
    self.name = name
    functions = try programs.map { program in
      let tape = Tape<Double>()
      let constants = Dictionary(bindings.map { ($0.name, tape.constant($0.value, $0.name)) }) { $1 }
      let record = try program.recorder(of: given.union([name]), on: tape)
      // Shapes and names are looked at once, here, where a mistake can be reported.
      let mark = tape.mark()
      let shape = try record(constants.merging([name: Variable(1)]) { $1 }).output.shape
      tape.rewind(to: mark)
      guard shape.count == 1 else {
        throw Failure("\(program.output.formula): expected a number, found shape \(shape)")
      }
      let objective = Objective([(name, Tensor(0))], on: tape) { x in
        (try? record(constants.merging([name: x[0]]) { $1 }).output) ?? Variable(.nan)
      }
      return (program.output.name ?? "\(program.output.formula)", objective)
    }
  }

  func picture(withDerivatives: Bool) throws -> PlotGrid {
    var values = Plot(xLabel: name)
    for (title, objective) in functions {
      var isDefined = false
      values.curve(title, over: range) { x in
        objective.point = [x]
        let value = objective.value()
        isDefined = isDefined || value.isFinite
        return value
      }
      guard isDefined else {
        throw Failure("\(title): no value from \(shortest(range.lowerBound)) to \(shortest(range.upperBound))")
      }
    }
    guard withDerivatives else { return PlotGrid([values], columns: 1) }
    var slopes = Plot(xLabel: name)
    for (title, objective) in functions {
      slopes.curve("∂/∂\(name) \(title)", over: range) { x in
        objective.point = [x]
        return objective.valueAndGradient().gradient[0]
      }
    }
    (values.width, slopes.width) = (480, 480)
    return PlotGrid([values, slopes], columns: 2)
  }
}
