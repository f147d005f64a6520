import Train

/// `chainrule gradient`: the value and its derivatives by the inputs.
enum GradientCommand: Command {
  static let name = "gradient"
  static let summary = "value and gradient of a program; --order 2: the Hessian too"
  static let help = """
    chainrule gradient PROGRAM NAME=VALUE… [--output NAME] [--order 2] [--format text|json]

    Prints the value of the last statement and its derivative by every input.

      --output NAME    of this statement instead
      --order 2        the second derivatives as well
      --format json    {"output": …, "value": …, "gradient": {…}, "hessian": {…}}

    Example:
      chainrule gradient 'c = (w*x + b - y)^2' w=5 x=1 b=1 y=2
    """

  enum Format: String, CaseIterable { case text, json }

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try Arguments(words, options: ["output", "order", "format"])
    let format: Format = try arguments.choice("format")
    let order = try arguments.number("order", default: 1, in: 1...2)
    let bindings = try Bindings(arguments.words, of: Self.self)
    let result = try Derivatives(bindings, output: arguments.last("output"), order: order)
    print(format == .json ? "\(result.json)" : result.text)
    return 0
  }
}

/// What is printed.
private struct Derivatives {
  let output: String
  let value: Double
  let gradient: [(name: String, value: Double)]
  let hessian: [(name: String, row: [(name: String, value: Double)])]?

  init(_ bindings: Bindings, output: String?, order: Int) throws {
    let (program, names) = (bindings.program, bindings.inputs.map(\.name))
    let inputs = Dictionary(uniqueKeysWithValues: bindings.inputs.map { ($0.name, $0.value) })
    let first = try program.valueWithGradient(at: inputs, output: output)
    self.output = output ?? program.output.name ?? program.output.formula.description
    value = first.value
    gradient = names.map { ($0, first.gradient[$0]!) }
    let second = order == 2 ? try program.hessian(at: inputs, output: output) : nil
    hessian = second.map { rows in names.map { row in (row, names.map { ($0, rows[row]![$0]!) }) } }
  }

  var json: JSONValue {
    var members = [
      JSONValue.Member("output", .string(output)), .init("value", .number(value)),
      .init("gradient", object(gradient)),
    ]
    if let hessian {
      members.append(.init("hessian", .object(hessian.map { .init($0.name, object($0.row)) })))
    }
    return .object(members)
  }

  private func object(_ entries: [(name: String, value: Double)]) -> JSONValue {
    .object(entries.map { .init($0.name, .number($0.value)) })
  }

  var text: String {
    let first = gradient.map { ("∂\(output)/∂\($0.name)", $0.value) }
    let second = (hessian ?? []).enumerated().flatMap { place, entry in
      entry.row[place...].map { column in
        let by = column.name == entry.name ? "∂\(entry.name)²" : "∂\(entry.name)∂\(column.name)"
        return ("∂²\(output)/\(by)", column.value)
      }
    }
    let lines = [(output, value)] + first + second
    let width = lines.map(\.0.displayWidth).max() ?? 0
    return lines.map { label, number in
      label + String(repeating: " ", count: width - label.displayWidth) + " = " + shortest(number)
    }.joined(separator: "\n")
  }
}
