import Testing

/// Every public declaration has its comment, except where a requirement of a protocol says what it is, or where it is a name
/// from elsewhere that only leads to the one here.
@Suite("Doc comments", .enabled(if: SourceTree.isThere, "the sources are not where they were compiled"))
struct DocCommentsTests {
  /// A line that declares something that others see.
  struct Declaration {
    let place: String, kind: String, name: String, text: String
    let isPublic: Bool, hasComment: Bool
  }

  /// What protocols of the standard library require: their comment is there.
  static let standard: Set = [
    "description", "debugDescription", "hash", "encode", "rawValue", "next", "==", "<", "+", "-", "*", "/",
  ]
  static let standardInitializers = [
    "floatLiteral", "integerLiteral", "stringLiteral", "booleanLiteral", "nilLiteral", "arrayLiteral",
    "dictionaryLiteral", "from decoder", "rawValue",
  ]

  static func declarations(in source: String, named file: String) -> (all: [Declaration], required: [Declaration]) {
    let pattern =
      /^\s*(?:@\w+(?:\([^)]*\))? )*(public )?(?:(?:static|final|mutating|indirect|prefix|infix|override|convenience|nonisolated|internal\(set\)|private\(set\)) )*(func|var|let|init|struct|enum|class|protocol|typealias|associatedtype|subscript)\b ?([^\s(<:={]*)/
    var (all, required): ([Declaration], [Declaration]) = ([], [])
    var (isInProtocol, hasComment) = (false, false)
    for (number, line) in source.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("///") { hasComment = true; continue }
      if line.hasPrefix("}") { isInProtocol = false }
      if let match = line.firstMatch(of: pattern) {
        let declaration = Declaration(
          place: "\(file):\(number + 1)", kind: String(match.output.2), name: String(match.output.3),
          text: String(text), isPublic: match.output.1 != nil, hasComment: hasComment)
        if declaration.isPublic { all.append(declaration) }
        if isInProtocol, line.prefix(while: { $0 == " " }).count == 2 { required.append(declaration) }
        if declaration.kind == "protocol", declaration.isPublic, !line.hasSuffix("}") { isInProtocol = true }
      } else if text.hasPrefix("@") {
        if text.hasPrefix("@available(*, unavailable") { hasComment = true }
        continue  // an attribute on a line of its own
      }
      hasComment = false
    }
    return (all, required)
  }

  @Test func everyPublicSymbolHasOne() {
    let read = SourceTree.files.filter { $0.module != "chainrule" && $0.name.hasSuffix(".swift") }
      .map { Self.declarations(in: $0.text, named: $0.path) }
    let (all, required) = (read.flatMap(\.all), read.flatMap(\.required))
    let inherited = Self.standard.union(required.map(\.name))
    let silent = (all + required).filter { declaration in
      !declaration.hasComment
        && !(declaration.isPublic && inherited.contains(declaration.name) && !declaration.name.isEmpty)
        && !(declaration.kind == "init" && Self.standardInitializers.contains { declaration.text.contains($0) })
    }
    #expect(all.count > 1400)
    #expect(silent.isEmpty, "\(silent.map { "\($0.place): \($0.text)" }.joined(separator: "\n"))")
  }

  @Test func whatTheCheckSees() {
    let source = """
      /// A number.
      public struct Number {
        public var value: Int
        /// Twice.
        @inlinable
        public var twice: Int { 2 * value }
        var hidden = 0
        public static func + (a: Self, b: Self) -> Self { a }
      }
      public protocol Named {
        var title: String { get }
      }
      """
    let (all, required) = Self.declarations(in: source, named: "F.swift")
    #expect(all.filter { !$0.hasComment }.map(\.name) == ["value", "+", "Named"])
    #expect(required.map(\.name) == ["title"])
  }
}
