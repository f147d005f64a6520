import Foundation
import Ops
import Testing

/// Random formulas with their derivative by SymPy, and with a slip in it: see Goldens/derivatives.py.
@Suite("Verification: random derivatives")
struct RandomDerivativeTests {
  private struct Golden {
    let formula, by, derivative, slip: String
    /// Whether the slip is known to change something.
    let isWrong: Bool
  }

  /// Every 100th of the 3,000.
  private static let goldens: [Golden] = {
    let step = 100
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Goldens/derivatives.txt")
    let lines = try! String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    return stride(from: 0, to: lines.count, by: step).map { index in
      let parts = lines[index].split(separator: "|").map(String.init)
      return Golden(
        formula: parts[0], by: parts[1], derivative: parts[2], slip: parts[3], isWrong: parts[4] == "other")
    }
  }()

  private func verdict(_ golden: Golden, _ derivative: String) throws -> Verdict {
    try Program(parsing: "f = \(golden.formula)").verify("df/d\(golden.by) = \(derivative)", points: 30)
  }

  @Test("true derivatives: none is refuted, at most one in a hundred is undefined")
  func hold() throws {
    var undefined: [String] = []
    for golden in Self.goldens {
      let verdict = try verdict(golden, golden.derivative)
      #expect(verdict.outcome != .refuted, "\(golden.formula): \(verdict)")
      if verdict.outcome == .undefined { undefined.append(golden.formula) }
    }
    #expect(100 * undefined.count <= Self.goldens.count, "\(undefined)")
  }

  @Test("derivatives with a slip: none holds")
  func refuted() throws {
    for golden in Self.goldens where golden.isWrong {
      let verdict = try verdict(golden, golden.slip)
      #expect(verdict.outcome != .holds, "\(golden.formula): \(verdict)")
    }
  }
}
