/// A formula as a value: what text parses to, what prints as a textbook line, and a number type whose
/// arithmetic writes formulas down.
///
/// A rule of differentiation evaluated on formulas prints itself:
///
/// ```swift
/// let y = Formula.name("y")
/// print(1 - y * y)                                  // 1 - y²
/// print(try Formula(parsing: "(w*x - t)^2"))        // (w·x - t)²
/// ```
///
/// Equality is equality of the written formula (`a + b` and `b + a` differ); where it came from in its source does
/// not count. A formula is immutable; formulas share their parts, so that composing two costs O(1) and a formula
/// may be a graph whose written form is exponentially longer: ``size`` tells before one prints. Trees of any depth
/// are built, compared, printed and freed without recursion.
public struct Formula: Sendable {
  fileprivate(set) var node: Node

  /// Any form from its parts, as it stands: nothing is simplified (the operators simplify).
  ///
  /// Numbers become what the language can write: `-2` the negative of 2, infinity and NaN the names `inf`, `nan`.
  public init(_ form: Form<Formula>) {
    self.init(form, at: nil)
  }

  package init(_ form: Form<Formula>, at location: Location?) {
    self.init(form, at: location, by: nil)
  }

  /// - Parameter rule: what a call means, where a rule wrote it down.
  init(_ form: Form<Formula>, at location: Location?, by rule: WrittenRule?) {
    node = Node(Self.writable(form), location, rule)
  }

  /// The same part over other operands.
  func over(_ form: Form<Formula>) -> Formula { Formula(form, at: location, by: rule) }

  /// What stands at the top, with the operands as formulas.
  public var form: Form<Formula> { node.form }

  /// Where the name or the operator stands in the text that was parsed; `nil` for a formula that was computed.
  package var location: Location? { node.location }

  /// The rule that a call was written down by; nil for one that was parsed, whose name is all there is.
  var rule: WrittenRule? { node.rule }

  /// How many symbols the formula has when written out; stops at `Int.max`.
  public var size: Int { node.size }

  /// Levels of operations: 0 for a name or number.
  public var depth: Int { node.depth }

  private static func writable(_ form: Form<Formula>) -> Form<Formula> {
    guard case .number(let value) = form else { return form }
    if value.isNaN { return .name("nan") }
    if value.sign == .minus { return .negative(Formula(.number(-value))) }
    return value.isInfinite ? .name("inf") : form
  }
}

extension Formula {
  /// A number; a negative one becomes the negative of its magnitude, as it would be typed.
  public static func number(_ value: Double) -> Formula { Formula(.number(value)) }
  /// A name: `Formula.name("x")` prints `x`.
  public static func name(_ name: String) -> Formula { Formula(.name(name)) }
  /// A call: `.call("max", .name("a"), 0)` prints `max(a, 0)`. Whether there is such a function is not checked here.
  public static func call(_ function: String, _ arguments: Formula...) -> Formula {
    Formula(.call(function, arguments.map { Argument($0) }))
  }

  /// The value of a plain number, also a negative one.
  public var constant: Double? {
    switch form {
    case .number(let value): value
    case .negative(let inner): if case .number(let value) = inner.form { -value } else { nil }
    default: nil
    }
  }
}

extension Formula {
  /// Storage of one formula. Never changes once another thread can see it: only `deinit` writes `form`, to take
  /// the operands apart, which is why the class may promise to be Sendable.
  final class Node: @unchecked Sendable {
    fileprivate(set) var form: Form<Formula>
    let location: Location?
    let rule: WrittenRule?
    let size: Int
    let depth: Int
    let hash: Int

    init(_ form: Form<Formula>, _ location: Location?, _ rule: WrittenRule?) {
      self.form = form
      (self.location, self.rule) = (location, rule)
      var size = 1
      var depth = 0
      for operand in form.operands {
        let (sum, overflow) = size.addingReportingOverflow(operand.size)
        size = overflow ? .max : sum
        depth = max(depth, operand.depth + 1)
      }
      self.size = size
      self.depth = depth
      hash = form.hashValue
    }

    /// Frees a deep formula in a loop; left to itself, reference counting recurses once per level, and a hundred
    /// thousand levels overflow the stack. Sixty-four levels are safe on any thread and spare the list.
    deinit {
      guard depth > 64 else { return }
      var orphans = form.operands
      form = .number(0)
      while var orphan = orphans.popLast() {
        guard isKnownUniquelyReferenced(&orphan.node) else { continue }
        orphans += orphan.node.form.operands
        orphan.node.form = .number(0)
      }
    }
  }

  var identity: ObjectIdentifier { ObjectIdentifier(node) }
}

extension Formula: Hashable {
  public func hash(into hasher: inout Hasher) { hasher.combine(node.hash) }

  /// - Complexity: O(1) for most formulas that differ (their hashes do), else the number of distinct parts.
  public static func == (a: Formula, b: Formula) -> Bool {
    struct Pair: Hashable { let a, b: ObjectIdentifier }
    var seen: Set<Pair> = []
    var pending = [(a, b)]
    while let (a, b) = pending.popLast() {
      let pair = Pair(a: a.identity, b: b.identity)
      guard pair.a != pair.b, seen.insert(pair).inserted else { continue }
      guard a.node.hash == b.node.hash, a.form.map(\.node.hash) == b.form.map(\.node.hash) else {
        return false
      }
      pending += zip(a.form.operands, b.form.operands)
    }
    return true
  }
}
