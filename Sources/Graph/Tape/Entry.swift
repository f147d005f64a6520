/// What a tape stores of a node besides its tag: half a cache line in `Double`.
///
/// A node's first input and its local gradient stand at `a` and `da`, the second at `b` and `db`. With a single
/// input, `db` is the literal operand, where there is one; with three, `a` is the index of its `Triple`. Of a parameter, `a`
/// and `b` say when it was last updated.
@frozen
@usableFromInline
package struct Entry<Element: Real>: BitwiseCopyable {
  @usableFromInline package var value: Element
  @usableFromInline package var da: Element
  @usableFromInline package var db: Element
  @usableFromInline package var a: UInt32
  @usableFromInline package var b: UInt32

  /// When a parameter was last updated, also where it is a tensor: the handle of the node that was to be recorded next.
  var updated: Handle {
    get { Handle(bits: UInt64(a) << 32 | UInt64(b)) }
    set { (a, b) = (UInt32(newValue.bits >> 32), UInt32(truncatingIfNeeded: newValue.bits)) }
  }
}

/// The inputs of a node that has three.
@usableFromInline
package struct Triple<Element: Real>: BitwiseCopyable {
  package var inputs: (UInt32, UInt32, UInt32)
  package var locals: (Element, Element, Element)
}
