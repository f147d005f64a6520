/// An operation on tensors, with all that does not depend on the elements of its operands.
struct RecordedOperation {
  let kind: Catalog.Kind
  let code: UInt16
  let inputs: TensorInputs
  let shape: Shape
  /// They are few, and stay in the memory of the tape from which they were taken.
  let options: UnsafeRawBufferPointer?
  /// Whether lists of indices, which stand elsewhere, are part of the options.
  let hasIndices: Bool

  init<Element: Number>(_ record: TensorRecord, on tape: Tape<Element>) {
    guard let kind = Catalog.kind(of: record.code) else { fatalError("operation \(record.code) is unknown") }
    (self.kind, code, inputs, shape) = (kind, record.code, record.inputs, record.shape)
    let bytes = kind.bytes(record.options)
    options = record.options.map { UnsafeRawBufferPointer(start: $0, count: bytes.count) }
    hasIndices = bytes != kind.bytes(kind.kept(record.options, on: tape))
  }

  /// The options in the memory of a tape.
  @inline(__always)
  func keptOptions<Element: Number>(on tape: Tape<Element>) -> UnsafeRawPointer? {
    guard let options else { return nil }
    return hasIndices ? kind.kept(options.baseAddress, on: tape) : tape.keep(options)
  }
}

extension Catalog.Kind {
  /// The options as bytes: what differs in nothing but padding counts as different.
  func bytes(_ options: UnsafeRawPointer?) -> [UInt8] {
    if case .tensor(let rule) = self { rule.bytes(options!) } else { [] }
  }

  /// The options in the memory of a tape.
  func kept<E>(_ options: UnsafeRawPointer?, on tape: Tape<E>) -> UnsafeRawPointer? {
    if case .tensor(let rule) = self { rule.kept(options!, on: tape) } else { nil }
  }
}

extension TensorRule {
  fileprivate static func bytes(_ options: UnsafeRawPointer) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: options, count: MemoryLayout<Options>.size))
  }

  fileprivate static func kept<E>(_ options: UnsafeRawPointer, on tape: Tape<E>) -> UnsafeRawPointer {
    let own = options.load(as: Options.self).keeping { tape.keep($0.numbers, below: Int(Int32.max), name) }
    return withUnsafeBytes(of: own) { tape.keep($0) }
  }
}
