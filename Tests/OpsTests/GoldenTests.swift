import Ops
import Testing

/// Every operation against the tables of mpmath.
@Suite struct GoldenTests {
  /// Those without a table are checked by the random expressions.
  @Test(arguments: Operation.scalar) func tablesAreLong(_ operation: Operation) {
    let goldens = Goldens.of(operation)
    #expect(goldens.isEmpty || goldens.count >= 40)
    #expect(goldens.allSatisfy { $0.operands.count == operation.scalarRule.arity })
  }

  @Test func everyTableIsOfAnOperation() {
    #expect(Set(Goldens.all.keys).isSubset(of: Operation.scalar.map(\.description)))
    #expect(Goldens.all.count >= 44)
  }

  @Test(arguments: Operation.scalar) func backwardInDouble(_ operation: Operation) {
    expectGolden(operation) { (x: [Double]) in Derivatives(backward: operation, x) }
  }

  @Test(arguments: Operation.scalar) func forwardInDouble(_ operation: Operation) {
    expectGolden(operation) { (x: [Double]) in Derivatives(forward: operation, x) }
  }

  @Test(arguments: Operation.scalar) func backwardInFloat(_ operation: Operation) {
    expectGolden(operation) { (x: [Float]) in Derivatives(backward: operation, x) }
  }

  @Test(arguments: Operation.scalar) func forwardInFloat(_ operation: Operation) {
    expectGolden(operation) { (x: [Float]) in Derivatives(forward: operation, x) }
  }

  @Test(arguments: Operation.scalar) func tensorsInDouble(_ operation: Operation) {
    expectGolden(operation, ofAll: { (x: [[Double]]) in Derivatives.onTensors(operation, x) })
  }

  @Test(arguments: Operation.scalar) func tensorsInFloat(_ operation: Operation) {
    expectGolden(operation, ofAll: { (x: [[Float]]) in Derivatives.onTensors(operation, x) })
  }

  /// Both modes multiply the same local gradients: first derivatives agree to the bit.
  @Test(arguments: Operation.scalar) func forwardIsBackward(_ operation: Operation) {
    for golden in Goldens.of(operation) {
      let backward = Derivatives(backward: operation, golden.operands).first
      let forward = Derivatives(forward: operation, golden.operands).first
      for (a, b) in zip(backward, forward) {
        #expect(a == b || a.isNaN && b.isNaN, "\(operation) at \(golden.operands): \(a), forward \(b)")
      }
    }
  }

  /// The recorded walk computes the numbers of the plain one.
  @Test(arguments: Operation.scalar) func recordedWalkIsWalk(_ operation: Operation) {
    for golden in Goldens.of(operation) {
      let tape = Tape<Double>()
      let inputs = golden.operands.map { tape.parameter($0) }
      let y: Variable<Double> = operation.scalarRule.value(of: inputs)
      let (walk, recorded) = (y.backward(), y.recordedGradients(by: inputs).map(\.value))
      for (a, b) in zip(inputs.map { walk[$0] }, recorded) {
        #expect(a == b || a.isNaN && b.isNaN, "\(operation) at \(golden.operands): \(a), recorded \(b)")
      }
    }
  }
}

private func expectGolden<E: Number>(_ operation: Operation, _ compute: ([E]) -> Derivatives<E>) {
  expectGolden(operation, ofAll: { $0.map(compute) })
}

/// Compares all points whose operands are numbers of type E; failures name the point, both numbers and the error.
private func expectGolden<E: Number>(_ operation: Operation, ofAll compute: ([[E]]) -> [Derivatives<E>]) {
  let goldens = Goldens.of(operation).filter { golden in
    golden.operands.allSatisfy { Double(E($0)) == $0 || $0.isNaN }
  }
  var misses: [String] = []
  for (golden, computed) in zip(goldens, compute(goldens.map { $0.operands.map { E($0) } })) {
    let numbers =
      [("value", 0, golden.value, computed.value)]
      + zip(golden.first, computed.first).enumerated().map { ("derivative \($0)", 1, $1.0, $1.1) }
      + zip(golden.second, computed.second).enumerated().map { ("second derivative \($0)", 2, $1.0, $1.1) }
    for (what, order, expected, number) in numbers {
      guard let miss = miss(operation, order, golden, expected, number) else { continue }
      misses.append("\(operation) at \(golden.operands): \(what) \(miss)")
    }
  }
  #expect(misses.isEmpty, "\(misses.count): \(misses.prefix(5).joined(separator: "; "))")
  #expect(goldens.count >= 30 || Goldens.of(operation).isEmpty)
}

/// What is wrong with a number, or nil.
private func miss<E: Number>(
  _ operation: Operation, _ order: Int, _ golden: Golden, _ expected: Expected, _ number: E
) -> String? {
  let truth: Double
  switch expected {
  case .anything: return nil
  case .limitOrNaN(let limit):
    if number.isNaN { return nil }
    truth = limit
  case .exactly(let exact): truth = exact
  }
  let rounded = E(truth)
  if number.isNaN || rounded.isNaN {
    return number.isNaN && rounded.isNaN ? nil : "is \(number), not \(rounded)"
  }
  if number == rounded {
    // The sign of a zero matters in values: 1/−0 is not 1/0.
    let signed = order > 0 || number != 0 || number.sign == truth.sign
    return signed ? nil : "is \(number), not \(rounded)"
  }
  let place = GoldenBound.Place(
    x: golden.operands, truth: truth.magnitude, unit: Double(E.ulpOfOne),
    normal: Double(E.leastNormalMagnitude))
  let bounds = (GoldenBound.all[operation.description] ?? []).filter { $0.orders.contains(order) }
  let allowed = bounds.map { $0.allowed(place) }.reduce(4 * Double(rounded.ulp), +)
  // What overflows counts as the largest number: the last few ulps below may round there.
  let error = Double(clamped(number) - clamped(rounded)).magnitude
  return error <= allowed ? nil : "is \(number), not \(rounded): off by \(error), allowed are \(allowed)"
}

private func clamped<E: Number>(_ x: E) -> E {
  max(-.greatestFiniteMagnitude, min(.greatestFiniteMagnitude, x))
}
