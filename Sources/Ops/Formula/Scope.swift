/// How a function may be called: how many arguments, and which options by name.
///
/// ```swift
/// let functions: [String: Signature] = ["exp": 1, "clip": 3, "sum": Signature(1, options: ["axis"])]
/// ```
public struct Signature: Sendable, Hashable, ExpressibleByIntegerLiteral {
  /// How many arguments without a label it takes.
  public let counts: ClosedRange<Int>
  /// The labels it knows besides: `axis`.
  public let options: Set<String>
  /// Whether it turns each element into one.
  var isElementwise = false

  /// Between so many arguments and so many.
  public init(_ counts: ClosedRange<Int>, options: Set<String> = []) { (self.counts, self.options) = (counts, options) }

  /// So many arguments, no more and no fewer.
  public init(_ count: Int, options: Set<String> = []) { self.init(count...count, options: options) }
  public init(integerLiteral count: Int) { self.init(count) }

  fileprivate var requirement: String {
    let noun = counts.upperBound == 1 ? "argument" : "arguments"
    if counts.lowerBound == counts.upperBound { return "\(counts.lowerBound) \(noun)" }
    if counts.upperBound == .max { return "at least \(counted(counts.lowerBound, "argument"))" }
    return "\(counts.lowerBound) to \(counts.upperBound) \(noun)"
  }
}

/// What the names in a formula may mean: the names that have values, the functions of the language, and the
/// functions that a program defines.
public struct Scope: Sendable {
  /// They stand for numbers unless an input or a statement has the same name.
  public static let constants: Set<String> = ["pi", "π", "e", "inf", "nan"]

  /// A definition that calls a definition that calls… doubles with every line; this many operations are enough.
  static let longestExpansion = 100_000

  /// The names that have values: inputs, and statements that have been read.
  public private(set) var names: Set<String>
  /// The functions of the language by their names.
  public let functions: [String: Signature]
  /// How long sums to a name are.
  var sizes: [String: Int] = [:]
  /// Resolved.
  private var definitions: [String: Program.Statement] = [:]
  private var expanded = 0

  /// Of these names and functions; the constants need not be among the names.
  public init(names: Set<String>, functions: [String: Signature]) {
    (self.names, self.functions) = (names, functions)
  }

  /// Whether it is one of the language or of the program.
  func isFunction(_ name: String) -> Bool { functions[name] != nil || definitions[name] != nil }

  /// Whether a function of one argument turns every element of it into one, whatever the names of the program are.
  func isElementwise(_ name: String) -> Bool {
    guard let definition = definitions[name] else { return functions[name]?.isElementwise == true }
    guard Set(definition.formula.names).isSubset(of: Self.constants.union(definition.parameters)) else { return false }
    let other = definition.formula.firstPart { part in
      switch part.form {
      case .list, .transpose, .slice, .einsum, .binary(.matmul, _, _), .derivative: true
      case .call(let name, _): functions[name]?.isElementwise != true
      case .number, .name, .negative, .binary, .comparison: false
      }
    }
    return other == nil
  }

  /// With more names that have values, as far as they are no functions.
  func adding(_ more: some Sequence<String>) -> Scope {
    var scope = self
    scope.names.formUnion(more.filter { !isFunction($0) })
    return scope
  }
}

// MARK: - Programs

extension Program {
  /// The program with every name looked up and the calls of its own functions written out.
  ///
  /// Everything must be defined before it is used, and once: so no definition can call itself.
  ///
  /// - Parameter inputs: names that get their values from outside; ``freeNames`` to accept whatever is used.
  /// - Parameter functions: the functions of the language.
  /// - Throws: ``ParseError`` at the first unknown name or function, wrong number of arguments, unknown option,
  ///   second definition, or definitions that exceed 100,000 operations when written out.
  public func resolved(inputs: Set<String>, functions: [String: Signature]) throws(ParseError) -> Program {
    try resolving(inputs: inputs, functions: functions).program
  }

  /// What a claim about this program may mention: inputs, statements, functions.
  public func scope(inputs: Set<String>, functions: [String: Signature]) throws(ParseError) -> Scope {
    try resolving(inputs: inputs, functions: functions).scope
  }

  func resolving(
    inputs: Set<String>, functions: [String: Signature]
  ) throws(ParseError) -> (program: Program, scope: Scope) {
    var scope = Scope(names: inputs, functions: functions)
    let places = Places(lines)
    let resolved = try lines.map { (line) throws(ParseError) -> Statement in
      if line.isDefinition {
        try scope.define(line, places)
        return line
      }
      let formula = try scope.resolve(line.formula, places)
      if let name = line.name { try scope.define(name, at: line.location, places) }
      return Statement(name: line.name, formula: formula, location: line.location)
    }
    return (Program(resolved), scope)
  }
}

/// Where a program defines what, for the messages "already defined at" and "defined only at".
private struct Places {
  private(set) var names: [String: Location] = [:]
  private(set) var functions: [String: Location] = [:]

  init(_ lines: [Program.Statement] = []) {
    for line in lines.reversed() {
      guard let name = line.name else { continue }
      if line.isDefinition { functions[name] = line.location } else { names[name] = line.location }
    }
  }
}

// MARK: - Definitions

extension Scope {
  fileprivate mutating func define(
    _ name: String, at location: Location, _ places: Places
  ) throws(ParseError) {
    guard names.insert(name).inserted else {
      let first = places.names[name]
      throw location.error(
        first == nil || first == location
          ? "\(name.quoted) is an input and cannot be defined again"
          : "\(name.quoted) is already defined at \(first!)")
    }
  }

  fileprivate mutating func define(_ definition: Program.Statement, _ places: Places) throws(ParseError) {
    guard let name = definition.name else { return }
    let (place, parameters) = (definition.location, definition.parameters)
    if functions[name] != nil {
      throw place.error("\(name.quoted) is a function of the language and cannot be defined again")
    }
    if let first = definitions[name] {
      throw place.error("\(name.quoted) is already defined at \(first.location)")
    }
    var inner = self
    inner.names.formUnion(parameters)
    let body = try inner.resolve(definition.formula, places)
    expanded = inner.expanded
    definitions[name] = Program.Statement(name: name, formula: body, location: place, parameters: parameters)
  }
}

// MARK: - Formulas

extension Scope {
  /// The formula with every name looked up and the calls of defined functions written out.
  public mutating func resolve(_ formula: Formula) throws(ParseError) -> Formula {
    try resolve(formula, Places())
  }

  fileprivate mutating func resolve(_ formula: Formula, _ places: Places) throws(ParseError) -> Formula {
    try formula.fold { (form: Formula.Form<Formula>, part) throws(ParseError) in
      switch form {
      case .name(let name):
        if !names.contains(name), !Self.constants.contains(name) || places.names[name] != nil {
          throw unknown(name, part, places)
        }
        return part
      case .call(let name, let arguments) where part.rule == nil:
        try check(name, arguments, part, places)
        return try definitions[name].map { (d) throws(ParseError) in try expand(d, arguments, part) } ?? part.over(form)
      default:
        return part.over(form)
      }
    }
  }

  private mutating func expand(
    _ definition: Program.Statement, _ arguments: [Formula.Argument<Formula>], _ call: Formula
  ) throws(ParseError) -> Formula {
    definition.formula.forEachPart { _ in expanded += 1 }
    guard expanded <= Self.longestExpansion else {
      throw call.error("the functions come to more than \(Self.longestExpansion) operations when written out")
    }
    let values = arguments.map(\.value)
    return definition.formula.replacing(Dictionary(uniqueKeysWithValues: zip(definition.parameters, values)))
  }

  private func check(
    _ name: String, _ arguments: [Formula.Argument<Formula>], _ call: Formula, _ places: Places
  ) throws(ParseError) {
    guard let signature = definitions[name].map({ Signature($0.parameters.count) }) ?? functions[name] else {
      throw unknownFunction(name, call, places)
    }
    let count = arguments.count { $0.label == nil }
    guard signature.counts.contains(count) else {
      throw call.error("\(name) takes \(signature.requirement), found \(count)")
    }
    for label in arguments.compactMap(\.label) where !signature.options.contains(label) {
      throw call.error(
        "\(name) has no option \(label.quoted)", suggestion: nearest(to: label, among: signature.options))
    }
  }

  private func unknown(_ name: String, _ part: Formula, _ places: Places) -> ParseError {
    if let later = places.names[name] {
      return part.error("\(name.quoted) is used before it is defined, at \(later)")
    }
    if isFunction(name) {
      return part.error("no name \(name.quoted)", suggestion: "\(name)(…)")
    }
    return part.error("no name \(name.quoted)", suggestion: suggestion(for: name, among: names))
  }

  private func unknownFunction(_ name: String, _ call: Formula, _ places: Places) -> ParseError {
    if let later = places.functions[name] {
      return call.error("the function \(name.quoted) is used before it is defined, at \(later)")
    }
    let near = nearest(to: name, among: Set(functions.keys).union(definitions.keys))
    let product = names.contains(name) ? "\(name)*(…)" : nil
    return call.error("no function \(name.quoted)", suggestion: product ?? near)
  }
}

extension Formula {
  /// An error at the place of this part; at the start of an empty text for a formula that was not parsed.
  func error(_ message: String, suggestion: String? = nil) -> ParseError {
    (location ?? SourceText(description).start).error(message, suggestion: suggestion)
  }
}
