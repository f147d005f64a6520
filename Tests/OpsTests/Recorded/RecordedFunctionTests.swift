import Graph
import Ops
import Testing

/// What is recorded once and evaluated elsewhere is what is recorded anew there.
@Suite("Recorded functions")
struct RecordedFunctionTests {
  typealias V = Variable<Double>

  static func rosenbrock<A: Algebra>(_ p: [A]) -> A { square(1 - p[0]) + 100 * square(p[1] - p[0] * p[0]) }

  @Test("of numbers: value, gradient, Hessian and its product with a vector, at other inputs")
  func numbers() throws {
    let f = try RecordedFunction(at: [1.0, 2.0]) { Self.rosenbrock($0) }
    for x in [[0.5, -1], [3, 0.25], [1.0, 1.0]] {
      #expect(f.value(at: x) == Self.rosenbrock(x))
      #expect(f.gradient(at: x) == gradient(at: x) { Self.rosenbrock($0) })
      #expect(f.hessian(at: x) == hessian(at: x) { Self.rosenbrock($0) })
      #expect(
        f.hessianVectorProduct(at: x, along: [1, -2])
          == hessianVectorProduct(at: x, along: [1, -2]) { Self.rosenbrock($0) })
    }
  }

  @Test("of tensors: value, gradients, pullback, Jacobian, Hessian, derivative along a direction")
  func tensors() throws {
    func layer(_ x: V, _ w: V) -> V { tanh(matmul(x, w)).softmax() }
    let (x, w) = (Tensor([[1.0, 2], [-1, 0.5]]), Tensor([[0.3, -0.2, 1], [0.5, 0.1, -1]]))
    let (x2, w2) = (Tensor([[0.1, -2], [1, 1.5]]), Tensor([[1.3, 0.2, -1], [-0.5, 0.3, 2]]))
    let f = try RecordedFunction(at: [x, w]) { layer($0[0], $0[1]) }
    let (y, back) = valueWithPullback(at: [x2, w2]) { layer($0[0], $0[1]) }
    #expect(f.value(at: [x2, w2]) == y)
    #expect(f.pullback(y, at: [x2, w2]) == back(y))
    let loss = try RecordedFunction(at: [x]) { [w] in square(layer($0[0], $0[0].tape!.constant(w))).sum() }
    let wanted = gradient(at: x2) { square(layer($0, $0.tape!.constant(w))).sum() }
    #expect(loss.gradient(at: [x2])[0] == wanted)
    #expect(
      relativeError(loss.hessian(at: x2), hessian(at: x2) { square(layer($0, $0.tape!.constant(w))).sum() }) <= 1e-14)
    let rows = try RecordedFunction(at: [x]) { $0[0].softmax() }
    #expect(rows.jacobian(at: x2) == jacobian(at: x2) { $0.softmax() })
    #expect(rows.jvp(at: x2, along: x).tangent == jvp(at: x2, along: x) { $0.softmax() }.tangent)
  }

  @Test("what is not needed is left out, constants are folded, equal subexpressions stand once")
  func simplified() throws {
    let f = try RecordedFunction(at: [2.0]) { p in
      let x = p[0]
      _ = exp(x) * 3
      let constant = sin(x.tape!.constant(4) * 2)
      return sin(x) * constant + sin(x) * constant
    }
    #expect(f.tape.count == 4)  // x, sin(x), · constant, +
    #expect(f.value(at: [1]) == 2 * (sin(1.0) * sin(8.0)))
    #expect(f.gradient(at: [1])[0] == 2 * (cos(1.0) * sin(8.0)))
  }

  @Test("from a tape between what was computed and outputs, without what comes before, several results at once")
  func betweenNodes() throws {
    let tape = Tape<Double>()
    let a = tape.parameter(2), b = tape.parameter(3)
    let u = a * b, v = exp(b)
    let f = try RecordedFunction(from: [u, b], to: [u * v, u + b])
    tape.reset()
    #expect(f.values(at: [Tensor(5), Tensor(1)]).map { $0.elements[0] } == [5 * exp(1.0), 6])
    #expect(f.jacobian(at: [5, 1]) == [[exp(1.0), 5 * exp(1.0)], [1, 1]])
  }

  @Test("a checkpoint is called through, a list of indices outlives its tape")
  func calledThrough() throws {
    let x = Tensor([[0.5, -1, 2], [1, 3, -2]])
    func model(_ x: V) -> V {
      checkpoint(x) { x in checkpoint(tanh(x)) { softmaxCrossEntropy($0 * $0, labels: [2, 0]) } }
    }
    let f = try RecordedFunction(at: [x]) { model($0[0]) }
    let other = Tensor([[1.5, 1, 0.2], [-1, 0.3, 2]])
    #expect(f.gradient(at: [other])[0] == gradient(at: other, of: model))
    #expect(f.valuesRead.isEmpty)
  }

  @Test("a function that does not depend on its inputs")
  func constant() throws {
    let f = try RecordedFunction(at: [1.0]) { _ in 3 }
    #expect(f.value(at: [5]) == 3)
    #expect(f.gradient(at: [5]) == [0])
  }

  @Test("on variables of other shapes, where the rules allow it")
  func otherShapes() throws {
    let f = try RecordedFunction(at: [1.0, 2.0]) { Self.rosenbrock($0) }
    let (x, y) = (Tensor([0.5, -1, 3]), Tensor([[2.0], [1]]))
    let wanted = valueWithGradient(at: [x, y]) { Self.rosenbrock($0).sum() }
    let found = valueWithGradient(at: [x, y]) { f($0).sum() }
    #expect(found.value == wanted.value && found.gradients == wanted.gradients)
    let g = try RecordedFunction(at: [Tensor([1.0, 2])]) { tanh($0[0]) * $0[0] }
    #expect(gradient(at: x) { g([$0]).sum() } == gradient(at: x) { (tanh($0) * $0).sum() })
  }

  @Test("of a program")
  func program() throws {
    let program = try Program(parsing: "u = w*x; e = u - y; c = e^2 + e")
    let f = try RecordedFunction(program, at: [("w", 5), ("x", 1), ("y", 2)])
    let wanted = try program.valueWithGradient(at: ["w": 4, "x": 3, "y": 1])
    let found = f.valueWithGradient(at: [4, 3, 1])
    #expect(found.value == wanted.value)
    #expect(found.gradient == ["w", "x", "y"].map { wanted.gradient[$0]! })
  }
}

/// A branch taken in Swift is fixed by the recording, which says so.
@Suite("What a recorded function reads")
struct ValuesReadTests {
  typealias V = Variable<Double>

  @Test("values that depend on the inputs are named, others are not")
  func named() throws {
    let f = try RecordedFunction(at: [2.0]) { p in
      let fixed = p[0].tape!.constant(3)
      let e = (p[0] * fixed).named("e")
      guard fixed.value > 0, e.value > 0 else { return -e }
      return e * tanh(e).value
    }
    #expect(f.valuesRead.map(\.description) == ["e (multiply)", "node 3 (tanh)"])
    #expect(f.value(at: [-2]) == -6 * tanh(6.0), "the branch is the one that was recorded")
  }

  @Test("elements of tensors, and the order in which they are sorted")
  func tensors() throws {
    let f = try RecordedFunction(at: [Tensor([3.0, 1, 2])]) { $0[0].named("x").sorted().sum() }
    #expect(f.valuesRead.map(\.description) == ["x (parameter)"])
  }

  @Test("refused where the policy says so")
  func refused() {
    #expect(throws: RecordingError.self) {
      try RecordedFunction(at: [2.0], readingValues: .refused) { $0[0].value > 0 ? $0[0] : -$0[0] }
    }
    #expect(throws: Never.self) {
      try RecordedFunction(at: [2.0], readingValues: .refused) { select(less(0, $0[0]), $0[0], -$0[0]) }
    }
  }

  @Test("operations of one's own and hooks are refused by name")
  func foreign() {
    let messages = [
      { (x: V) in x.tape!.record("cube", value: 8, inputs: [x], locals: [12]) },
      { (x: V) in
        let y = sin(x).named("y")
        y.onBackward { $0 }
        return y * 2
      },
    ].map { f in
      do throws(RecordingError) {
        _ = try RecordedFunction(at: [2.0]) { f($0[0]) }
        return ""
      } catch { return error.description }
    }
    #expect(messages[0].hasPrefix("cube is an operation of your own"))
    #expect(messages[1].hasPrefix("y has a hook"))
  }
}
