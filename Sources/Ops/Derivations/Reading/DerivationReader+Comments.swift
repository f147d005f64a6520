// What comments and files beside a document declare.

extension DerivationReader {
  func declare(_ texts: [(String, Location)]) throws(ParseError) {
    for (text, place) in texts {
      let reader = DeclarationReader(isFunction: isFunction)
      for (declaration, span) in try reader.declarations(in: text, at: place) { try declare(declaration, span) }
    }
  }

  func declare(_ declaration: Declaration, _ span: MathSpan) throws(ParseError) {
    let position = nextPosition()
    switch declaration {
    case .shape(let names, let sizes, let origin, let values):
      let shape = sizes.map { size in
        size.name.map { lexicon.size($0, plus: size.offset) } ?? Extent(size.offset)
      }
      let fact = Lexicon.Fact(shape: shape, values: values, origin: origin)
      for key in keys(names) { lexicon.declare(key, fact, at: position) }
    case .values(let names, let values): for name in names { declare(name, values, position) }
    case .parts(let names, let wholes, let origin):
      guard names.count == wholes.count || wholes.count == 1 else {
        throw span.error("\(counted(names.count, "name")) for parts of \(wholes.count)", at: 0)
      }
      for (place, name) in names.enumerated() {
        guard let part = use(name), let whole = use(wholes[wholes.count == 1 ? 0 : place]) else { continue }
        lexicon.declare(part.partKey, Lexicon.Fact(whole: whole), at: position)
        guard let origin else { continue }
        for base in [whole.base, part.base] { lexicon.declare(base, Lexicon.Fact(origin: origin), at: position) }
      }
    case .labels(let names): for key in keys(names) { lexicon.declare(key, Lexicon.Fact(isLabel: true), at: position) }
    case .functions(let names, let arguments):
      for name in names {
        guard let use = use(name) else { continue }
        functions.insert(use.base)
        let body = Lexicon.Body.opaque(arguments.map(\.withoutIndices))
        lexicon.define(NameUse(base: use.base), use.base, parameters: nil, body, at: position, in: span)
      }
    case .definition(let statement):
      if case .call(let function, _) = statement.parts[0].form, let use = use(function) { functions.insert(use.base) }
      if define(statement.parts[0], statement.parts[1], position, span) == nil, statement.parts[1].numericValue == nil {
        throw span.error("only a name can stand on the left of '='", at: 0)
      }
    case .by(let name): lexicon.declareDerivatives(by: name, at: position)
    case .layers(let layers): lexicon.layers = layers
    case .refuted(let why): expectation = why
    case .skip: skips = true
    case .new:
      lexicon.forgetAll()
      functions = []
    }
  }

  /// The values of a part are those of the whole: `y^{(i)}` of Y.
  func declare(_ name: Notation, _ values: Formula.Domain.Values, _ position: Lexicon.Position) {
    guard let use = use(name) else { return }
    lexicon.declare(use.key, Lexicon.Fact(values: values), at: position)
    if let whole = lexicon.whole(use.partKey, at: position) {
      lexicon.declare(whole.key, Lexicon.Fact(values: values), at: position)
    }
  }

  private func keys(_ names: [Notation]) -> [String] { names.compactMap { use($0)?.key } }
}

extension NameUse {
  /// Under which it is declared to be a part of another: apart from the name by itself, where an index stands above.
  fileprivate var partKey: String { base + (mark?.familyIndex != nil ? "^" : "") }
}
