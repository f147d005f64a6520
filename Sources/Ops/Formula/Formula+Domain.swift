extension Formula {
  /// Where the values of a name are taken from, and its shape.
  ///
  /// ```
  /// y in {-1, 1}            one of these numbers
  /// x in [-2, 2]            between these bounds
  /// X: [5, 3]               a tensor of this shape
  /// X: [n, d + 1]           of sizes with names, where claims are tested: at three small sizes each
  /// X: [5, 3] in {0, 1}     of this shape, every element one of these numbers
  /// n = 5                   this value; n = [1, 2, 3] as well
  /// ```
  public struct Domain: Sendable, Hashable {
    /// What an element may be.
    public enum Values: Sendable, Hashable {
      case set([Double])
      case interval(ClosedRange<Double>)
      /// A number, vector or matrix of numbers.
      case fixed(Formula)
    }

    /// The name that it is about.
    public let name: String
    /// nil if the domain does not say: then a scalar, or the shape of the fixed value.
    public let shape: [Int]?
    /// The sizes as they are written, where one has a name: `["n", "d + 1"]`.
    var writtenShape: [String]?
    /// nil if the domain gives the shape alone.
    public let values: Values?

    /// Reads one line such as those above.
    /// - Throws: ``ParseError`` at the place of the mistake, also where a set is empty or bounds are in the wrong order.
    public init(parsing text: String) throws(ParseError) {
      try self.init(parsing: SourceText(text))
    }

    /// - Parameter sizes: what its sizes with names are.
    package init(parsing source: SourceText, sizes: [String: Int] = [:]) throws(ParseError) {
      var parser = try Parser(source, sizes: sizes)
      self = try parser.domain()
    }

    init(name: String, shape: [Int]?, values: Values?) {
      (self.name, self.shape, self.values) = (name, shape, values)
    }
  }
}

extension Parser {
  fileprivate mutating func domain() throws(ParseError) -> Formula.Domain {
    let name = try takeName("a name")
    let shape = take(":") ? try self.shape() : nil
    let values = try self.values(required: shape == nil)
    guard current.kind == .end else { throw unexpectedBehindExpression("the end of the domain") }
    var domain = Formula.Domain(name: name, shape: shape?.map(\.size), values: values)
    let written = shape?.map(\.text) ?? []
    if written.contains(where: { Int($0) == nil }) { domain.writtenShape = written }
    return domain
  }

  private mutating func values(required: Bool) throws(ParseError) -> Formula.Domain.Values? {
    if required, take("=") { return .fixed(try constant()) }
    guard current.kind == .name("in") else {
      guard required || current.kind != .end else { return nil }
      throw unexpected(required ? "'in', ':' or '='" : "'in' or the end of the domain")
    }
    advance()
    let opening = current
    if take("{") { return .set(try numbers(until: "}", opened: opening)) }
    guard take("[") else { throw unexpected("'{' or '['") }
    let bounds = try numbers(until: "]", opened: opening)
    guard bounds.count == 2 else {
      throw location(of: opening).error("an interval has two bounds, found \(bounds.count)")
    }
    guard bounds[0] <= bounds[1] else {
      throw location(of: opening).error("the lower bound is greater than the upper one")
    }
    return .interval(bounds[0]...bounds[1])
  }

  private mutating func numbers(until bracket: String, opened: Token) throws(ParseError) -> [Double] {
    var numbers: [Double] = []
    repeat { numbers.append(try number()) } while take(",")
    try close(bracket, opened: opened)
    return numbers
  }

  /// A number, also `2*pi`, `-1/2`.
  private mutating func number() throws(ParseError) -> Double {
    let start = here
    guard let value = try expression(.sum).arithmeticValue, value.isFinite else {
      throw start.error("expected a number", expected: "a number")
    }
    return value
  }

  private mutating func constant() throws(ParseError) -> Formula {
    let start = here
    let formula = try expression(.sum)
    guard formula.isConstant else { throw start.error("expected a number, a vector or a matrix") }
    return formula
  }

  private mutating func shape() throws(ParseError) -> [(size: Int, text: String)] {
    let opening = current
    guard take("[") else { throw unexpected("a shape such as [5, 3]") }
    var shape: [(size: Int, text: String)] = []
    repeat {
      let start = here
      let begin = index
      let size = try size()
      let text = (begin - index..<0).map { peek($0).text }.joined(separator: " ")
      guard (1...1_000_000).contains(size) else { throw start.error("expected a size from 1 to 1,000,000") }
      shape.append((size, text))
    } while take(",")
    try close("]", opened: opening)
    guard shape.count <= Shape.maximalRank else {
      throw location(of: opening).error("expected a shape of at most \(Shape.maximalRank) dimensions")
    }
    guard shape.reduce(1, { $0 * Double($1.size) }) <= 1e6 else {
      throw location(of: opening).error("expected a shape of at most 1,000,000 elements")
    }
    return shape
  }
}

extension Parser {
  /// `5`, `n`, `d + 1`
  private mutating func size() throws(ParseError) -> Int {
    guard case .name(let name) = current.kind else {
      guard let size = try wholeNumber() else { throw unexpected("a whole number") }
      return size
    }
    guard let known = sizes[name] else {
      throw unexpected("a whole number", hint: "; sizes have names where claims are tested")
    }
    advance()
    let isNegative = current.isSymbol("-")
    guard isNegative || current.isSymbol("+") else { return known }
    advance()
    guard let shift = try wholeNumber() else { throw unexpected("a whole number") }
    return known + (isNegative ? -shift : shift)
  }
}

extension Formula {
  /// The value of arithmetic on numbers and constants, nil if there is anything else in it.
  package var arithmeticValue: Double? { fold { (form: Form<Double?>, _) in form.arithmeticValue } }

  /// The same where it is a whole number.
  var wholeValue: Int? { arithmeticValue.flatMap { Int(exactly: $0) } }

  /// Numbers, or lists of them.
  package var isConstant: Bool {
    fold { (form: Form<(value: Double?, isConstant: Bool)>, _) in
      if case .list(let elements) = form { return (nil, elements.allSatisfy(\.isConstant)) }
      let value = form.map(\.value).arithmeticValue
      return (value, value != nil)
    }.isConstant
  }
}

extension Formula.Form where Operand == Double? {
  fileprivate var arithmeticValue: Double? {
    switch self {
    case .number(let value): value
    case .name("pi"), .name("π"): .pi
    case .negative(let a): a.map { -$0 }
    case .binary(.plus, let a?, let b?): a + b
    case .binary(.minus, let a?, let b?): a - b
    case .binary(.times, let a?, let b?): a * b
    case .binary(.divide, let a?, let b?): a / b
    default: nil
    }
  }
}
