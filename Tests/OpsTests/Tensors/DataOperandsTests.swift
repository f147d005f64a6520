import Ops
import Testing

// Functions of tensors as people write them, with data that they capture. `Tests/Scripts/type-checking.sh` measures how long
// the compiler thinks about each.

private typealias T = Tensor<Double>

private func squares(_ X: T, _ y: T, _ w: T) -> T {
  gradient(at: w) { w in ((matmul(X, w) - y) * (matmul(X, w) - y)).sum() / 2 }
}
private func weightedSquares(_ X: T, _ y: T, _ weights: T, _ w: T) -> T {
  gradient(at: w) { w in (weights * square(matmul(X, w) - y)).sum() + 0.5 * (w * w).sum() }
}
private func inverseSquares(_ x: T, _ w: T) -> T {
  gradient(at: w) { w in (1 / (1 + (x - w) * (x - w)) + x / w).sum() }
}
private func bias(_ X: T, _ y: T, _ b: T) -> T { gradient(at: b) { b in squaredError(X + b, y) } }
private func classifier(_ X: T, _ y: T, _ w: T, _ b: Double) -> (T, Double) {
  gradient(at: w, b) { w, b in logLoss(logits: matmul(X, w) + b, y) }
}
private func ofEachKind(_ a: Double, _ b: Double, _ c: Double) -> (Double, Double, Double) {
  gradient(at: a, b, c) { x, y, z in x * x * y + sin(z) * 2 + 1 }
}

/// Plain tensors among variables, against the same with constants of the tape, and closed forms.
@Suite struct DataOperandsTests {
  let X = Tensor([[1.0, 2], [3, 4], [5, -7]]), y = Tensor([2.0, -1, 0.5]), w = Tensor([0.5, -0.25])

  @Test func gradientsOfFunctionsPeopleWrite() {
    // Xᵀ(Xw − y), with Xw − y = [−2, 1.5, 3.75]
    let slope = squares(X, y, w)
    #expect(slope == Tensor([21.25, -24.25]))
    #expect(weightedSquares(X, y, Tensor([1, 1, 1]), w) == Tensor([43.0, -48.75]))
    let x = Tensor([1.0, 2])
    let expected = zip(x.elements, w.elements).map { x, w in
      2 * (x - w) / ((1 + (x - w) * (x - w)) * (1 + (x - w) * (x - w))) - x / (w * w)
    }
    let found = inverseSquares(x, w)
    #expect(zip(found.elements, expected).allSatisfy { ($0 - $1).magnitude < 1e-12 }, "\(found)")
    #expect(relativeError(bias(X, Tensor([[0.0, 0]]), Tensor([1.0, 2])), Tensor([4.0, 5.0 / 3])) < 1e-15)
    #expect(ofEachKind(3, 5, 0) == (30, 9, 2))
  }

  /// By hand: Xᵀ(σ(Xw + b) − y)/n.
  @Test func logisticRegression() {
    let labels = Tensor([1.0, 0, 1])
    let (dw, db) = classifier(X, labels, w, 0.1)
    let p = [0.1, 0.6, 4.35].map { 1 / (1 + exp(-$0)) }
    let errors = zip(p, labels.elements).map { ($0 - $1) / 3 }
    #expect((db - errors.reduce(0, +)).magnitude < 1e-15)
    for column in 0..<2 {
      let slope = (0..<3).reduce(0) { $0 + errors[$1] * X.elements[2 * $1 + column] }
      #expect((dw.elements[column] - slope).magnitude < 1e-14)
    }
  }

  typealias V = Variable<Double>
  static let functions: [String: @Sendable (V, Tensor<Double>, V) -> (V, V)] = [
    "+": { ($0 + $1, $0 + $2) }, "-": { ($0 - $1, $0 - $2) }, "*": { ($0 * $1, $0 * $2) }, "/": { ($0 / $1, $0 / $2) },
    "+ behind": { ($1 + $0, $2 + $0) }, "- behind": { ($1 - $0, $2 - $0) }, "* behind": { ($1 * $0, $2 * $0) },
    "/ behind": { ($1 / $0, $2 / $0) }, "matmul": { (matmul($0, $1), matmul($0, $2)) },
    "matmul behind": { (matmul($1, $0), matmul($2, $0)) }, "select": { (select($1, $0, 0), select($2, $0, 0)) },
    "absoluteError": { (absoluteError($0, $1), absoluteError($0, $2)) },
    "squaredError": { (squaredError($0, $1), squaredError($0, $2)) },
    "halfSquaredError": { (halfSquaredError($0, $1, .sum), halfSquaredError($0, $2, .sum)) },
    "perceptronError": { (perceptronError($0, $1, .plusMinus), perceptronError($0, $2, .plusMinus)) },
    "hinge": { (hinge($0, $1), hinge($0, $2)) }, "squaredHinge": { (squaredHinge($0, $1), squaredHinge($0, $2)) },
    "logistic": { (logistic($0, $1), logistic($0, $2)) },
    "logLoss": { (logLoss(sigmoid($0), $1), logLoss(sigmoid($0), $2)) },
    "logLoss logits": { (logLoss(logits: $0, $1), logLoss(logits: $0, $2)) },
    "crossEntropy": { (crossEntropy($0.softmax(), $1), crossEntropy($0.softmax(), $2)) },
    "crossEntropy logits": { (crossEntropy(logits: $0, $1), crossEntropy(logits: $0, $2)) },
  ]

  /// To second order.
  @Test(arguments: functions.keys.sorted())
  func sameAsAConstantOfTheTape(_ name: String) throws {
    let f = try #require(Self.functions[name])
    let data = Tensor([[0.25, 0.75], [0.5, 1]]), tape = Tape<Double>()
    let x = tape.parameter(Tensor([[1.5, -0.5], [0.3, 2]]))
    let (plain, recorded) = f(x, data, tape.constant(data))
    #expect(plain.tensor == recorded.tensor)
    let slopes = [plain, recorded].map { (y: V) -> (Tensor<Double>, Tensor<Double>) in
      let slope = square(y).sum().recordedGradients(by: [x])[0]
      return (slope.tensor, square(slope).sum().backward().tensor(of: x))
    }
    #expect(slopes[0] == slopes[1] && slopes[0].0.elements.contains { $0 != 0 })
  }

  @Test func inFloat() {
    let X = Tensor<Float>([[1, 2], [3, 4]])
    let slope = gradient(at: Tensor<Float>([1, 1])) { w in (X * w - X / w + matmul(X, w)).sum() }
    // The sums of the columns of X: by X*w, by −X/w, and by each of two rows that X·w is added to.
    #expect(slope == Tensor([16, 24]))
  }

  @Test func anyOperationTakesAConstant() {
    let X = Tensor([[1.0, 2], [3, 4]])
    #expect(gradient(at: Tensor([1.0, 1])) { w in einsum("ij,j->", w.constant(X), w) } == Tensor([4.0, 6]))
    #expect(gradient(at: Tensor([[1.0, 1]])) { w in concatenated([w.constant(X), w]).max() } == Tensor([[0.0, 0]]))
  }
}
