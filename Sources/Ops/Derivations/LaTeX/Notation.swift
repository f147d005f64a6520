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

  /// What stands between two factors, with the sign that a page shows; side by side it is one that is not seen.
  enum Joint: String, Hashable {
    case adjacent = "\u{2062}", dot = "⋅", times = "×", star = "*", elementwise = "⊙", kronecker = "⊗", compose = "∘"
    case at = "@"
  }
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

  /// With scripts, if there are any; at the place of another.
  func scripted(below: Notation?, above: Notation?, at place: Notation) -> Notation {
    guard below != nil || above != nil else { return self }
    return Notation(.scripts(self, below: below, above: above, primes: 0), place.start, place.end)
  }

  /// What stands alone in brackets, of these kinds or of any.
  func single(in kinds: Bracket...) -> Notation? {
    guard case .group(let items, let own) = form, items.count == 1, kinds.isEmpty || kinds.contains(own) else {
      return nil
    }
    return items[0]
  }

  /// Without round brackets and braces around all of it.
  var unbracketed: Notation { single(in: .round, .none)?.unbracketed ?? self }

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
  var allParts: [Notation] { [self] + parts.flatMap(\.allParts) }

  var parts: [Notation] {
    var parts: [Notation] = []
    _ = mapParts { part in
      parts.append(part)
      return part
    }
    return parts
  }

  /// The same with another notation for each of its parts.
  func mapParts(_ new: (Notation) -> Notation) -> Notation {
    let form: Form =
      switch form {
      case .number, .symbol, .dots, .words, .indices: form
      case .scripts(let base, let below, let above, let primes):
        .scripts(new(base), below: below.map(new), above: above.map(new), primes: primes)
      case .sum(let addends): .sum(addends.map { Addend(isNegative: $0.isNegative, term: new($0.term)) })
      case .product(let a, let joint, let b): .product(new(a), joint, new(b))
      case .fraction(let a, let b): .fraction(new(a), new(b))
      case .relation(let a, let sign, let b): .relation(new(a), sign, new(b))
      case .root(let a, let degree): .root(new(a), degree: degree.map(new))
      case .group(let items, let bracket): .group(items.map(new), bracket)
      case .bars(let a): .bars(new(a))
      case .norm(let a): .norm(new(a))
      case .differential(let a): .differential(new(a))
      case .function(let name, let scripts, let arguments):
        .function(
          name, Scripts(below: scripts.below.map(new), above: scripts.above.map(new), primes: scripts.primes),
          arguments.map(new))
      case .call(let function, let arguments): .call(new(function), arguments.map(new))
      case .big(let sign, let below, let above, let body):
        .big(sign, below: below.map(new), above: above.map(new), new(body))
      case .matrix(let rows): .matrix(rows.map { $0.map(new) })
      case .cases(let cases): .cases(cases.map { Case(value: new($0.value), condition: $0.condition.map(new)) })
      case .derivative(let of, let by): .derivative(of: of.map(new), by: by.map(new))
      case .gradient(let of, let by, let order): .gradient(of: new(of), by: by.map(new), order: order)
      case .evaluated(let a, let below, let above): .evaluated(new(a), below: below.map(new), above: above.map(new))
      }
    return Notation(form, start, end)
  }

  /// With another notation in place of a name.
  func replacing(_ name: String, with other: Notation) -> Notation {
    symbol == name ? other : mapParts { $0.replacing(name, with: other) }
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
}
