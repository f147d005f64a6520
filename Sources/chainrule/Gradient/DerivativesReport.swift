import Train

/// What `gradient` prints.
struct DerivativesReport {
  typealias Entry = (name: String, value: Tensor<Double>)
  private let output: String
  private let value: Tensor<Double>
  private let gradient: [Entry]
  private let hessian: [(name: String, row: [Entry])]?

  init(of root: Variable<Double>, named name: String, in recorded: RecordedProgram, order: Int) {
    let gradients = root.backward()
    (output, value) = (name, root.tensor)
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
    JSONValue(present: [
      "output": .string(output), "value": JSONValue(value), "gradient": object(gradient),
      "hessian": hessian.map { .object($0.map { .init($0.name, object($0.row)) }) },
    ])
  }

  private func object(_ entries: [Entry]) -> JSONValue {
    .object(entries.map { .init($0.name, JSONValue($0.value)) })
  }

  /// Whether ∂ before it is about all of it: a name, or a call such as log(x).
  private var isOneWord: Bool {
    switch (try? Formula(parsing: output))?.form {
    case .name, .call: true
    default: false
    }
  }

  var text: String {
    let numerator = isOneWord ? output : "(\(output))"
    let first = gradient.map { ("∂\(numerator)/∂\($0.name)", $0.value) }
    let second = (hessian ?? []).enumerated().flatMap { place, entry in
      entry.row[place...].map { column in
        let by = column.name == entry.name ? "∂\(entry.name)²" : "∂\(entry.name)∂\(column.name)"
        return ("∂²\(numerator)/\(by)", column.value)
      }
    }
    let lines = [(output, value)] + first + second
    let width = lines.map(\.0.displayWidth).max() ?? 0
    return lines.map { $0.padded(to: width) + " = " + $1.formulaText }.joined(separator: "\n")
  }
}
