/// A program with the domains of its inputs, its names looked up once: what all claims about it share.
final class Subject {
  private let steps: UnrolledSteps
  /// Nil without a program: then a claim is an identity about its own names.
  private let scope: Scope?
  private let names: Set<String>
  /// Resolved.
  let program: Program?
  private let domains: [Formula.Domain]
  private let seed: UInt64
  private let walks = Walks()

  /// - Parameter inputs: names that get their values from outside, besides the free ones and those with domains.
  init(
    _ program: Program?, inputs: Set<String> = [], domains: [Formula.Domain], seed: UInt64
  ) throws(ParseError) {
    (self.domains, self.seed) = (domains, seed)
    names = Set(program?.freeNames ?? []).union(domains.map(\.name)).union(inputs)
    guard let program else {
      (steps, scope, self.program) = (UnrolledSteps(ProgramSteps()), nil, nil)
      return
    }
    let (resolved, scope) = try program.resolving(inputs: names, functions: Language.functions)
    (steps, self.scope, self.program) = (UnrolledSteps(ProgramSteps(resolved)), scope, resolved)
  }

  /// Another program with the same domains, but for what is no input of it.
  func with(_ program: Program?) throws(ParseError) -> Subject {
    let own = Set(program?.names ?? [])
    return try Subject(
      program, inputs: names.subtracting(own), domains: domains.filter { !own.contains($0.name) }, seed: seed)
  }

  /// Whether the program or a domain speaks of it.
  func knows(_ name: String) -> Bool {
    program == nil || names.contains(name) || program!.names.contains(name)
  }

  /// The claims of a text about it: one, or the links of a chain.
  func verifications(of text: SourceText) throws(ParseError) -> [Verification] {
    var verifications: [Verification] = []
    for claim in try claims(text) { verifications.append(try verification(reading: claim)) }
    return verifications
  }

  /// The claims of a text as they are tested: with their names looked up, and primes read as derivatives.
  func claims(_ text: SourceText) throws(ParseError) -> [Claim] {
    var own = scope
    if own == nil { own = Scope(names: names.union(try Self.names(in: text)), functions: Language.functions) }
    var claims: [Claim] = []
    for link in try Claim.chain(parsing: text, in: own!) { claims.append(try link.readingPrimes(self)) }
    return claims
  }

  /// The claim that a formula is ∂c/∂w.
  func verification(of c: String, by w: String, _ claimed: Formula) throws(ParseError) -> Verification {
    var own = scope ?? Scope(names: names, functions: Language.functions)
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
      inputs.append(try Sampler.Input(name, domains[name]))
    }
    return Verification(sides, Sampler(inputs, seed: seed), walks)
  }

  /// The names that a claim uses.
  static func names(in claim: SourceText) throws(ParseError) -> Set<String> {
    Set(try Lexer.tokens(of: claim).compactMap { if case .name(let name) = $0.kind { name } else { nil } })
      .subtracting(Language.functions.keys).subtracting(Scope.constants)
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
      self.init(name: name, shape: domain?.shape ?? [], values: domain?.values, fixed: nil)
      return
    }
    let value: Tensor<Double> = try Tensor(constant: formula)
    self.init(name: name, shape: value.shape.dimensions, values: domain.values, fixed: value.elements)
  }
}
