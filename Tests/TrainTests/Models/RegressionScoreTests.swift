import Testing

@testable import Train

@Suite("Scores of regressions")
struct RegressionScoreTests {
  /// The same by NumPy: √mean((p − y)²), mean|p − y|, 1 − Σ(p − y)²/Σ(y − ȳ)².
  @Test func againstNumPy() {
    let score = RegressionScore(of: Rows([3, -0.5, 2, 7, 4.2], width: 1), Rows([2.5, 0, 2, 8, 4], width: 1))
    #expect(abs(score.rootMeanSquare - 0.5549774770204643) < 1e-15)
    #expect(abs(score.meanAbsolute - 0.44) < 1e-15)
    #expect(abs(score.determination! - 0.9569832402234637) < 1e-15)
    #expect("\(score)" == "RMSE 0.554977, mean absolute error 0.44, R² 0.956983 on 5 examples")
  }

  @Test func bounds() {
    let y = Rows<Float>([1, 2, 3], width: 1)
    #expect(RegressionScore(of: y, y).determination == 1)
    #expect(RegressionScore(of: Rows([2, 2, 2], width: 1), y).determination == 0)
    #expect(RegressionScore(of: Rows([9, 9, 9], width: 1), y).determination! < 0)
    #expect(RegressionScore(of: y, Rows([2, 2, 2], width: 1)).determination == nil)
  }
}
