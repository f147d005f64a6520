import Foundation
import Ops
import Testing

/// The source documents as they are, with the declarations of Docs/Documents beside them: no right formula is refuted,
/// and every slip among the formulas is found at its line.
@Suite("The source documents' LaTeX")
struct SourceDocumentsTests {
  struct Document: CustomTestStringConvertible {
    let name: String
    let checked: Int
    /// Lines of formulas that are wrong as they are written.
    let slips: [Int]
    var testDescription: String { name }
  }

  static let documents = [
    Document(
      name: "mathematics-of-neural-computation", checked: 150,
      // 212: y^2(i) for (y^(i))^2; 222: x_1 for x; 256: the λ/2 of the ridge, a root that is none, numbers added to a vector;
      // 363: the bound of an integral is n, not x; 423: b forgotten; 538: a number and a vector; 618: a factor x;
      // 669: e is ŷ - y, not y - ŷ.
      slips: [212, 222, 256, 256, 256, 256, 256, 363, 423, 538, 618, 618, 669, 669]),
    Document(name: "ai-edu-5.4-gradient-descent", checked: 22, slips: [182]),
    Document(name: "gradient-descent-and-backpropagation", checked: 0, slips: []),
    Document(name: "grokking-appendix-b", checked: 0, slips: []),
    Document(name: "learning-parameters-1", checked: 0, slips: []),
  ]

  private static let package = URL(filePath: #filePath).pathComponents.dropLast(4).joined(separator: "/").dropFirst()

  @Test("slips at their lines, and nothing else", arguments: documents)
  func slips(_ document: Document) throws {
    let path = "\(Self.package)/../shared/documents/\(document.name).md"
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      return print("source documents: skipped, no folder shared/documents beside the package")
    }
    let beside = try? String(
      contentsOfFile: "\(Self.package)/Docs/Documents/\(document.name).declarations", encoding: .utf8)
    let derivation = try Derivation(parsing: text, as: .markdown, declarations: beside.map { [$0] } ?? [])
    let findings = try derivation.check(points: 3)
    let verdicts = findings.compactMap(\.verdict)
    #expect(verdicts.count >= document.checked)
    #expect(verdicts.allSatisfy { $0.outcome != .undefined })
    #expect(findings.filter { $0.verdict?.outcome == .refuted }.map(\.line) == document.slips)
  }

  @Test("at most 25 lines of declarations")
  func length() throws {
    let folder = "\(Self.package)/Docs/Documents"
    let lines = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".declarations") }
      .flatMap { name in
        try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8).split(separator: "\n").filter {
          $0.first != "#"
        }
      }
    #expect(lines.count <= 25)
  }
}
