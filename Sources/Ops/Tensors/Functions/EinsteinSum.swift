/// Which axes a sum of products has, by the names of the axes of each operand and of the result: `ij,jk->ik`.
///
/// What it means is said at ``einsum(_:_:)``. Names are single letters; `→` is the arrow too, and `∅` stands for no axes where
/// a place may not be empty.
public struct EinsteinSum: Hashable, Sendable {
  /// The names of the axes of each operand.
  public let operands: [[Character]]
  /// The names of the axes of the result.
  public let result: [Character]

  /// What is wrong with a text, and which character of it.
  struct Mistake: Error, Equatable {
    let message: String
    let offset: Int
  }

  /// `ij,jk->ik`. Without an arrow the result has the letters that come once, in the order of the alphabet.
  init(parsing text: String) throws(Mistake) {
    var sides: [[[Character]]] = [[[]]]
    var offsets: [Character: Int] = [:]
    var isHalfArrow = false
    for (offset, character) in text.enumerated() {
      if isHalfArrow, character != ">" { throw Mistake(message: "expected '>' behind '-'", offset: offset) }
      isHalfArrow = character == "-"
      switch character {
      case ">", "→":
        guard sides.count == 1 else { throw Mistake(message: "a second arrow", offset: offset) }
        sides.append([[]])
      case ",":
        guard sides.count == 1 else { throw Mistake(message: "there is one result", offset: offset) }
        sides[0].append([])
      case _ where character.isLetter:
        if sides.count == 2 {
          if sides[1][0].contains(character) {
            throw Mistake(message: "the result names '\(character)' twice", offset: offset)
          }
          if offsets[character] == nil {
            throw Mistake(message: "no operand has an axis '\(character)'", offset: offset)
          }
        }
        offsets[character] = offset
        sides[sides.count - 1][sides[sides.count - 1].count - 1].append(character)
      case "-", " ", "∅": break
      default: throw Mistake(message: "axes have letters, found '\(character)'", offset: offset)
      }
    }
    if isHalfArrow { throw Mistake(message: "expected '>' behind '-'", offset: text.count - 1) }
    let names = sides[0].flatMap { $0 }
    operands = sides[0]
    result = sides.count == 2 ? sides[1][0] : Set(names).filter { name in names.count { $0 == name } == 1 }.sorted()
    guard mostAxes <= Shape.maximalRank else {
      throw Mistake(message: "\(mostAxes) axes come together, at most \(Shape.maximalRank) can", offset: 0)
    }
  }

  /// The names that somebody needs who comes later: another operand, or the result.
  func needed(behind place: Int) -> Set<Character> { Set(operands[(place + 1)...].joined()).union(result) }

  /// Of an operand, of a product on the way, or of the result.
  private var mostAxes: Int {
    let ways = operands.indices.dropFirst().map { Set(operands[...$0].joined()).intersection(needed(behind: $0)).count }
    return max(ways.max() ?? 0, operands.map(\.count).max() ?? 0, result.count)
  }

  /// Which operand does not fit, and why; nil where all do.
  func misfit(_ shapes: [Shape]) -> (operand: Int, message: String)? {
    guard shapes.count == operands.count else {
      let found = counted(shapes.count, "operand")
      return (max(0, min(shapes.count, operands.count) - 1), "\(self) names \(operands.count), found \(found)")
    }
    var extents: [Character: Int] = [:]
    for (place, names) in operands.enumerated() {
      guard shapes[place].rank == names.count else {
        let named =
          names.isEmpty ? "no axes are named" : names.count == 1 ? "1 axis is named" : "\(names.count) axes are named"
        let which = names.isEmpty ? "" : ", '\(String(names))'"
        return (place, "\(named)\(which), of a tensor of shape \(shapes[place])")
      }
      for (axis, name) in names.enumerated() {
        let (extent, known) = (shapes[place][axis], extents[name] ?? shapes[place][axis])
        if extent != known { return (place, "axis '\(name)' has extents \(known) and \(extent)") }
        extents[name] = extent
      }
    }
    return nil
  }
}

extension EinsteinSum: CustomStringConvertible {
  /// As it is typed, with its result: `ij,jk->ik`.
  public var description: String { operands.map { String($0) }.joined(separator: ",") + "->" + String(result) }
}
