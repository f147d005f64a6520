extension Formula {
  /// Computes something for a formula from the same thing computed for its operands, without recursion.
  ///
  /// `combine` sees every distinct part once, operands before what uses them, in the order of the text; a part that
  /// several others share is computed once. Every interpretation of formulas is such a fold:
  ///
  /// ```swift
  /// let value = formula.fold { (form: Formula.Form<Double>, _) in … }
  /// ```
  ///
  /// - Complexity: linear in the number of distinct parts and their operands.
  public func fold<Result, Failure: Error>(
    _ combine: (Form<Result>, Formula) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var results: [ObjectIdentifier: Result] = [:]
    var path = [self]
    while let formula = path.last {
      if results[formula.identity] == nil {
        let missing = formula.form.operands.filter { results[$0.identity] == nil }
        guard missing.isEmpty else {
          path += missing.reversed()
          continue
        }
        results[formula.identity] = try combine(formula.form.map { results[$0.identity]! }, formula)
      }
      path.removeLast()
    }
    return results[identity]!
  }

  /// Calls `visit` for every distinct part, in the order of the text.
  func forEachPart<Failure: Error>(_ visit: (Formula) throws(Failure) -> Void) throws(Failure) {
    try fold { (_: Form<Void>, part) throws(Failure) in try visit(part) }
  }

  /// The first of its parts that is such a one.
  func firstPart(where isWanted: (Formula) -> Bool) -> Formula? {
    var found: Formula?
    forEachPart { if found == nil, isWanted($0) { found = $0 } }
    return found
  }

  /// The names in the formula, each once, in the order of the text.
  public var names: [String] {
    var names: [String] = []
    forEachPart { if let name = $0.form.name { names.append(name) } }
    return names.withoutRepetitions
  }

  /// Every name that has a replacement replaced, all at once: `x*y` with `["x": y, "y": x]` is `y*x`.
  ///
  /// A replacement that stands in several places is shared, not copied.
  public func replacing(_ replacements: [String: Formula]) -> Formula {
    fold { (form: Form<Formula>, original) in
      if case .name(let name) = form { return replacements[name] ?? original }
      let unchanged = zip(form.operands, original.form.operands).allSatisfy { $0.identity == $1.identity }
      return unchanged ? original : original.over(form)
    }
  }
}

extension Sequence where Element: Hashable {
  /// Each element once, where it stands first.
  package var withoutRepetitions: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
