/// The operations as their rules state them: values, local gradients, where they are defined and where they bend or jump.
///
/// ```swift
/// print(OperationTable(named: ["sigmoid"]).latex)
/// // \begin{tabular}{lllll}
/// // operation & $y$ & local gradients & defined for & kinks where \\
/// // \hline
/// // sigmoid & $\operatorname{sigmoid}\left(x\right)$ & $\frac{\partial y}{\partial x} = y \cdot \left(1 - y\right)$ &  &  \\
/// // \end{tabular}
/// ```
public struct OperationTable {
  /// One operation on scalars.
  fileprivate struct Row {
    let name: String
    let value: Formula
    let locals: [(name: String, formula: Formula)]
    let domain: String
    let kinks: [(left: String, right: String)]
  }

  fileprivate let rows: [Row]
  /// The operations on whole tensors: their pullbacks depend on shapes, and `chainrule tape` shows them.
  public let onTensors: [String]

  /// The operations of the package.
  public init() { self.init(Operations.rules) }

  /// Some of them; nil where one has another name.
  public init?(named names: [String]) {
    let rules = names.compactMap { name in Operations.rules.first { $0.name == name } }
    guard rules.count == names.count else { return nil }
    self.init(rules)
  }

  /// Of any rules, also of one's own.
  public init(_ rules: [any Rule.Type]) {
    rows = rules.compactMap { $0 as? any ElementwiseRule.Type }.map { Row($0) }
    onTensors = rules.filter { !($0 is any ElementwiseRule.Type) }.map { $0.name }
  }

  /// What ``init(named:)`` takes.
  public static var names: [String] { Operations.rules.map { $0.name } }
}

extension OperationTable {
  private static let titles = ["operation", "y", "local gradients", "defined for", "kinks where"]

  /// In columns.
  public var text: String {
    var table = TextTable(Self.titles.map { TextTable.Column($0) })
    for row in rows { table.append(row.cells(separatedBy: "; ")) }
    return table.aligned
  }

  /// As Docs/Operations.md shows it.
  public var markdown: String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    let rows = rows.map {
      line($0.cells(separatedBy: "<br>").map { $0.split(separator: "|").joined(separator: "\\|") })
    }
    return line(Self.titles) + "|---|---|---|---|---|\n" + rows.joined()
  }

  /// As a `tabular` of LaTeX.
  public var latex: String {
    let rows = rows.map { $0.latexCells.joined(separator: " & ") + " \\\\\n" }
    return "\\begin{tabular}{lllll}\noperation & $y$ & local gradients & defined for & kinks where \\\\\n\\hline\n"
      + rows.joined() + "\\end{tabular}\n"
  }
}

extension OperationTable.Row {
  fileprivate init(_ rule: any ElementwiseRule.Type) {
    let names = rule.arity == 1 ? ["x"] : Array(["a", "b", "c"].prefix(rule.arity))
    let operands = names.map(Formula.name)
    (name, value) = (rule.name, rule.value(of: operands))
    locals = zip(names, rule.locals(of: operands, result: .name("y"))).map { ($0, $1) }
    let (lower, upper) = (rule.domain.lower, rule.domain.upper)
    domain = rule.domain == .reals ? "" : "\(Self.bound(lower)) … \(Self.bound(upper))"
    var kinks = rule.kinks.map { (names[0], Self.bound($0)) }
    kinks += rule.meetings.map { (names[$0], names[$1]) }
    if let offset = rule.periodicJumps {
      let whole = "a whole number" + (offset == 0 ? "" : " + \(Self.bound(offset))")
      kinks.append((names.joined(separator: "/"), whole))
    }
    self.kinks = kinks
  }

  private static func bound(_ x: Double) -> String {
    switch x {
    case .infinity: "∞"
    case -.infinity: "−∞"
    case .leastNonzeroMagnitude: "above 0"
    default: Formula.number(x).text(in: .textbook)
    }
  }

  fileprivate func cells(separatedBy separator: String) -> [String] {
    let gradients = locals.map { "∂y/∂\($0.name) = \($0.formula.text(in: .textbook))" }
    let kinks = kinks.map { "\($0.left) = \($0.right)" }
    return [
      name, value.text(in: .textbook), gradients.joined(separator: separator), domain, kinks.joined(separator: ", "),
    ]
  }

  fileprivate var latexCells: [String] {
    let gradients = locals.map { "$\\frac{\\partial y}{\\partial \($0.name)} = \($0.formula.latex)$" }
    let kinks = kinks.map { $0.right.contains(" ") ? "$\($0.left)$ = \($0.right)" : "$\($0.left) = \($0.right)$" }
    let domain = domain.map { ["∞": "$\\infty$", "−": "$-$", "…": "\\dots{}"][$0] ?? String($0) }.joined()
    return [name, "$\(value.latex)$", gradients.joined(separator: ", "), domain, kinks.joined(separator: ", ")]
  }
}
