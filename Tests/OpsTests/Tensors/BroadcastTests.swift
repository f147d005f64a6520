import Ops
import Testing

/// Elementwise operations on shapes that broadcast, against the same operation on scalars, element by element: values and
/// gradients, in every way an operand can lie along the result.
@Suite struct BroadcastTests {
  struct Pair: CustomTestStringConvertible {
    let a, b: Shape
    var testDescription: String { "\(a) with \(b)" }
  }

  static let pairs: [Pair] = [
    .init(a: [3, 4], b: [4]), .init(a: [3, 4], b: [1, 4]), .init(a: [3, 4], b: [3, 1]), .init(a: [3, 4], b: []),
    .init(a: [3, 4], b: [1, 1]), .init(a: [3, 1], b: [4]), .init(a: [3, 1], b: [1, 4]), .init(a: [3], b: [1, 3]),
    .init(a: [2, 3, 4], b: [3, 4]), .init(a: [2, 3, 4], b: [3, 1]), .init(a: [2, 3, 4], b: [2, 1, 4]),
    .init(a: [2, 3, 4], b: [2, 1, 1]), .init(a: [2, 1, 4], b: [3, 1]), .init(a: [1], b: [5]), .init(a: [1], b: [1, 1]),
    .init(a: [0, 3], b: [3]), .init(a: [3, 0], b: [3, 1]), .init(a: [], b: []),
    // Beyond one block of 2,048 elements.
    .init(a: [700, 5], b: [5]), .init(a: [5000], b: [1]), .init(a: [2, 2500], b: [2500]),
    .init(a: [2500, 2], b: [2500, 1]), .init(a: [30, 5, 20], b: [30, 1, 20]), .init(a: [60, 1, 20], b: [4, 1]),
  ]

  /// Functions of two numbers in which each argument comes where it is hardest: left and right of what is not
  /// commutative, in comparisons, powers and choices.
  static let functions: [(name: String, BinaryFunction)] = [
    ("add", Sum2()), ("subtract", Difference()), ("multiply", Product2()), ("divide", Quotient()), ("power", Power2()),
    ("maximum", Larger()), ("choice", Choice()), ("mixed", Mixed()),
  ]

  @Test(arguments: pairs)
  func likeScalars(_ pair: Pair) {
    for (name, function) in Self.functions {
      for (a, b) in [(pair.a, pair.b), (pair.b, pair.a)] {
        let found = onTensors(function, a, b)
        let expected = onScalars(function, a, b)
        #expect(agree(found.value, expected.value), "\(name) of \(a) and \(b)")
        #expect(agree(found.da, expected.da), "\(name) of \(a) and \(b): gradient by the first")
        #expect(agree(found.db, expected.db), "\(name) of \(a) and \(b): gradient by the second")
      }
    }
  }

  /// Three operands of which two are rows of different lengths.
  @Test func rowsOfTwoLengths() {
    let tape = Tape<Double>()
    let x = tape.parameter(numbers([2, 3, 4], 1)), rows = tape.parameter(numbers([3, 4], 2))
    let row = tape.parameter(numbers([4], 3))
    let y = select(less(x, row), rows, row * x)
    let both = select(
      less(x, row.broadcast(to: [2, 3, 4])), rows.broadcast(to: [2, 3, 4]), row.broadcast(to: [2, 3, 4]) * x)
    #expect(y.tensor == both.tensor)
    let (found, expected) = ((y * y).sum().backward(), (both * both).sum().backward())
    for variable in [x, rows, row] { #expect(agree(found.tensor(of: variable), expected.tensor(of: variable))) }
  }

  // MARK: - The two ways

  private typealias Outcome = (value: Tensor<Double>, da: Tensor<Double>, db: Tensor<Double>)

  private func onTensors(_ f: any BinaryFunction, _ shapeA: Shape, _ shapeB: Shape) -> Outcome {
    let tape = Tape<Double>()
    let (a, b) = (tape.parameter(numbers(shapeA, 1)), tape.parameter(numbers(shapeB, 2)))
    let y = f.value(a, b)
    let weights = tape.constant(numbers(y.shape, 3))
    let gradients = (weights * y).sum().backward()
    return (y.tensor, gradients.tensor(of: a), gradients.tensor(of: b))
  }

  private func onScalars(_ f: any BinaryFunction, _ shapeA: Shape, _ shapeB: Shape) -> Outcome {
    guard let shape = shapeA.broadcast(with: shapeB) else { fatalError("\(shapeA), \(shapeB)") }
    let (a, b, weights) = (numbers(shapeA, 1), numbers(shapeB, 2), numbers(shape, 3))
    var (value, da, db) = (Tensor(repeating: 0.0, shape: shape), a, b)
    for place in da.elements.indices { da.elements[place] = 0 }
    for place in db.elements.indices { db.elements[place] = 0 }
    for place in 0..<shape.count {
      let (i, j) = (source(of: place, in: shape, shapeA), source(of: place, in: shape, shapeB))
      let tape = Tape<Double>()
      let (x, z) = (tape.parameter(a.elements[i]), tape.parameter(b.elements[j]))
      let y = f.value(x, z)
      let gradients = y.backward(seed: weights.elements[place])
      value.elements[place] = y.value
      da.elements[i] += gradients[x]
      db.elements[j] += gradients[z]
    }
    return (value, da, db)
  }

  /// Which element of a smaller tensor stands at a place of the result: axes aligned at the end, extent 1 repeats.
  private func source(of place: Int, in result: Shape, _ shape: Shape) -> Int {
    var (rest, index, step) = (place, 0, 1)
    for axis in 1...Swift.max(result.rank, 1) where axis <= result.rank {
      let coordinate = rest % result[-axis]
      rest /= result[-axis]
      guard axis <= shape.rank else { continue }
      index += (shape[-axis] == 1 ? 0 : coordinate) * step
      step *= shape[-axis]
    }
    return index
  }

  /// Positive numbers without ties.
  private func numbers(_ shape: Shape, _ seed: UInt64) -> Tensor<Double> {
    var generator = SeededGenerator(seed: seed)
    return Tensor((0..<shape.count).map { _ in Double.random(in: 0.5...2, using: &generator) }, shape: shape)
  }

  private func agree(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Bool {
    a.shape == b.shape && zip(a.elements, b.elements).allSatisfy { abs($0 - $1) <= 1e-12 * max(1, abs($1)) }
  }
}

protocol BinaryFunction: Sendable {
  func value<A: Algebra>(_ a: A, _ b: A) -> A
}

private struct Sum2: BinaryFunction { func value<A: Algebra>(_ a: A, _ b: A) -> A { a + b } }
private struct Difference: BinaryFunction { func value<A: Algebra>(_ a: A, _ b: A) -> A { a - b } }
private struct Product2: BinaryFunction { func value<A: Algebra>(_ a: A, _ b: A) -> A { a * b } }
private struct Quotient: BinaryFunction { func value<A: Algebra>(_ a: A, _ b: A) -> A { a / b } }
private struct Power2: BinaryFunction { func value<A: Algebra>(_ a: A, _ b: A) -> A { pow(a, b) } }
private struct Larger: BinaryFunction { func value<A: Algebra>(_ a: A, _ b: A) -> A { maximum(a, b) } }
private struct Choice: BinaryFunction {
  func value<A: Algebra>(_ a: A, _ b: A) -> A { select(less(a, b), 3 * a, b) }
}
private struct Mixed: BinaryFunction { func value<A: Algebra>(_ a: A, _ b: A) -> A { sigmoid(a - b) / (1 + b * b) } }
