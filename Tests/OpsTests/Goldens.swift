import Ops

/// What the golden tables say of one operation at one point: see Goldens/goldens.py.
struct Golden {
  let operands: [Double]
  let value: Expected
  let first: [Expected]
  /// The upper triangle of the Hessian, by rows.
  let second: [Expected]
}

/// A number of the table.
enum Expected: Equatable {
  case exactly(Double)
  /// The limit, or NaN where the textbook formula meets ∞·0 or ∞ − ∞.
  case limitOrNaN(Double)
  case anything

  init(parsing text: Substring) {
    self =
      text == "*"
      ? .anything
      : text.last == "?" ? .limitOrNaN(number(text.dropLast())) : .exactly(number(text))
  }
}

private func number(_ text: Substring) -> Double {
  guard let number = Double(text) else { preconditionFailure("golden table: “\(text)” is not a number") }
  return number
}

/// An operation on scalars, known by its name.
struct Operation: Hashable, Sendable, CustomStringConvertible {
  let scalarRule: any ElementwiseRule.Type
  var description: String { "\(scalarRule)".lowercased() }

  /// All but those that need a tensor.
  static let scalar = Operations.rules.compactMap { $0 as? any ElementwiseRule.Type }.map(Operation.init)

  static func == (a: Operation, b: Operation) -> Bool { a.scalarRule == b.scalarRule }
  func hash(into hasher: inout Hasher) { hasher.combine(description) }
}

enum Goldens {
  /// All tables, by the name of the operation.
  static let all: [String: [Golden]] = {
    ["Arithmetic", "Elementary", "Comparisons", "Activations", "Special", "Rounding"].map(table)
      .reduce(into: [:]) { $0.merge($1) { _, _ in preconditionFailure("two sections of one name") } }
  }()

  static func of(_ operation: Operation) -> [Golden] { all["\(operation)"] ?? [] }

  private static func table(_ family: String) -> [String: [Golden]] {
    var table: [String: [Golden]] = [:]
    var section = ""
    for line in goldenFile(family + ".txt").split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("[") {
        section = line.dropFirst().dropLast().lowercased()
      } else {
        table[section, default: []].append(Golden(row: line.split(separator: " ")))
      }
    }
    return table
  }
}

extension Golden {
  /// n operands, the value, n first and n(n + 1)/2 second derivatives.
  init(row: [Substring]) {
    let arity = [4: 1, 8: 2, 13: 3][row.count] ?? 0
    precondition(arity > 0, "golden table: a row of \(row.count) numbers")
    let expected = row.dropFirst(arity).map(Expected.init(parsing:))
    operands = row.prefix(arity).map(number)
    value = expected[0]
    first = Array(expected[1...arity])
    second = Array(expected[(arity + 1)...])
  }
}
