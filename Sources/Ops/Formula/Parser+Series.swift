// Sums over an index, `sum(i in 1...n, (y[i] - w*x[i])^2)`, and the elements of a tensor.

/// What a letter stands for in one term of a sum.
struct SeriesIndex {
  let value: Int
  /// The number of the first element: 1 in `1...n`, as on paper, and 0 in `0..<n`, as in a program.
  let origin: Int
}

// MARK: - Sums

extension Parser {
  /// As many terms as anybody needs; each is written out.
  private static let mostTerms = 10_000

  /// `sum`, `prod`, `mean`, `max` or `min` of a formula for each value of an index; nil where something else begins behind
  /// the bracket. The terms are written out.
  mutating func series(_ name: String, at location: Location, opened: Token) throws(ParseError) -> Formula? {
    guard ["sum", "prod", "mean", "max", "min"].contains(name), case .name(let letter) = current.kind,
      peek(1).kind == .name("in")
    else { return nil }
    advance(by: 2)
    let (values, origin) = try limits()
    guard take(",") else { throw unexpectedBehindExpression("',' and what is summed") }
    let outer = indices
    defer { indices = outer }
    let start = index
    var terms: [Formula] = []
    // What nothing is summed of has a grammar, too.
    for value in values.isEmpty ? values.lowerBound..<values.lowerBound + 1 : values {
      termCount += 1
      guard termCount <= Self.mostTerms else {
        throw location.error("the sums of this text come to more than \(Self.mostTerms) terms")
      }
      rewind(to: start)
      indices[letter] = SeriesIndex(value: value, origin: origin)
      terms.append(try inner())
    }
    try close(")", opened: opened)
    return try Self.combined(name, values.isEmpty ? [] : terms, at: location)
  }

  /// `1...n`, `0..<n`, `i + 1...n - 1`
  private mutating func limits() throws(ParseError) -> (values: Range<Int>, origin: Int) {
    let start = here
    let first = try limit()
    let isClosed = current.isSymbol("...")
    guard isClosed || current.isSymbol("..<") else { throw unexpectedBehindExpression("'...' or '..<'") }
    advance()
    let end = try limit() + (isClosed ? 1 : 0)
    guard first <= end else {
      throw start.error("a sum from \(first) to \(end - 1) goes backwards")
    }
    return (first..<end, isClosed ? 1 : 0)
  }

  /// A whole number, a size, an index, or what is added up of them.
  private mutating func limit() throws(ParseError) -> Int {
    let start = here
    let formula = try expression(.sum)
    let known = sizes.mapValues { Formula.number(Double($0)) }
    if let whole = formula.replacing(known).wholeValue, abs(whole) <= 1 << 53 { return whole }
    if let name = formula.names.first(where: { sizes[$0] == nil }) {
      throw start.error(
        "nothing says how large \(name.quoted) is where the sum ends; \(name) = 5 before it does, or a domain such as x: [\(name)]"
      )
    }
    throw start.error("a sum runs from a whole number to a whole number")
  }

  private static func combined(
    _ name: String, _ terms: [Formula], at location: Location
  ) throws(ParseError) -> Formula {
    func chained(_ symbol: Formula.Operator, _ empty: Double) -> Formula {
      guard let first = terms.first else { return Formula(.number(empty), at: location) }
      return terms.dropFirst().reduce(first) { Formula(.binary(symbol, $0, $1), at: location) }
    }
    switch name {
    case "sum": return chained(.plus, 0)
    case "prod": return chained(.times, 1)
    default:
      guard terms.count > 1 else {
        if let only = terms.first { return only }
        throw location.error("\(name) of no terms")
      }
      guard name == "mean" else { return Formula(.call(name, terms.map { Formula.Argument($0) }), at: location) }
      return Formula(.binary(.divide, chained(.plus, 0), .number(Double(terms.count))), at: location)
    }
  }
}

// MARK: - Shapes

extension Parser {
  /// `ones(n)`: the shape of a value must be known before it is computed.
  func sized(_ arguments: [Formula.Argument<Formula>], of name: String) -> [Formula.Argument<Formula>] {
    guard !sizes.isEmpty, ["ones", "zeros", "eye", "reshape", "onehot", "topk"].contains(name) else { return arguments }
    let known = sizes.mapValues { Formula.number(Double($0)) }
    return arguments.map { Formula.Argument($0.value.replacing(known), label: $0.label) }
  }
}

// MARK: - Elements

extension Parser {
  /// `[1:, 0]`, `[i, j + 1]`
  mutating func elements() throws(ParseError) -> [Formula.Index] {
    let opening = takeToken()
    var axes: [Formula.Index] = []
    repeat { axes.append(try axis()) } while take(",")
    try close("]", opened: opening)
    return axes
  }

  private mutating func axis() throws(ParseError) -> Formula.Index {
    if let place = try placeOfIndex() { return .element(place) }
    let place = here
    let start = try wholeNumber()
    if take(":") { return .range(start, try wholeNumber()) }
    guard let start else { throw unexpected("a whole number or ':'") }
    // Both kinds of counting in one formula would be misread by somebody.
    if indices.values.contains(where: { $0.origin == 1 }) {
      throw place.error(
        "in a sum over 1...n elements count from 1, but [\(start)] counts from 0; let the sum run over 0..<n")
    }
    return .element(start)
  }

  /// `i`, `i - 1`, `i + 2`
  private mutating func placeOfIndex() throws(ParseError) -> Int? {
    guard case .name(let letter) = current.kind, let index = indices[letter] else { return nil }
    let start = here
    advance()
    var place = index.value - index.origin
    while current.isSymbol("+") || current.isSymbol("-") {
      let isNegative = take("-")
      if !isNegative { advance() }
      guard case .number = current.kind, let shift = try wholeNumber() else { throw unexpected("a whole number") }
      place += isNegative ? -shift : shift
    }
    guard place >= 0 else {
      throw start.error("there is no element \(place + index.origin): they count from \(index.origin)")
    }
    return place
  }
}
