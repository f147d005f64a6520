import Ops
import Testing

/// The backward walk against central differences and against forward mode, on random expressions.
@Suite struct RandomExpressionTests {
  #if DEBUG
    static let rounds: UInt64 = 100
  #else
    static let rounds: UInt64 = 2000
  #endif

  @Test func backwardAgreesWithCentralDifferences() {
    for seed in 1...Self.rounds {
      let expression = RandomExpression(seed: seed)
      do {
        // Second derivatives, dearer, of every tenth.
        try checkGradient(at: expression.inputs, order: seed % 10 == 0 ? 2 : 1) { p in
          expression(p) { Variable($0) }
        }
      } catch {
        Issue.record("seed \(seed): \(error)\n\(expression)")
      }
    }
  }

  /// Both modes add the same products along the paths, in another order: they differ by roundings of the sum of
  /// the magnitudes of all paths, one per operation on the longest.
  @Test func backwardAgreesWithForwardMode() {
    for seed in 1...Self.rounds {
      let expression = RandomExpression(seed: seed)
      let x = expression.inputs
      let (value, backward) = valueWithGradient(at: x) { p in expression(p) { Variable($0) } }
      #expect(value == expression(x) { $0 }, "seed \(seed)")
      for i in x.indices {
        let direction = x.indices.map { $0 == i ? 1.0 : 0 }
        let forward = jvp(at: x, along: direction) { p in expression(p) { Dual($0) } }
        let paths = expression(zip(x, direction).map { Sized($0, slope: $1) }) { Sized($0, slope: 0) }
        let tolerance = 64 * Double.ulpOfOne * paths.slope
        #expect(abs(forward.tangent - backward[i]) <= tolerance, "seed \(seed), ∂f/∂x[\(i)]: \(expression)")
        #expect(forward.value == value, "seed \(seed)")
      }
    }
  }

  /// The expressions are what they are meant to be: long, of every operation, with subexpressions used twice.
  @Test func expressionsAreVaried() {
    let expressions = (1...Self.rounds).map(RandomExpression.init)
    let used = Set(expressions.flatMap { $0.steps.map(\.operation) })
    #expect(used == Set(RandomExpression.operations))
    #expect(expressions.map(\.steps.count).max() ?? 0 >= 58)
    let sharing = expressions.filter { expression in
      let nodes = expression.steps.flatMap(\.operands).compactMap { operand in
        if case .node(let node) = operand { node } else { nil }
      }
      return Set(nodes).count < nodes.count
    }
    #expect(sharing.count > expressions.count * 9 / 10)
  }
}
