/// The shapes a formula can have at its top, with operands of any type.
///
/// `Form<Formula>` is one level of a formula. Once the operands have been turned into something else, the same
/// level is a `Form<Double>`, `Form<Variable<Float>>`…: that is what ``Formula/fold(_:)`` hands to an interpreter,
/// which therefore needs no recursion of its own.
extension Formula {
  /// One level of a formula: what stands at its top.
  public enum Form<Operand> {
    /// A finite number that is not negative; `-2` is the negative of the number 2, as in the text.
    case number(Double)
    case name(String)
    case negative(Operand)
    case binary(Operator, Operand, Operand)
    /// Only the condition of `where(condition, a, b)`.
    case comparison(Comparison, Operand, Operand)
    case call(String, [Argument<Operand>])
    /// `[1, 2, 3]`; a matrix is a list of lists, its rows.
    case list([Operand])
    case transpose(Operand)
    case slice(Operand, [Index])
    /// `einsum("ij,jk->ik", A, B)`, with as many operands as it names.
    case einsum(EinsteinSum, [Operand])
    /// ∂f/∂x, or ∂²f/∂x∂y: of a formula by names of the program or its inputs. Only claims have derivatives in them; the
    /// shape is that of `f`, then those of the names, where a number adds nothing.
    case derivative(Operand, by: [Operand])
  }

  /// What stands between two operands; the raw value is how it is typed.
  public enum Operator: String, Sendable, Hashable, CaseIterable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "/"
    case matmul = "@"
    /// The product of tensors element by element, as formulas of tapes show it; `*` means the same.
    case elementwise = "⊙"
    case power = "^"

    var precedence: Precedence {
      switch self {
      case .plus, .minus: .sum
      case .elementwise: .elementwise
      case .times, .divide, .matmul: .product
      case .power: .power
      }
    }
  }

  /// What stands between the sides of a condition or a claim; the raw value is how it is typed.
  public enum Comparison: String, Sendable, Hashable, CaseIterable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
  }

  /// One argument of a call; a labelled one is an option: `axis=0`.
  public struct Argument<Operand> {
    /// The name of the option; nil for an argument that counts by its place.
    public let label: String?
    /// What is handed over.
    public let value: Operand

    /// An argument by its place, or with a label by its name.
    public init(_ value: Operand, label: String? = nil) { (self.value, self.label) = (value, label) }
  }

  /// One axis of a slice: `x[1:, 0]` has `.range(1, nil)` and `.element(0)`. Negative numbers count from the end.
  public enum Index: Sendable, Hashable {
    case element(Int)
    case range(Int?, Int?)
  }

  /// Loosest first, as in the description of the language. `Wᵀ·δ ⊙ a` is a product of matrices, then one of elements.
  enum Precedence: Int, Comparable {
    case comparison, sum, elementwise, product, negation, power, postfix

    static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    var tighter: Self { Self(rawValue: rawValue + 1) ?? .postfix }
  }
}

extension Formula.Argument: Equatable where Operand: Equatable {}
extension Formula.Argument: Hashable where Operand: Hashable {}
extension Formula.Argument: Sendable where Operand: Sendable {}
extension Formula.Form: Equatable where Operand: Equatable {}
extension Formula.Form: Hashable where Operand: Hashable {}
extension Formula.Form: Sendable where Operand: Sendable {}

extension Formula.Form {
  /// nil for what is no name.
  var name: String? { if case .name(let name) = self { name } else { nil } }

  /// In the order in which they are written.
  public var operands: [Operand] {
    switch self {
    case .number, .name: []
    case .negative(let a), .transpose(let a), .slice(let a, _): [a]
    case .binary(_, let a, let b), .comparison(_, let a, let b): [a, b]
    case .call(_, let arguments): arguments.map(\.value)
    case .list(let elements), .einsum(_, let elements): elements
    case .derivative(let of, let by): [of] + by
    }
  }

  /// The same form over other operands.
  public func map<Other>(_ turn: (Operand) -> Other) -> Formula.Form<Other> {
    switch self {
    case .number(let value): .number(value)
    case .name(let name): .name(name)
    case .negative(let a): .negative(turn(a))
    case .binary(let symbol, let a, let b): .binary(symbol, turn(a), turn(b))
    case .comparison(let symbol, let a, let b): .comparison(symbol, turn(a), turn(b))
    case .call(let name, let arguments):
      .call(name, arguments.map { Formula.Argument(turn($0.value), label: $0.label) })
    case .list(let elements): .list(elements.map(turn))
    case .transpose(let a): .transpose(turn(a))
    case .slice(let a, let indices): .slice(turn(a), indices)
    case .einsum(let sum, let operands): .einsum(sum, operands.map(turn))
    case .derivative(let of, let by): .derivative(turn(of), by: by.map(turn))
    }
  }
}
