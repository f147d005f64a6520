import Foundation
import Ops
import Testing

/// Random formulas with their derivative by SymPy, and with a slip in it: see Goldens/derivatives.py.
@Suite("Verification: random derivatives")
struct RandomDerivativeTests {
  private struct Golden {
    let formula, by, derivative, slip: String
    /// Whether SymPy proves that the slip changes nothing.
    let isHarmless: Bool
  }

  /// Every one of the 3,000; in debug every 20th.
  private static let goldens: [Golden] = {
    #if DEBUG
      let step = 20
    #else
      let step = 1
    #endif
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Goldens/derivatives.txt")
    let lines = try! String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    return stride(from: 0, to: lines.count, by: step).map { index in
      let parts = lines[index].split(separator: "|").map(String.init)
      return Golden(
        formula: parts[0], by: parts[1], derivative: parts[2], slip: parts[3], isHarmless: parts[4] == "same")
    }
  }()

  private func verdict(_ golden: Golden, _ derivative: String) throws -> Verdict {
    try Program(parsing: "f = \(golden.formula)").verify("df/d\(golden.by) = \(derivative)", points: 30)
  }

  @Test("true derivatives: none is refuted, at most one in a hundred is undefined, nine of ten are proved")
  func hold() throws {
    var (undefined, unproved): ([String], [String]) = ([], [])
    for golden in Self.goldens {
      let verdict = try verdict(golden, golden.derivative)
      #expect(verdict.outcome != .refuted, "\(golden.formula): \(verdict)")
      if verdict.outcome == .undefined { undefined.append(golden.formula) }
      if !verdict.isProved { unproved.append("\(golden.formula) | \(golden.derivative) \(verdict)") }
    }
    #expect(100 * undefined.count <= Self.goldens.count, "\(undefined)")
    #expect(10 * unproved.count <= Self.goldens.count, "\(unproved)")
  }

  @Test("derivatives with a slip: none holds, unless the slip changes nothing")
  func refuted() throws {
    for golden in Self.goldens {
      let verdict = try verdict(golden, golden.slip)
      let wrong: Verdict.Outcome = golden.isHarmless ? .refuted : .holds
      #expect(verdict.outcome != wrong, "\(golden.formula): \(verdict)")
      #expect(golden.isHarmless || !verdict.isProved, "\(golden.formula): \(verdict)")
    }
  }
}
