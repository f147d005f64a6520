/// The gradient of a tensor as far as it has arrived: nothing yet, one number for all elements, or elements.
///
/// The gradient of a sum is one number for all that was summed: it is written out where somebody needs the elements.
package struct TensorGradient: BitwiseCopyable {
  /// Nil for a number.
  package let base: UnsafeMutableRawPointer?
  package let number: Double
  package let hasArrived: Bool
  /// Whether nobody else refers to the elements: more may be added to them where they stand.
  package let isOwned: Bool

  /// All bits are 0: many are cleared at once.
  package init() { (base, number, hasArrived, isOwned) = (nil, 0, false, false) }
  package init(number: Double) { (base, self.number, hasArrived, isOwned) = (nil, number, true, false) }
  package init(owning base: UnsafeMutableRawPointer) { self.init(base, isOwned: true) }
  package init(_ base: UnsafeMutableRawPointer, isOwned: Bool) {
    (self.base, number, hasArrived, self.isOwned) = (base, 0, true, isOwned)
  }

  package var isNumber: Bool { base == nil }

  /// An element, or the number that stands for all.
  subscript<Element: Real>(place: Int) -> Element {
    base.map { $0.assumingMemoryBound(to: Element.self)[place] } ?? Element(number)
  }
}
