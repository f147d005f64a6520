/// The gradient of a tensor as far as it has arrived: nothing yet, one number for all elements, or elements.
///
/// The gradient of a sum is one number for all that was summed: it is written out where somebody needs the elements.
@frozen
@usableFromInline
package struct TensorGradient: BitwiseCopyable {
  /// Nil for a number.
  @usableFromInline package let base: UnsafeMutableRawPointer?
  @usableFromInline package let number: Double
  @usableFromInline package let hasArrived: Bool
  /// Whether nobody else refers to the elements: more may be added to them where they stand.
  @usableFromInline package let isOwned: Bool

  /// All bits are 0: many are cleared at once.
  @inlinable package init() { (base, number, hasArrived, isOwned) = (nil, 0, false, false) }
  @inlinable package init(number: Double) { (base, self.number, hasArrived, isOwned) = (nil, number, true, false) }
  @inlinable package init(owning base: UnsafeMutableRawPointer) { self.init(base, isOwned: true) }
  @inlinable package init(_ base: UnsafeMutableRawPointer, isOwned: Bool) {
    (self.base, number, hasArrived, self.isOwned) = (base, 0, true, isOwned)
  }

  @inlinable package var isNumber: Bool { base == nil }

  /// An element, or the number that stands for all.
  subscript<Element: Real>(place: Int) -> Element {
    base.map { $0.assumingMemoryBound(to: Element.self)[place] } ?? Element(number)
  }
}
