/// The steps of a program and of claims about it, computed at one point as far as somebody needs them, and recorded, so
/// that a sweep back gives derivatives.
final class Walk<A: Algebra> {
  typealias Value = Grid<Recorded<A>>

  let recording: Recording<A>
  let inputs: [String: Value]
  let constant: (String) -> A?
  private var values: [Value] = []
  private var isKnown: [Bool] = []
  private var kept = 0

  /// - Parameters:
  ///   - point: the values of the inputs.
  ///   - constant: what π and e are, where they are not what the algebra takes them for.
  ///   - nests: whether derivatives of derivatives are computed.
  init(at point: [String: Grid<A>], nests: Bool = false, constant: @escaping (String) -> A? = { _ in nil }) {
    var inputs: [String: Value] = [:]
    let recording = Recording<A>(keepsHistory: nests)
    self.recording = recording
    for (name, value) in point { inputs[name] = value.map { recording.variable(Recorded($0)) } }
    (self.inputs, self.constant) = (inputs, constant)
    kept = recording.count
  }

  /// Computes the needed steps that were not yet.
  ///
  /// A statement is a variable of its own, so that one can differentiate by it.
  /// - Parameter shifted: a statement whose value is changed, as if it were an input.
  func compute(
    _ needed: [Int], of unrolled: UnrolledSteps, shifted: (step: Int, by: (Grid<A>) -> Grid<A>)? = nil
  ) throws(ParseError) {
    let steps = unrolled.steps
    grow(to: steps.steps.count)
    for index in needed where !isKnown[index] {
      let step = steps.steps[index]
      var value =
        switch step.form {
        case .name: try steps.value(of: step, values, input, tensorForm)
        case .derivative(let of, let by): try derivative(of: values[of], by: by.map { values[$0] }, step.formula)
        default: try unrolled.step(index, values).value(values)
        }
      if step.name != nil {
        let changed = shifted.flatMap { $0.step == index ? $0.by(value.map(\.value)).elements : nil }
        let elements = value.elements.enumerated().map { recording.variable($1, changed: changed?[$0]) }
        value = Grid(elements, shape: value.shape)
      }
      (values[index], isKnown[index]) = (value, true)
    }
  }

  /// Rows are elements of the function, columns elements of the name.
  private func derivative(of f: Value, by names: [Value], _ part: Formula) throws(ParseError) -> Value {
    var value = f
    for name in names {
      let shape = (value.shape.count == 1 ? [] : value.shape.dimensions) + name.shape.dimensions
      guard shape.count <= Shape.maximalRank else {
        throw part.error("the derivative would have \(shape.count) dimensions; \(Shape.maximalRank) are possible")
      }
      let entries = value.elements.flatMap { element in
        recording.keepsHistory
          ? recording.recordedDerivatives(of: element, by: name.elements)
          : recording.derivatives(of: element, by: name.elements).map { Recorded($0) }
      }
      value = Grid(entries, shape: Shape(shape))
    }
    return value
  }

  /// What a rule of somebody's own compares inside a step, as differences whose signs decide. The step was computed, so that
  /// it can be read once more.
  func differences(inside step: Int, of unrolled: UnrolledSteps) -> [Recorded<A>] {
    (try? unrolled.opened(step, values).differences(values)) ?? []
  }

  /// Keeps what was computed so far when another claim comes.
  func keep() { kept = recording.count }

  /// Forgets the steps behind the first `count`, which belong to one claim, and what was recorded for them.
  func forget(behind count: Int) {
    values.removeLast(max(0, values.count - count))
    isKnown.removeLast(max(0, isKnown.count - count))
    recording.rewind(to: kept)
  }

  subscript(step: Int) -> Value { values[step] }

  /// The value of a name: of its step if it has one, else of an input that no step reads.
  func value(of name: String, in steps: ProgramSteps) -> Value? {
    steps.places[name].map { values[$0] } ?? inputs[name]
  }

  private func input(_ name: String) -> Value? {
    inputs[name] ?? constant(name).map { .number(Recorded($0)) }
  }

  private func grow(to count: Int) {
    guard values.count < count else { return }
    values += [Value](repeating: 0, count: count - values.count)
    isKnown += [Bool](repeating: false, count: count - isKnown.count)
  }
}
