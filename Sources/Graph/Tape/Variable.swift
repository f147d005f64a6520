/// A value on a tape, or a plain number that takes part in a computation.
///
/// A variable is plain data (no reference counting): where its node stands, and the value it had when it was
/// recorded, so that the next operation need not load it back from memory. It stays valid until the tape is
/// rewound past its node, reset or released; a use after that stops the program with a message.
///
/// A literal, or the result of computing without recording, is a variable with no tape: it takes part in any
/// computation and no gradient flows to it.
///
/// ```swift
/// let tape = Tape<Double>()
/// let x = tape.parameter(3, "x")
/// let y = x * x + 1
/// y.value  // 10
/// ```
@frozen
public struct Variable<Element: Real>: BitwiseCopyable {
  @usableFromInline package let storage: UnsafeMutablePointer<TapeStorage<Element>>?
  /// The value when it was recorded. `value` is what users read: a parameter may have been updated since.
  @usableFromInline package let carried: Element
  @usableFromInline package let handle: Handle

  @inlinable @inline(__always)
  package init(storage: UnsafeMutablePointer<TapeStorage<Element>>?, carried: Element, handle: Handle) {
    (self.storage, self.carried, self.handle) = (storage, carried, handle)
  }

  /// A plain number: a constant of every tape.
  @inlinable
  public init(_ number: Element) {
    self.init(storage: nil, carried: number, handle: .none)
  }
}

extension Variable: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// A number that is no node.
  @inlinable
  public init(floatLiteral value: Double) { self.init(Element(value)) }
  /// A number that is no node.
  @inlinable
  public init(integerLiteral value: Int) { self.init(Element(value)) }
}

extension Variable {
  /// Whether it stands on a tape: literals and results computed without recording do not.
  public var isRecorded: Bool { storage != nil }

  /// The tape it stands on.
  package var tape: Tape<Element>? { storage?.pointee.owner?.takeUnretainedValue() }

  /// The number it stands for: of a parameter, as last updated.
  ///
  /// - Precondition: it is a scalar, and its tape was not rewound past it.
  public var value: Element {
    guard let storage, !storage.pointee.isCurrent(self) else { return carried }
    reportRead()
    return valueOnTape()
  }

  /// The same for the package itself, which decides nothing by it that would not be right for other values too.
  @usableFromInline
  package var unreportedValue: Element {
    guard let storage, !storage.pointee.isCurrent(self) else { return carried }
    return valueOnTape()
  }

  /// Tells whoever watches that somebody takes the value out of the tape.
  func reportRead() {
    guard let tape, let watch = tape.watch else { return }
    watch.read(tape.checkedNode(self, "value"), on: tape)
  }

  @specialized(where Element == Double)
  @specialized(where Element == Float)
  private func valueOnTape() -> Element {
    guard let owner = storage?.pointee.owner else { fatalError(Staleness.released("value")) }
    return owner._withUnsafeGuaranteedRef { tape in
      let node = tape.checkedNode(self, "value")
      guard isTensor else { return tape.storage.pointee.entries[node].value }
      let buffer = tape.buffer(ofTensor: tape.tensorIndex(of: node))
      guard buffer.count == 1 else {
        fatalError("value: shape \(buffer.shape) is no scalar: ask for its tensor")
      }
      return buffer.elements(Element.self)[0]
    }
  }

  /// The node it stands for, to be looked up in `Tape.nodes`.
  public var node: Int? { isRecorded ? handle.node : nil }

  /// The name given to its node.
  public var name: String? { tape.flatMap { $0.name(of: $0.checkedNode(self, "name")) } }

  /// Names its node, for inspection, and returns the same variable.
  @discardableResult
  public func named(_ name: String) -> Variable {
    if let tape { tape.names.set(name, for: tape.checkedNode(self, "named")) }
    return self
  }

  @inlinable
  package var isTensor: Bool { handle.isTensor }
}
