/// What the sides of a claim do next to a point: whether one of them jumps there.
///
/// Where two numbers meet of which the sides depend on the larger, the derivative may jump, and its value there is a
/// convention. It need not: `relu(h)` is no kink where h is 0 all around. What decides is whether a side has another
/// value as close as one can come.
struct Neighbourhood<Value: Precise> {
  private let verification: Verification
  private let point: Sampler.Point
  private let here: Verification.Values<Value>
  private let directions: [[[Double]]]

  /// How close: far above the rounding of 31 digits, far below the ten digits that are compared.
  private static var step: Double { 0x1p-60 }

  init(
    _ verification: Verification, _ point: Sampler.Point, _ here: Verification.Values<Value>, _ sampler: inout Sampler
  ) {
    (self.verification, self.point, self.here) = (verification, point, here)
    // The many digits take long, and come where all around is the same.
    let count = Value.self == DoubleDouble.self ? 4 : 1
    directions = (0..<count).map { _ in sampler.direction(verification.varying) }
  }

  /// Whether it is a statement with branches behind it that is differentiated by: a variable of its own, whatever it is
  /// computed from.
  var hasStatement: Bool { !verification.freedStatements.isEmpty }

  /// The kink that the point is at; nil where no side jumps.
  /// - Parameter isNear: whether a side depends on an outcome that may be another one where the inputs are moved.
  func kink(isNear: Bool) throws(ParseError) -> String? {
    for direction in directions where isNear {
      for sign in [1.0, -1] {
        let near = try moved(direction, by: sign)
        if jumps(near, try moved(direction, by: 2 * sign), isWhole: true) { return label(near) }
      }
    }
    for step in verification.freedStatements {
      if let kink = try kink(ofStatement: step) { return kink }
    }
    return nil
  }

  private func kink(ofStatement step: Int) throws(ParseError) -> String? {
    let freed: Verification.Values<Value> = try verification.values(at: point, changing: step) { place, x in
      Bounded(x.value, error: x.error, origin: .statement(place))
    }
    let hasDerivativeInside = verification.sides.hasDerivativeInside
    let sides = freed.computed.elements + (hasDerivativeInside ? freed.claimed.elements : [])
    guard sides.contains(where: \.origin.isNear) else { return nil }
    let elements = here.walk[step].elements.map(\.value.value.high)
    for (round, direction) in directions.prefix(2).enumerated() {
      let sizes = direction.flatMap { $0 }.filter { $0 != 0 }
      for sign in [1.0, -1] {
        func shifted(by factor: Double) throws(ParseError) -> Verification.Values<Value> {
          try verification.values(at: point, changing: step) { place, x in
            let size = sizes.isEmpty ? 1 : sizes[(place * (round + 1)) % sizes.count]
            let shift = factor * size * Self.step * (elements[place] == 0 ? 1 : elements[place].magnitude)
            return Bounded(x.value + Value(shift), error: x.error, origin: .result(Add.code, x.origin))
          }
        }
        let near = try shifted(by: sign)
        if jumps(near, try shifted(by: 2 * sign), isWhole: hasDerivativeInside) { return label(near) }
      }
    }
    return nil
  }

  private func moved(_ direction: [[Double]], by factor: Double) throws(ParseError) -> Verification.Values<Value> {
    let distances = zip(direction, point).map { direction, input in
      zip(direction, input.elements).map { $0 * factor * Self.step * ($1 == 0 ? 1 : $1.magnitude) }
    }
    return try verification.values(at: point, moved: distances)
  }

  /// Whether a side is another one next to the point: it changes more on the way there than from there on.
  private func jumps(
    _ near: Verification.Values<Value>, _ far: Verification.Values<Value>, isWhole: Bool
  ) -> Bool {
    jumps(here.computed.elements, near.computed.elements, far.computed.elements)
      || isWhole && jumps(here.claimed.elements, near.claimed.elements, far.claimed.elements)
  }

  private func jumps(_ here: [Bounded<Value>], _ near: [Bounded<Value>], _ far: [Bounded<Value>]) -> Bool {
    here.indices.contains { place in
      let (a, b, c) = (here[place], near[place], far[place])
      guard a.value.isFinite, b.value.isFinite, c.value.isFinite else { return true }
      let noise = a.error + 2 * b.error + c.error
      let scale = max(a.value.high.magnitude, b.value.high.magnitude)
      guard noise <= 1e-9 * scale || noise <= 1e-100 else { return true }
      let (first, second) = ((b.value - a.value).high.magnitude, (c.value - b.value).high.magnitude)
      return first > 4 * second + 1e-13 * scale + noise
    }
  }

  /// The step whose outcome is another one there.
  private func label(_ near: Verification.Values<Value>) -> String {
    let needed = verification.sides.needed
    func origins(_ walk: Walk<Bounded<Value>>, _ step: Int) -> [Origin] { walk[step].elements.map(\.value.origin) }
    func isSame(_ step: Int) -> Bool {
      zip(origins(here.walk, step), origins(near.walk, step)).allSatisfy { $0.isSame(as: $1) }
    }
    func isNear(_ step: Int) -> Bool { origins(here.walk, step).contains(where: \.isNear) }
    let steps = verification.sides.steps.steps
    let first =
      needed.first { !isSame($0) && steps[$0].form.operands.allSatisfy(isSame) }
      ?? needed.first { isNear($0) && !steps[$0].form.operands.contains(where: isNear) }
    guard let first else { return "a jump" }
    return verification.branches.kink(of: first) { here.walk[$0].elements.map(\.value.value.high) }
  }
}
