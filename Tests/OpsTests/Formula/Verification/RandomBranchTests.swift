import Foundation
import Ops
import Testing

/// Random programs with kinks and branches: their gradients hold, and no slip that differences can see does.
@Suite("Verification: random branches")
struct RandomBranchTests {
  /// More of them by hand: `CHAINRULE_PROGRAMS=2000 swift test -c release --filter RandomBranchTests`.
  static let count = ProcessInfo.processInfo.environment["CHAINRULE_PROGRAMS"].flatMap(UInt64.init) ?? usual
  #if DEBUG
    private static let usual: UInt64 = 40
    private static let points = 20
  #else
    private static let usual: UInt64 = 300
    private static let points = 100
  #endif

  private func verdict(_ program: RandomBranches, _ gradient: Formula) throws -> Verdict {
    try Program(parsing: program.text).verify(
      "df/dx = \(gradient.ascii)", domains: ["x in [-2, 2]", "y in [-2, 2]"], points: Self.points)
  }

  @Test("right gradients: none is refuted, at most one in fifty is undefined")
  func right() throws {
    var undefined: [String] = []
    for seed in 0..<Self.count {
      let program = try RandomBranches(seed: seed)
      let verdict = try verdict(program, program.gradient)
      #expect(verdict.outcome != .refuted, "\(seed): \(program.text): \(verdict)")
      if verdict.outcome == .undefined { undefined.append("\(seed): \(program.text): \(verdict)") }
    }
    #expect(50 * undefined.count <= Int(Self.count), "\(undefined)")
  }

  @Test("slips: none that differences see holds")
  func slips() throws {
    var wrong = 0
    for seed in 0..<Self.count {
      let program = try RandomBranches(seed: seed)
      guard let slip = program.slip(seed: seed), try program.isWrong(slip, seed: seed) else { continue }
      wrong += 1
      let verdict = try verdict(program, slip)
      #expect(verdict.outcome != .holds, "\(seed): \(program.text): \(verdict)")
    }
    #expect(3 * wrong > Int(Self.count), "\(wrong) slips change something")
  }
}
