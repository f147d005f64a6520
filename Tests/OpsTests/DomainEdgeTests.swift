import Ops
import Testing

/// Where a local gradient is infinite or no number, all who read the rules must take the same for it: a 0 of the chain
/// rule lets nothing through.
@Suite("The edges of domains")
struct DomainEdgeTests {
  enum Edge: String, CaseIterable, Sendable {
    case rootOfZeroTimesX, arcOfClipped, rootOfPositivePart, rootOfSquare, rootBelow, logBelow, logOfZeroPower
    case rootTimesZero, whereNotTaken, powerZero, infiniteSlope, twiceRoot, stepOfNaN, reluOfLog, productWithNaN
    case ratioOfZeros, logOfClipped, absOfRoot, rootOfRelu

    func callAsFunction<A: Algebra>(_ x: A) -> A {
      switch self {
      case .rootOfZeroTimesX: sqrt(0 * x)
      case .arcOfClipped: acos(clip(x, -1, 1))
      case .rootOfPositivePart: sqrt(maximum(x, 0))
      case .rootOfSquare: sqrt(x * x)
      case .rootBelow, .infiniteSlope: sqrt(x)
      case .logBelow: log(x)
      case .logOfZeroPower: log(pow(x, 0))
      case .rootTimesZero: 0 * sqrt(x)
      case .whereNotTaken: select(less(0, x), log(x), x * x)
      case .powerZero: pow(log(x), 0)
      case .twiceRoot: 2 * sqrt(x) + x * x
      case .stepOfNaN: step(sqrt(x)) + x
      case .reluOfLog: relu(log(x))
      case .productWithNaN: sqrt(x) * (x + 1)
      case .ratioOfZeros: x / (x * x)
      case .logOfClipped: log(clip(x, 0, 1))
      case .absOfRoot: abs(sqrt(x))
      case .rootOfRelu: sqrt(relu(x))
      }
    }

    /// A point, and the first derivative there.
    var point: (x: Double, slope: Double) {
      switch self {
      case .rootOfZeroTimesX: (1, 0)
      case .arcOfClipped: (10, 0)
      case .rootOfPositivePart, .rootOfRelu: (-1, 0)
      case .rootOfSquare: (0, 0)
      case .rootBelow, .twiceRoot, .productWithNaN, .absOfRoot: (-1, .nan)
      case .logBelow: (-1, -1)
      case .logOfZeroPower: (0, 0)
      case .rootTimesZero: (0, 0)
      case .whereNotTaken: (0, 0)
      case .powerZero: (0, 0)
      case .infiniteSlope: (0, .infinity)
      case .stepOfNaN: (-1, 1)
      case .reluOfLog: (-1, 0)
      case .ratioOfZeros: (0, .infinity)
      case .logOfClipped: (-3, 0)
      }
    }
  }

  @Test("one answer for all", arguments: Edge.allCases)
  func agree(_ edge: Edge) {
    let (x, slope) = edge.point
    let readers = Reader.all(edge, at: x) + Reader.all(edge, at: Float(x))
    for reader in readers {
      #expect(isSame(reader.first, slope), "\(edge), \(reader.name): \(reader.first)")
      let second = readers[0].second
      #expect(isSame(reader.second, second), "\(edge), \(reader.name): \(reader.second), not \(second)")
      #expect(!slope.isNaN || reader.second.isNaN, "\(edge), \(reader.name): \(reader.second) below nan")
    }
  }

  private func isSame(_ a: Double, _ b: Double) -> Bool { a == b || a.isNaN && b.isNaN }
}

/// The derivatives of one who reads the rules.
private struct Reader {
  let name: String
  let first: Double
  let second: Double

  static func all<E: Number>(_ f: DomainEdgeTests.Edge, at x: E) -> [Reader] {
    [recorded(f, x), forward(f, x), tensors(f, x)]
  }

  private static func recorded<E: Number>(_ f: DomainEdgeTests.Edge, _ x: E) -> Reader {
    let tape = Tape<E>()
    let input = tape.parameter(x)
    let first = f(input).recordedGradients(by: [input])[0]
    let second = first.isRecorded ? first.recordedGradients(by: [input])[0].value : 0
    return Reader(name: "recorded in \(E.self)", first: Double(first.value), second: Double(second))
  }

  private static func forward<E: Number>(_ f: DomainEdgeTests.Edge, _ x: E) -> Reader {
    let y = f(Dual(Dual(x, tangent: 1), tangent: Dual(1)))
    return Reader(name: "forward in \(E.self)", first: Double(y.value.tangent), second: Double(y.tangent.tangent))
  }

  private static func tensors<E: Number>(_ f: DomainEdgeTests.Edge, _ x: E) -> Reader {
    let tape = Tape<E>()
    let input = tape.parameter(Tensor([x, x, 0.5]))
    let y = f(input).sum()
    let (walked, recorded) = (y.backward().tensor(of: input), y.recordedGradients(by: [input])[0])
    let (a, b) = (walked.elements[1], recorded.isRecorded ? recorded.tensor.elements[1] : 0)
    let second = recorded.isRecorded ? recorded.sum().backward().tensor(of: input).elements[1] : 0
    return Reader(
      name: "tensors in \(E.self)", first: a == b || a.isNaN && b.isNaN ? Double(a) : -.infinity, second: Double(second)
    )
  }
}
