import Foundation
import Ops
import Testing

/// Exercises of courses, solved right and with the slips that solutions have: Docs/Formulas/Exercises.
@Suite("Verification: exercises")
struct ExerciseTests {
  @Test(
    "every solution holds, every slip is found",
    arguments: [
      ("two-layer-network", 27, 16), ("support-vector-machine", 20, 12), ("softmax", 21, 11), ("normalization", 29, 13),
      ("character-network", 20, 10),
    ])
  func verdicts(exercise: String, claims: Int, slips: Int) throws {
    let folder = URL(filePath: #filePath).pathComponents.dropLast(5).joined(separator: "/").dropFirst()
    let text = try String(contentsOfFile: "\(folder)/Docs/Formulas/Exercises/\(exercise).formulas", encoding: .utf8)
    let lines = try FormulasFile(parsing: text).verify(points: Self.points).lines
    let surprises = lines.filter { !$0.isAsExpected }
    #expect(surprises.map { "\($0.entry.text): \($0.verdict?.explanation ?? $0.error?.message ?? "")" } == [])
    #expect(lines.count == claims)
    #expect(lines.count { $0.verdict?.outcome == .refuted } == slips)
  }

  #if DEBUG
    static let points = 5
  #else
    static let points = 100
  #endif
}
