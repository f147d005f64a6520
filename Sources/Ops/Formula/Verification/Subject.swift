/// A program with the domains of its inputs, its names looked up once: what all claims about it share.
final class Subject {
  private let steps: UnrolledSteps
  /// Nil without a program. Where nothing has a value, a claim is an identity about its own names.
  private let scope: Scope?
  private let names: Set<String>
  /// Resolved.
  let program: Program?
  private let domains: [Formula.Domain]
  private let seed: UInt64
  private let sizes: [String: Int]
  private let walks = Walks()

  /// - Parameters:
  ///   - inputs: names that get their values from outside, besides the free ones and those with domains.
  ///   - sizes: what names of sizes stand for; they have these values in formulas, too.
  init(
    _ program: Program?, inputs: Set<String> = [], domains: [Formula.Domain], sizes: [String: Int] = [:], seed: UInt64
  ) throws(ParseError) {
    let taken = Set(program?.names ?? []).union(domains.map(\.name))
    let domains =
      domains
      + sizes.filter { !taken.contains($0.key) }.map {
        Formula.Domain(name: $0.key, shape: nil, values: .fixed(.number(Double($0.value))))
      }
    (self.domains, self.sizes, self.seed) = (domains, sizes, seed)
    names = Set(program?.freeNames ?? []).union(domains.map(\.name)).union(inputs)
    guard let program else {
      (steps, scope, self.program) = (UnrolledSteps(ProgramSteps()), nil, nil)
      return
    }
    var (resolved, scope) = try program.resolving(inputs: names, functions: Language.functions)
    scope.sizes = sizes
    (steps, self.scope, self.program) = (UnrolledSteps(ProgramSteps(resolved)), scope, resolved)
  }

  /// Another program with the same domains, but for what is no input of it.
  func with(_ program: Program?) throws(ParseError) -> Subject {
    let own = Set(program?.names ?? [])
    return try Subject(
      program, inputs: names.subtracting(own), domains: domains.filter { !own.contains($0.name) }, sizes: sizes,
      seed: seed)
  }

  /// With what a link of a claim adds.
  private func with(_ link: ClaimLink) throws(ParseError) -> Subject {
    guard link.addsToProgram else { return self }
    var domains = domains
    if let small = link.small {
      if program?.names.contains(small) == true {
        throw SourceText(small).start.error(
          "\(small.quoted) is computed; what is small is an input")
      }
      domains.removeAll { $0.name == small }
      domains.append(Formula.Domain(name: small, shape: nil, values: .fixed(0)))
    }
    let statements = (program?.statements ?? []) + link.arguments
    return try Subject(
      statements.isEmpty ? nil : Program(statements), inputs: names, domains: domains, sizes: sizes, seed: seed)
  }

  /// Whether the program or a domain speaks of it.
  func knows(_ name: String) -> Bool {
    program?.statements.isEmpty != false || names.contains(name) || program!.names.contains(name)
  }

  /// A claim ready to be tested.
  struct Link {
    let verification: Verification
    /// What it is about, where it adds to the program.
    let program: Program?
    let isShownAsWritten: Bool
  }

  /// The claims of a text about it: one, or the links of a chain, read or not.
  func links(of text: SourceText) -> [Result<Link, ParseError>] {
    read(text).map { link in
      Result { () throws(ParseError) in
        let link = try link.get()
        let own = try with(link)
        return Link(
          verification: try own.verification(of: link.claim), program: link.addsToProgram ? own.program : nil,
          isShownAsWritten: link.isShownAsWritten)
      }
    }
  }

  /// The claims of a text as they are tested: with their names looked up, and primes read as derivatives.
  func claims(_ text: SourceText) throws(ParseError) -> [ClaimLink] {
    try read(text).map { (link) throws(ParseError) in
      var link = try link.get()
      link.claim = try link.claim.readingPrimes(self)
      return link
    }
  }

  private var ownScope: Scope { scope ?? Scope(names: names, functions: Language.functions) }

  private func read(_ text: SourceText) -> [Result<ClaimLink, ParseError>] {
    var own = ownScope
    own.sizes = sizes
    // A text that cannot be cut into tokens has no names, and is refused below.
    if program?.statements.isEmpty != false { own = own.adding((try? Self.names(in: text)) ?? []) }
    return ClaimLink.chain(parsing: text, in: own)
  }

  /// The claim that a formula is ∂c/∂w.
  func verification(of c: String, by w: String, _ claimed: Formula) throws(ParseError) -> Verification {
    var own = ownScope
    return try verification(of: .gradient(of: c, by: w, try own.resolve(claimed)))
  }

  /// - Parameter claim: with its names looked up.
  private func verification(of claim: Claim) throws(ParseError) -> Verification {
    try verification(reading: claim.readingPrimes(self))
  }

  /// - Parameter claim: with primes read as derivatives.
  func verification(reading claim: Claim) throws(ParseError) -> Verification {
    let sides = Sides(claim, steps)
    let domains = Dictionary(domains.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    var inputs: [Sampler.Input] = []
    for name in sides.inputNames where sides.steps.isInput(name) {
      guard domains[name] != nil || !Scope.constants.contains(name) else { continue }
      let input = try Sampler.Input(name, domains[name])
      guard input.shape.count > 0 else { throw sides.error("\(name.quoted) of shape \(input.shape) has no elements") }
      inputs.append(input)
    }
    return Verification(sides, Sampler(inputs, seed: seed), walks)
  }

  /// The names that a claim uses.
  static func names(in claim: SourceText) throws(ParseError) -> Set<String> {
    Set(try Lexer.tokens(of: claim).compactMap(\.name)).subtracting(Language.functions.keys)
      .subtracting(Scope.constants)
  }
}

/// The walks of a program at the points that its claims have in common: each claim only adds what it needs besides.
final class Walks {
  struct Key: Hashable {
    let names: [String]
    let varying: Set<String>
    let nests: Bool
    let point: [[Double]]
  }

  private var walks: [Key: Walk<Bounded<DoubleDouble>>] = [:]
  private var size = 0
  /// Nodes that are kept, about a hundred bytes each.
  private static let largest = 500_000

  func walk(_ key: Key, make: () -> Walk<Bounded<DoubleDouble>>) -> Walk<Bounded<DoubleDouble>> {
    if let walk = walks[key] { return walk }
    let walk = make()
    if size < Self.largest { walks[key] = walk }
    return walk
  }

  func grew(by nodes: Int) { size += nodes }
}

extension Sampler.Input {
  init(_ name: String, _ domain: Formula.Domain?) throws(ParseError) {
    guard let domain, case .fixed(let formula)? = domain.values else {
      self.init(name: name, shape: Shape(domain?.shape ?? []), values: domain?.values, fixed: nil)
      return
    }
    let value: Tensor<Double> = try Tensor(constant: formula)
    self.init(name: name, shape: value.shape, values: domain.values, fixed: value.elements)
  }
}
