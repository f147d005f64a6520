/// A function taken from the tape once, to be evaluated at other inputs as often as one likes.
///
/// ```swift
/// let f = try RecordedFunction(at: [1.0, 2.0]) { p in sin(p[0]) * p[1] }
/// f.value(at: [0.5, 3])     // 3·sin(0.5)
/// f.gradient(at: [0.5, 3])  // [3·cos(0.5), sin(0.5)]
/// ```
/// What the result does not need is left out, what does not depend on the inputs is a constant, and equal subexpressions
/// are computed once. It is what was recorded: where the closure reads a value in Swift (`if e.value > 0`), the branch
/// that was taken stays, whatever the inputs are later. `valuesRead` names what was read; `select(condition, a, b)` is the
/// remedy, which both branches are recorded for.
///
/// It belongs to one thread at a time.
public final class RecordedFunction<Element: Number> {
  /// The inputs as parameters, then what follows from them, each operation once; constants where they are first used.
  package let tape: Tape<Element>
  package let inputs: [Variable<Element>]
  /// Of the results; that of one that does not depend on the inputs is a plain number or a constant of the tape.
  package let outputs: [Variable<Element>]
  /// What was read in Swift while the function was recorded, and depends on the inputs.
  public let valuesRead: [ValueRead]
  /// Where it is evaluated again.
  var workplace: Workplace<Element>?
  /// How it is recorded once more.
  private(set) lazy var steps = makeSteps()

  init(_ extraction: Extraction<Element>, outputs: [Variable<Element>], valuesRead: [ValueRead]) {
    (tape, inputs) = (extraction.target, extraction.inputs)
    (self.outputs, self.valuesRead) = (outputs, valuesRead)
  }

  /// What leads on a tape from some variables to others. The tape stays as it is and may be rewound.
  ///
  /// - Parameters:
  ///   - inputs: leaves, or what was computed: then what comes before them is left out.
  ///   - outputs: the results, in their order.
  /// - Throws: ``RecordingError``: an operation of one's own, or a hook, depends on the inputs.
  public convenience init(
    from inputs: [Variable<Element>], to outputs: [Variable<Element>]
  ) throws(RecordingError) { try self.init(from: inputs, to: outputs, valuesRead: []) }

  private convenience init(
    from inputs: [Variable<Element>], to outputs: [Variable<Element>], valuesRead: [ValueRead]
  ) throws(RecordingError) {
    guard let tape = inputs.first?.tape else { fatalError("RecordedFunction: the inputs are to stand on a tape") }
    var extraction = Extraction(tape, from: inputs)
    var results: [Variable<Element>] = []
    for output in outputs { results.append(try extraction.taken(output)) }
    self.init(extraction, outputs: results, valuesRead: valuesRead)
  }

  /// Records f, whose inputs are tensors, numbers among them as shape `[]`.
  ///
  /// - Parameters:
  ///   - x: inputs at which f is recorded.
  ///   - policy: whether f may read values in Swift that depend on its inputs.
  ///   - f: records its result on the tape of its inputs.
  /// - Throws: ``RecordingError``
  public convenience init(
    at x: [Tensor<Element>], readingValues policy: ReadingPolicy = .allowed,
    _ f: ([Variable<Element>]) -> Variable<Element>
  ) throws(RecordingError) {
    try self.init(recording: x, policy) { [f($0)] }
  }

  /// Records f, whose inputs are numbers.
  public convenience init(
    at x: [Element], readingValues policy: ReadingPolicy = .allowed, _ f: ([Variable<Element>]) -> Variable<Element>
  ) throws(RecordingError) {
    try self.init(recording: x.map { Tensor($0) }, policy) { [f($0)] }
  }

  convenience init(
    recording x: [Tensor<Element>], _ policy: ReadingPolicy, _ f: ([Variable<Element>]) -> [Variable<Element>]
  ) throws(RecordingError) {
    let tape = Tape<Element>()
    let inputs = x.map { tape.leaf($0) }
    let watch = ReadingWatch<Element>(inputs: tape.count)
    tape.watch = watch
    let outputs = f(inputs)
    tape.watch = nil
    guard policy == .allowed || watch.reads.isEmpty else { throw RecordingError.valuesRead(watch.reads) }
    try self.init(from: inputs, to: outputs, valuesRead: watch.reads)
    withExtendedLifetime(tape) {}
  }

  /// The result of a function that has one.
  package var output: Variable<Element> {
    guard outputs.count == 1 else { fatalError("RecordedFunction: it has \(outputs.count) results") }
    return outputs[0]
  }
}

extension Tape {
  /// A parameter, as a scalar where it is a number.
  package func leaf(_ value: Tensor<Element>, _ name: String? = nil) -> Variable<Element> {
    value.shape.rank == 0 ? parameter(value.elements[0], name) : parameter(value, name)
  }
}
