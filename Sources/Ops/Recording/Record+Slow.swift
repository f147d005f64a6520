// Recording with every check: plain numbers, variables of before a rewind, a tape that does not record or is
// watched for NaN, and the mistakes, each of which stops with a message that names the operation.

extension Variable where Element: Number {
  @inlinable @inline(never)
  static func slowly<R: UnaryRule>(_ rule: R.Type, _ x: Variable) -> Variable {
    if x.isTensor { return onTape(of: x, R.self) { Element.record(R.self, Operands(x), on: $0) } }
    guard let tape = commonTape(R.name, x) else { return Variable(R.value(x.carried)) }
    let vx = x.unreportedValue
    let y = R.value(vx)
    guard tape.isRecording else { return Variable(y) }
    return tape.recordChecked(
      Tag(code: R.code, inputs: 1), y, [(tape.checkedNode(x, R.name), R.local(vx, y))])
  }

  @inlinable @inline(never)
  static func slowly<R: BinaryRule>(_ rule: R.Type, _ a: Variable, _ b: Variable) -> Variable {
    if a.isTensor || b.isTensor {
      return onTape(of: a.isTensor ? a : b, R.self) { Element.record(R.self, Operands(a, b), on: $0) }
    }
    guard let tape = commonTape(R.name, a, b) else { return Variable(R.value(a.carried, b.carried)) }
    let (va, vb) = (a.unreportedValue, b.unreportedValue)
    let y = R.value(va, vb)
    guard tape.isRecording else { return Variable(y) }
    let locals = R.locals(va, vb, y)
    var inputs: [(Int, Element)] = []
    if a.isRecorded { inputs.append((tape.checkedNode(a, R.name), locals.0)) }
    if b.isRecorded { inputs.append((tape.checkedNode(b, R.name), locals.1)) }
    let literal: Tag.Literal = a.isRecorded ? (b.isRecorded ? .none : .right) : .left
    return tape.recordChecked(
      Tag(code: R.code, literal: literal, inputs: UInt16(inputs.count)), y, inputs,
      literal: literal == .left ? va : vb)
  }

  /// Records y = f(a, b, c). Rarer than the others, it has no faster path; a literal becomes a constant node.
  public static func apply<R: TernaryRule>(
    _ rule: R.Type, _ a: Variable, _ b: Variable, _ c: Variable
  ) -> Variable {
    if a.isTensor || b.isTensor || c.isTensor {
      return onTape(of: a.isTensor ? a : b.isTensor ? b : c, R.self) {
        Element.record(R.self, Operands(a, b, c), on: $0)
      }
    }
    let tape = commonTape(R.name, a, b, c)
    let (va, vb, vc) = (a.unreportedValue, b.unreportedValue, c.unreportedValue)
    let y = R.value(va, vb, vc)
    guard let tape, tape.isRecording else { return Variable(y) }
    let nodes = [a, b, c].map { tape.checkedNode($0.isRecorded ? $0 : tape.constant($0.carried), R.name) }
    let locals = R.locals(va, vb, vc, y)
    return tape.recordChecked(
      Tag(code: R.code, inputs: 3), y, [(nodes[0], locals.0), (nodes[1], locals.1), (nodes[2], locals.2)])
  }

  /// Runs `body` with the tape of a recorded variable, without counting one more reference to it.
  @inlinable @inline(__always)
  static func onTape(
    of variable: Variable, _ rule: any Rule.Type, _ body: (Tape<Element>) -> Variable
  ) -> Variable {
    guard let owner = variable.storage?.pointee.owner else { fatalError(Staleness.released(rule.name)) }
    return owner._withUnsafeGuaranteedRef(body)
  }

  /// The tape of the operands; nil where all are plain numbers.
  @usableFromInline
  static func commonTape(
    _ operation: @autoclosure () -> String, _ a: Variable, _ b: Variable? = nil, _ c: Variable? = nil
  ) -> Tape<Element>? {
    guard let storage = a.storage ?? b?.storage ?? c?.storage else { return nil }
    guard let tape = storage.pointee.owner?.takeUnretainedValue() else {
      fatalError(Staleness.released(operation()))
    }
    if a.isRecorded { _ = tape.checkedNode(a, operation()) }
    if let b, b.isRecorded { _ = tape.checkedNode(b, operation()) }
    if let c, c.isRecorded { _ = tape.checkedNode(c, operation()) }
    return tape
  }
}

extension Tape {
  @usableFromInline
  func recordChecked(
    _ tag: Tag, _ value: Element, _ inputs: [(node: Int, local: Element)], literal: Element = 0
  ) -> Variable<Element> {
    let node = storage.pointee.record(tag, value, inputs, literal: literal)
    report(node)
    return handle(node)
  }
}
