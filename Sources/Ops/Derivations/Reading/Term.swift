/// A formula with what notation has to know of it: its shape, and whether a vector lies on its side.
struct Term {
  var formula: Formula
  var shape: [Extent] = []
  /// A vector that was transposed: `x^T`.
  var isRow = false
  /// The name that it is, or is a part of: what one can differentiate by.
  var origin: Origin?

  struct Origin {
    let name: String
    var indices: [Formula.Index] = []
  }

  var isNumber: Bool { shape.isEmpty }
  var rank: Int { shape.count }

  static func number(_ value: Double) -> Term {
    Term(formula: value < 0 ? .init(.negative(.number(-value))) : .number(value))
  }

  /// A formula of the same shape; it is no name.
  func shaped(_ formula: Formula) -> Term { Term(formula: formula, shape: shape, isRow: isRow) }

  /// What one can differentiate by.
  static func name(_ name: String, _ shape: [Extent]) -> Term {
    Term(formula: .name(name), shape: shape, origin: Origin(name: name))
  }

  /// In messages.
  var shownShape: String {
    "[" + shape.map { $0.name ?? $0.size.map(String.init) ?? "?" }.joined(separator: ", ") + "]"
  }
}

/// Why notation could not be made a formula.
enum Obstacle: Error {
  case unread(ParseError)
  /// A letter indexes something, and nothing says which of its values is meant.
  case index(String, IndexRange?, ParseError)
  /// A name is defined by itself: an update step.
  case circle(String)
}

/// The values of an index.
struct IndexRange {
  let first: Int
  let extent: Extent

  /// In a trial, where sizes are known.
  var values: Range<Int> { first..<first + (extent.size ?? 2) }
}
