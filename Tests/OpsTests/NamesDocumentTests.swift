import Foundation
import Testing

/// Every name in the first column of Docs/Names.md is declared somewhere in Sources.
@Suite struct NamesDocumentTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// What is called, with or without arguments: `x.sum([0])` is `sum`.
  static let names: Set<String> = {
    let document = try! String(contentsOf: root.appending(path: "Docs/Names.md"), encoding: .utf8)
    let cells = document.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { $0.split(separator: "|")[0] }
    let codes = cells.flatMap { $0.matches(of: /`([^`]+)`/).map(\.output.1) }
    return Set(codes.compactMap { $0.firstMatch(of: /^(?:\w+\.)?(\w+)/).map { String($0.output.1) } })
  }()

  static let declared: Set<String> = {
    let files = FileManager.default.enumerator(at: root.appending(path: "Sources"), includingPropertiesForKeys: nil)!
    let texts = files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
      .compactMap { try? String(contentsOf: $0, encoding: .utf8) }
    return Set(
      texts.flatMap { $0.matches(of: /public (?:static )?(?:func|struct|protocol) (\w+)/).map { String($0.output.1) } })
  }()

  @Test func everyNameIsDeclared() {
    #expect(Self.names.count > 90)
    #expect(Self.names.subtracting(Self.declared).sorted() == ["gradients"])  // a value in an example
  }
}
