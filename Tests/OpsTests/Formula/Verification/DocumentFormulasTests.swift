import Foundation
import Ops
import Testing

@Suite("Formulas of the source documents")
struct DocumentFormulasTests {
  /// A document with its numbers of claims and of those that are known slips.
  static let documents = [
    ("ai-edu-5.4-gradient-descent", 66, 4),
    ("gradient-descent-and-backpropagation", 64, 7),
    ("grokking-appendix-b", 96, 13),
    ("learning-parameters-1", 25, 1),
    ("mathematics-of-neural-computation", 172, 16),
  ]

  /// How far off the chapter on slips says they are.
  static let diagnoses = [
    "∂e/∂ŷ = 1": "off by a factor -1",
    "∂c/∂w = 2·e·x": "off by a factor -1",
    "∂C/∂b = (a - y)·a·(1 - a)·x": "off by a factor x",
    "∂penalty/∂W = 2·W": "off by a factor 2/λ",
    "∂root/∂W = 2·W": "off by a factor 2·root",
    "∂E_full/∂w = (ŷ - y)·x": "off by a factor 1/2",
    "∂PE_relu/∂b = y·step(-score) - (1 - y)·step(score)": "off by a factor -1",
    "C_one = log(a)": "off by a factor -1",
  ]

  @Test("every formula holds, every slip is found and diagnosed", arguments: documents)
  func verdicts(document: String, claims: Int, slips: Int) throws {
    let lines = try FormulasFile(parsing: text(document)).verify(points: 5).lines
    #expect(lines.filter { !$0.isAsExpected }.map { "\($0.section): \($0.entry.text)" } == [])
    #expect(lines.count == claims)
    let refuted = lines.compactMap(\.verdict).filter { $0.outcome == .refuted }
    #expect(refuted.count == slips)
    for verdict in refuted {
      guard let diagnosis = Self.diagnoses[verdict.claim.description] else { continue }
      #expect(verdict.remark == diagnosis, "\(verdict.claim)")
    }
  }

  @Test("every right formula is refuted with a factor of 1.000001, unless it is 0", arguments: documents)
  func nearly(document: String, claims: Int, slips: Int) throws {
    let lines = try text(document).split(separator: "\n", omittingEmptySubsequences: false)
    let changed = lines.filter { !$0.contains("refuted:") }.map { line in
      guard line.hasPrefix("claim: ") else { return String(line) }
      let sides = line.prefix { $0 != "#" }.split(separator: " = ", maxSplits: 1)
      return "\(sides[0]) = (\(sides[1]))*1.000001"
    }
    let report = try FormulasFile(parsing: changed.joined(separator: "\n")).verify(points: 3)
    #expect(report.lines.count == claims - slips)
    #expect(report.lines.allSatisfy { $0.verdict != nil })
    for verdict in report.lines.compactMap(\.verdict) where verdict.outcome != .refuted {
      let right = verdict.claim.ascii.split(separator: " = ")[1]
      #expect(["0", "[0, 0]", "[0, 0, 0]"].contains(right.prefix { $0 != "*" }), "\(verdict)")
    }
  }

  private func text(_ document: String) throws -> String {
    let package = URL(filePath: #filePath).pathComponents.dropLast(5).joined(separator: "/").dropFirst()
    return try String(contentsOfFile: "\(package)/Docs/Formulas/\(document).formulas", encoding: .utf8)
  }
}
