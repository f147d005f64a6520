import Foundation
import Ops
import Testing

/// Forty derivations as people write them, in English and Chinese; truth.py knows by central differences which of their
/// claims are true.
@Suite struct CorpusTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

  /// Of each document the truth of its claims, in their order.
  static let truth: [String: [Bool]] = {
    guard let table = try? String(contentsOf: folder.appending(path: "truth.txt"), encoding: .utf8) else {
      preconditionFailure("Corpus/truth.txt cannot be read")
    }
    var truth: [String: [Bool]] = [:]
    for line in table.split(separator: "\n") {
      let columns = line.split(separator: " | ")
      truth[String(columns[0]), default: []].append(columns[2] == "true")
    }
    return truth
  }()

  private static func findings(_ name: String) throws -> [Finding] {
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return try Derivation(parsing: text, as: name.hasSuffix(".tex") ? .latex : .markdown).check(points: 10)
  }

  /// Without optimization, where they take ten times as long, every second one.
  static let documents: [String] = {
    #if DEBUG
      truth.keys.sorted().enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    #else
      truth.keys.sorted()
    #endif
  }()

  @Test(arguments: documents)
  func everyFormulaIsReadAndEveryVerdictRight(_ name: String) throws {
    let findings = try Self.findings(name)
    for finding in findings where finding.kind == .notRead {
      Issue.record("\(name):\(finding.line) \(finding.latex) not read: \(finding.reason ?? "")")
    }
    let claims = findings.filter { $0.kind == .claim }
    let truth = try #require(Self.truth[name])
    #expect(claims.count == truth.count)
    for (claim, isTrue) in zip(claims, truth) {
      let place: Comment = "\(name):\(claim.line) \(claim.latex), read as \(claim.reading)"
      #expect(claim.verdict?.outcome == (isTrue ? .holds : .refuted), place)
      #expect((claim.expectedRefutation == nil) == isTrue, "what the document says of \(place)")
    }
  }

  @Test func aThirdOfThreeHundredClaimsIsSlipped() throws {
    let documents = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path()).filter {
      $0.hasSuffix(".md") || $0.hasSuffix(".tex")
    }
    #expect(Set(documents) == Set(Self.truth.keys))
    let claims = Self.truth.values.joined()
    #expect(documents.count == 40)
    #expect(claims.count == 300)
    #expect(claims.count { !$0 } == 102)
  }
}
