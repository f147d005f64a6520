extension Variable: RuleAlgebra, Algebra where Element: Number {
  /// Records y = f(x) with its local gradient.
  ///
  /// The checks of `slowly` are skipped where one comparison proves them: x was recorded since the last rewind,
  /// so its value is the one it carries, and the tape is recording.
  @inlinable @inline(__always)
  public static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Variable) -> Variable {
    guard let tape = x.storage, let vx = tape.pointee.current(x) else { return slowly(rule, x) }
    let y = R.value(vx)
    let node = tape.pointee.record(Tag(code: R.code, inputs: 1), y, x.handle.scalarNode, R.local(vx, y))
    return Variable(storage: tape, carried: y, handle: Handle(scalar: node, tape.pointee.fast))
  }

  /// Records y = f(a, b) with its local gradients.
  @inlinable @inline(__always)
  public static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Variable, _ b: Variable) -> Variable {
    guard a.storage == b.storage else { return withLiteral(rule, a, b) }
    guard let tape = a.storage, let va = tape.pointee.current(a), let vb = tape.pointee.current(b) else {
      return slowly(rule, a, b)
    }
    let y = R.value(va, vb)
    let (da, db) = R.locals(va, vb, y)
    let node = tape.pointee.record(Tag(code: R.code, inputs: 2), y, a.handle.scalarNode, da, b.handle.scalarNode, db)
    return Variable(storage: tape, carried: y, handle: Handle(scalar: node, tape.pointee.fast))
  }

  /// A literal operand is kept aside and gets no local gradient.
  @inlinable @inline(__always)
  static func withLiteral<R: BinaryRule>(_ rule: R.Type, _ a: Variable, _ b: Variable) -> Variable {
    if b.storage == nil, let tape = a.storage, let va = tape.pointee.current(a) {
      let y = R.value(va, b.carried)
      let tag = Tag(code: R.code, literal: .right, inputs: 1)
      let node = tape.pointee.record(tag, y, a.handle.scalarNode, R.locals(va, b.carried, y).0, literal: b.carried)
      return Variable(storage: tape, carried: y, handle: Handle(scalar: node, tape.pointee.fast))
    }
    if a.storage == nil, let tape = b.storage, let vb = tape.pointee.current(b) {
      let y = R.value(a.carried, vb)
      let tag = Tag(code: R.code, literal: .left, inputs: 1)
      let node = tape.pointee.record(tag, y, b.handle.scalarNode, R.locals(a.carried, vb, y).1, literal: a.carried)
      return Variable(storage: tape, carried: y, handle: Handle(scalar: node, tape.pointee.fast))
    }
    return slowly(rule, a, b)
  }
}
