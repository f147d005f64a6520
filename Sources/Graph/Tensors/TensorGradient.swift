/// The gradient of a tensor as far as it has arrived: nothing yet, one number for all elements, or elements.
///
/// The gradient of a sum is one number for all that was summed: it is written out where somebody needs the elements. That
/// of an operation inside a chain is not stored: it is computed where somebody asks for it.
@frozen
@usableFromInline
package struct TensorGradient: BitwiseCopyable {
  /// Nil for a number.
  @usableFromInline package let base: UnsafeMutableRawPointer?
  @usableFromInline package let number: Double
  @usableFromInline package let hasArrived: Bool
  /// Whether nobody else refers to the elements: more may be added to them where they stand.
  @usableFromInline package let isOwned: Bool
  /// The root of the chain that it went through without being stored; 0 where there is none, for the first tensor is
  /// the root of none.
  @usableFromInline package let chain: UInt32

  /// All bits are 0: many are cleared at once.
  @inlinable package init() { (base, number, hasArrived, isOwned, chain) = (nil, 0, false, false, 0) }
  @inlinable package init(number: Double) {
    (base, self.number, hasArrived, isOwned, chain) = (nil, number, true, false, 0)
  }
  @inlinable package init(owning base: UnsafeMutableRawPointer) { self.init(base, isOwned: true) }
  @inlinable package init(_ base: UnsafeMutableRawPointer, isOwned: Bool) {
    (self.base, number, hasArrived, self.isOwned, chain) = (base, 0, true, isOwned, 0)
  }
  package init(insideChain root: Int) {
    (base, number, hasArrived, isOwned, chain) = (nil, 0, false, false, UInt32(root))
  }

  @inlinable package var isNumber: Bool { base == nil }
  var isNothing: Bool { !hasArrived && chain == 0 }

  /// An element, or the number that stands for all.
  subscript<Element: Real>(index: Int) -> Element {
    base.map { $0.assumingMemoryBound(to: Element.self)[index] } ?? Element(number)
  }
}
