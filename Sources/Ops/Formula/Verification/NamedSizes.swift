/// The sizes that domains give names, `X: [n, d]`, and what they are when a claim is tested.
enum NamedSizes {
  /// Small primes, no two equal as long as there are six, others in each trial: what holds for sizes that happen to be
  /// equal, or for one size only, does not hold for all three.
  static let primes = [[3, 2, 5, 7, 11, 13], [2, 5, 3, 11, 7, 13], [5, 3, 2, 7, 13, 11]]

  /// What they are in each of three trials; in one where the domains name none, or say `n = 5` of each.
  static func trials(of domains: [SourceText]) throws(ParseError) -> [[String: Int]] {
    var (names, known) = ([String](), [String: Int]())
    for domain in domains {
      let tokens = try Lexer.tokens(of: domain)
      names += inShape(tokens).filter { !names.contains($0) }
      if tokens.count == 4, let name = tokens[0].name, tokens[1].isSymbol("="), case .number(let value) = tokens[2].kind
      {
        known[name] = Int(exactly: value)
      }
    }
    let open = names.filter { known[$0] == nil }
    guard !open.isEmpty else { return [known] }
    return primes.map { primes in
      var sizes = known
      for (place, name) in open.enumerated() { sizes[name] = primes[place % primes.count] }
      return sizes
    }
  }

  /// The names in the brackets behind `X:`.
  private static func inShape(_ tokens: [Token]) -> [String] {
    guard tokens.count > 3, tokens[1].isSymbol(":"), tokens[2].isSymbol("["),
      let end = tokens.firstIndex(where: { $0.isSymbol("]") })
    else { return [] }
    return tokens[3..<max(3, end)].compactMap(\.name)
  }
}

/// What a claim came to in one trial of several.
protocol TrialResult {
  var verdict: Verdict { get set }
}

extension TrialResult {
  /// With what a later trial found. One without a verdict does not count where another has one: `X'@X` has no inverse where
  /// X is wide.
  func with(_ later: Self) -> Self {
    if verdict.outcome == .undefined || later.verdict.outcome == .refuted { return later }
    guard later.verdict.outcome == .holds else { return self }
    var both = self
    both.verdict.add(later.verdict)
    return both
  }
}

extension Verdict {
  fileprivate mutating func add(_ other: Verdict) {
    points += other.points
    worst = max(worst, other.worst)
    errorProbability = errorProbability.flatMap { a in other.errorProbability.map { a + $0 } }
    kinks += other.kinks
    unreached += other.unreached.filter { !unreached.contains($0) }
    sizes += other.sizes
  }
}
