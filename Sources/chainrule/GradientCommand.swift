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
    let result = try Derivatives(bindings, arguments, order: order)
    print(format == .json ? "\(result.json)" : result.text)
    return 0
  }
}

/// What is printed.
private struct Derivatives {
  typealias Entry = (name: String, value: Tensor<Double>)
  let output: String
  let value: Tensor<Double>
  let gradient: [Entry]
  let hessian: [(name: String, row: [Entry])]?

  init(_ bindings: Bindings, _ arguments: Arguments, order: Int) throws {
    let recorded = try RecordedProgram(bindings.program, at: bindings.inputs)
    let root = try recorded.output(arguments, "output")
    let gradients = root.backward()
    output = arguments.last("output") ?? bindings.program.output.name ?? bindings.program.output.formula.description
    value = root.tensor
    gradient = recorded.inputs.map { ($0.name, gradients.tensor(of: $0.variable)) }
    guard order == 2 else {
      hessian = nil
      return
    }
    hessian = recorded.inputs.map { row in
      (row.name, recorded.inputs.map { ($0.name, recorded.hessian(root, by: row.variable, $0.variable)) })
    }
  }

  var json: JSONValue {
    var members = [
      JSONValue.Member("output", .string(output)), .init("value", json(value)),
      .init("gradient", object(gradient)),
    ]
    if let hessian {
      members.append(.init("hessian", .object(hessian.map { .init($0.name, object($0.row)) })))
    }
    return .object(members)
  }

  private func object(_ entries: [Entry]) -> JSONValue {
    .object(entries.map { .init($0.name, json($0.value)) })
  }

  private func json(_ tensor: Tensor<Double>) -> JSONValue {
    JSONValue(tensor: tensor.elements, shape: tensor.shape.dimensions)
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
    return lines.map { label, tensor in
      label + String(repeating: " ", count: width - label.displayWidth) + " = " + tensor.formulaText
    }.joined(separator: "\n")
  }
}
