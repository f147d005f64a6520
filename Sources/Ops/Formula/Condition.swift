extension Program {
  /// A condition such as `J < 0.01`, as a program: 1 where it holds, else 0.
  ///
  /// - Parameter names: what it can speak of.
  /// - Throws: ``ParseError`` with the place in the text as it was written.
  package init(parsingCondition text: String, about names: [String]) throws(ParseError) {
    let condition = try Formula(parsingCondition: text)
    try condition.checkNames(among: names)
    let place = condition.location!
    let numbers = [1.0, 0].map { Formula.Argument(Formula(.number($0), at: place)) }
    let formula = Formula(.call("where", [Formula.Argument(condition)] + numbers), at: place)
    self.init([Statement(name: nil, formula: formula, location: place)])
  }
}

extension Formula {
  /// - Throws: ``ParseError`` at the first name that is none of a few.
  package func checkNames(among names: [String]) throws(ParseError) {
    try forEachPart { (part) throws(ParseError) in
      guard case .name(let name) = part.form, !names.contains(name), !Scope.constants.contains(name) else { return }
      let near = suggestion(for: name, among: Set(names))
      let known = near == nil ? ", only " + names.joined(separator: ", ") : ""
      throw part.error("no name \(name.quoted)\(known)", suggestion: near)
    }
  }

  /// A comparison alone.
  fileprivate init(parsingCondition text: String) throws(ParseError) {
    var parser = try Parser(SourceText(text))
    parser.comparisonsAllowed = true
    let start = parser.here
    self = try parser.expression()
    guard !parser.current.isSymbol("=") else {
      throw parser.unexpected("a comparison", hint: "; equality is written '=='")
    }
    guard parser.current.kind == .end else { throw parser.unexpectedBehindExpression("the end of the condition") }
    guard case .comparison = form else { throw start.error("expected a comparison, such as \(text) < 0.01") }
  }
}
