import Train

/// `chainrule plot`: the curves of functions of one value, and of their derivatives.
enum PlotCommand: Command {
  static let name = "plot"
  static let summary = "the curves of functions of one value, and of their derivatives, as a picture"
  static let help = """
    chainrule plot FORMULA… [NAME=VALUE…] [--domain 'x in [a, b]'] [--derivatives] [--plot FILE.svg]

    Draws formulas of one name over an interval. Other names get values: a=2.

      --domain 'x in [a, b]'   the interval; [-5, 5] unless given
      --derivatives            their derivatives beside them, from the tape
      --plot FILE.svg          writes there; to standard output unless given

    Example:
      chainrule plot 'sigmoid(x)' 'tanh(x)' 'relu(x)' --domain 'x in [-4, 4]' --derivatives --plot activations.svg
    """

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try Arguments(words, options: ["domain", "plot"], flags: ["derivatives"])
    let path = try arguments.file("plot", ending: "svg")
    let picture = try Curves(arguments).picture(withDerivatives: arguments.has("derivatives"))
    if let path { try picture.write(to: path) } else { print(picture.svg, terminator: "") }
    return 0
  }
}

/// Functions of one name.
private struct Curves {
  private let name: String
  private let range: ClosedRange<Double>
  private let functions: [(title: String, objective: Objective)]

  init(_ arguments: Arguments) throws {
    let isBinding = { (word: String) in (try? Bindings.binding(word)) != nil }
    let bindings = try arguments.words.filter(isBinding).map(Bindings.binding)
    if let twice = bindings.indices.first(where: { i in bindings[..<i].contains { $0.name == bindings[i].name } }) {
      throw Failure("\(bindings[twice].name.quoted) is given twice")
    }
    let programs = try arguments.words.filter { !isBinding($0) }.map { try Program(parsing: $0) }
    guard !programs.isEmpty else { throw Failure("a formula is missing; try chainrule plot --help") }
    let given = Set(bindings.map(\.name))
    var free: [String] = []
    for name in programs.flatMap(\.freeNames) where !given.contains(name) && !free.contains(name) { free.append(name) }
    let domains = try arguments.all("domain").map { try Formula.Domain(parsing: $0).name }
    let name = free.first ?? domains.first ?? "x"
    guard free.count < 2 else {
      throw Failure("expected formulas of one name, found \(free.joined(separator: ", ")); give the others values")
    }
    range = try arguments.intervals(for: [name])[name] ?? -5...5
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
