/// A piece of mathematical notation as it stands, before anything is known about its names.
///
/// What LaTeX leaves open stays open here: whether `W^T` is a power or a transpose, `x_i` a name or an entry.
struct Notation: Hashable {
  let form: Form
  /// Where it stands in its span: from the first character to the one behind the last.
  var start = 0, end = 0

  indirect enum Form: Hashable {
    case number(String)
    /// A letter with its accent, or a word.
    case symbol(String)
    case scripts(Notation, below: Notation?, above: Notation?, primes: Int)
    case sum([Addend])
    case product(Notation, Joint, Notation)
    case fraction(Notation, Notation)
    case root(Notation, degree: Notation?)
    case group([Notation], Bracket)
    case bars(Notation)
    case norm(Notation)
    /// A function of the language: `\sin^2 x`, `\max(0, x)`.
    case function(String, Scripts, [Notation])
    /// A function of the document: `f(x)`, `\sigma'(z)`.
    case call(Notation, [Notation])
    case big(BigOperator, below: Notation?, above: Notation?, Notation)
    case matrix([[Notation]])
    /// Value and condition; the last may have none, or `otherwise`.
    case cases([Case])
    case relation(Notation, String, Notation)
    /// Of nothing: `\frac{d}{dx}`, an operator that stands alone.
    case derivative(of: Notation?, by: [Notation])
    case gradient(of: Notation, by: Notation?, order: Int)
    /// `∂w` by itself, as some write for ∂E/∂w.
    case differential(Notation)
    /// `f |_{x = 1}`
    case evaluated(Notation, below: Notation?, above: Notation?)
    case dots
    case words(String)
    /// `[1:, 0]` below a name, counted from 0 as in programs.
    case indices([Formula.Index])
  }

  struct Addend: Hashable {
    let isNegative: Bool
    let term: Notation
  }

  struct Case: Hashable {
    let value: Notation
    let condition: Notation?
  }

  struct Scripts: Hashable {
    var below: Notation?
    var above: Notation?
    var primes = 0
  }

  enum Joint: Hashable { case adjacent, dot, times, star, elementwise, kronecker, compose, at }
  enum Bracket: Hashable { case round, square, curly, none }
  enum BigOperator: String, Hashable { case sum, prod, max, min, mean }

  init(_ form: Form, _ start: Int = 0, _ end: Int = 0) { (self.form, self.start, self.end) = (form, start, end) }

  /// Equal as written; the place does not count.
  static func == (a: Notation, b: Notation) -> Bool { a.form == b.form }
  func hash(into hasher: inout Hasher) { hasher.combine(form) }
}

extension Notation {
  static func symbol(_ name: String) -> Notation { Notation(.symbol(name)) }
  static func number(_ value: Int) -> Notation { Notation(.number("\(value)")) }

  /// What a single pair of round brackets or braces holds.
  var unbracketed: Notation {
    if case .group(let items, let bracket) = form, items.count == 1, bracket == .round || bracket == .none {
      return items[0].unbracketed
    }
    return self
  }

  /// `jk` as j and k, `i, j` as well.
  var items: [Notation] {
    switch form {
    case .product(let a, .adjacent, let b): a.items + b.items
    case .group(let items, .none): items.flatMap(\.items)
    default: [self]
    }
  }

  var isTransposeSign: Bool {
    switch form {
    case .symbol("⊤"), .symbol("T"), .symbol("′"): true
    case .group(let items, .none): items.count == 1 && items[0].isTransposeSign
    default: false
    }
  }

  var symbol: String? { if case .symbol(let name) = form { name } else { nil } }

  /// The value of a number without a fraction, also a negative one.
  var wholeNumber: Int? {
    switch form {
    case .number(let text): Int(text)
    case .sum(let addends) where addends.count == 1 && addends[0].isNegative: addends[0].term.wholeNumber.map { -$0 }
    case .group(let items, _) where items.count == 1: items[0].wholeNumber
    default: nil
    }
  }

  /// The text of a script that is part of a name: `new`, `i+1`, `(t)`.
  var text: String {
    switch form {
    case .number(let text), .symbol(let text), .words(let text): text.filter { !$0.isWhitespace }
    case .sum(let addends):
      addends.enumerated().map { ($1.isNegative ? "-" : $0 == 0 ? "" : "+") + $1.term.text }.joined()
    case .product(let a, let joint, let b): a.text + (joint == .adjacent ? "" : "·") + b.text
    case .group(let items, let bracket):
      switch bracket {
      case .round: "(" + items.map(\.text).joined(separator: ",") + ")"
      case .square: "[" + items.map(\.text).joined(separator: ",") + "]"
      case .curly, .none: items.map(\.text).joined(separator: ",")
      }
    case .scripts(let base, let below, let above, let primes):
      base.text + (below.map { "_" + $0.text } ?? "") + (above.map { "^" + $0.text } ?? "")
        + String(repeating: "'", count: primes)
    case .relation(let a, let sign, let b): a.text + sign + b.text
    case .differential(let name): "∂" + name.text
    case .call(let f, let arguments): f.text + "(" + arguments.map(\.text).joined(separator: ",") + ")"
    case .dots: "…"
    case .indices(let indices): "[" + indices.map(\.text).joined(separator: ",") + "]"
    default: "?"
    }
  }

  /// Every part, this one first.
  func forEachPart(_ body: (Notation) -> Void) {
    body(self)
    for part in parts { part.forEachPart(body) }
  }

  var parts: [Notation] {
    switch form {
    case .number, .symbol, .dots, .words, .indices: []
    case .scripts(let base, let below, let above, _): [base] + [below, above].compactMap { $0 }
    case .sum(let addends): addends.map(\.term)
    case .product(let a, _, let b), .fraction(let a, let b), .relation(let a, _, let b): [a, b]
    case .root(let a, let degree): [a] + [degree].compactMap { $0 }
    case .group(let items, _): items
    case .bars(let a), .norm(let a), .differential(let a): [a]
    case .function(_, let scripts, let arguments): [scripts.below, scripts.above].compactMap { $0 } + arguments
    case .call(let f, let arguments): [f] + arguments
    case .big(_, let below, let above, let body): [below, above].compactMap { $0 } + [body]
    case .matrix(let rows): rows.flatMap { $0 }
    case .cases(let cases): cases.flatMap { [$0.value] + [$0.condition].compactMap { $0 } }
    case .derivative(let of, let by): [of].compactMap { $0 } + by
    case .gradient(let of, let by, _): [of] + [by].compactMap { $0 }
    case .evaluated(let a, let below, let above): [a] + [below, above].compactMap { $0 }
    }
  }
}

extension Notation {
  /// The same with other parts, in the order of `parts`.
  func with(parts new: [Notation]) -> Notation {
    var rest = new[...]
    func next() -> Notation { rest.removeFirst() }
    func next(if old: Notation?) -> Notation? { old == nil ? nil : next() }
    let form: Form =
      switch form {
      case .number, .symbol, .dots, .words, .indices: form
      case .scripts(_, let below, let above, let primes):
        .scripts(next(), below: next(if: below), above: next(if: above), primes: primes)
      case .sum(let addends): .sum(addends.map { Addend(isNegative: $0.isNegative, term: next()) })
      case .product(_, let joint, _): .product(next(), joint, next())
      case .fraction: .fraction(next(), next())
      case .relation(_, let sign, _): .relation(next(), sign, next())
      case .root(_, let degree): .root(next(), degree: next(if: degree))
      case .group(let items, let bracket): .group(items.map { _ in next() }, bracket)
      case .bars: .bars(next())
      case .norm: .norm(next())
      case .differential: .differential(next())
      case .function(let name, let scripts, let arguments):
        .function(
          name, Scripts(below: next(if: scripts.below), above: next(if: scripts.above), primes: scripts.primes),
          arguments.map { _ in next() })
      case .call(_, let arguments): .call(next(), arguments.map { _ in next() })
      case .big(let sign, let below, let above, _): .big(sign, below: next(if: below), above: next(if: above), next())
      case .matrix(let rows): .matrix(rows.map { $0.map { _ in next() } })
      case .cases(let cases): .cases(cases.map { Case(value: next(), condition: next(if: $0.condition)) })
      case .derivative(let of, let by): .derivative(of: next(if: of), by: by.map { _ in next() })
      case .gradient(_, let by, let order): .gradient(of: next(), by: next(if: by), order: order)
      case .evaluated(_, let below, let above): .evaluated(next(), below: next(if: below), above: next(if: above))
      }
    return Notation(form, start, end)
  }

  /// With another notation in place of a name.
  func replacing(_ name: String, with other: Notation) -> Notation {
    if symbol == name { return other }
    let parts = parts
    return parts.isEmpty ? self : with(parts: parts.map { $0.replacing(name, with: other) })
  }

  /// `11` as 1 and 1 where the other is `1m`.
  func splitDigits(like other: Notation) -> Notation {
    guard case .number(let text) = form, text.count == 2, case .product(_, .adjacent, _) = other.form else {
      return self
    }
    let digits = text.map { Notation(.number(String($0)), start, end) }
    return Notation(.product(digits[0], .adjacent, digits[1]), start, end)
  }

  var isAllDots: Bool {
    if case .group(let items, .square) = form { items.allSatisfy { $0.form == .dots } } else { false }
  }

  /// The indices below a sum, one by one.
  var indexed: [Notation] {
    switch form {
    case .group(let items, .none): items.flatMap(\.indexed)
    case .product(let a, .adjacent, let b): a.indexed + b.indexed
    default: [self]
    }
  }
}
