/// A size of a tensor that may not be known yet: `n`, `d + 1`, or nameless.
///
/// Sizes that must be equal are joined; what is known of one is known of all. One reader at a time works with them, which
/// is why they may travel in its errors.
final class Extent: @unchecked Sendable {
  private var parent: Extent?
  private var ownSize: Int?
  /// Whether the size is only that of a trial.
  private var isTried = false
  /// Other than by its own size: `d + 1`.
  private var base: (Extent, Int)?
  private var ownName: String?

  init(_ size: Int? = nil, name: String? = nil) { (ownSize, ownName) = (size, name) }
  init(_ base: Extent, plus offset: Int, name: String? = nil) { (self.base, ownName) = ((base, offset), name) }

  private var root: Extent {
    var root = self
    while let next = root.parent { root = next }
    return root
  }

  var size: Int? {
    let root = root
    return root.ownSize ?? root.base.flatMap { base, offset in base.size.map { $0 + offset } }
  }

  var name: String? { root.ownName }

  /// Gives the size that a trial tests, or takes it away.
  func assign(_ size: Int?) { (root.ownSize, root.isTried) = (size, size != nil) }

  /// Says once and for all what the size is.
  func fix(_ size: Int) { (root.ownSize, root.isTried) = (size, false) }

  /// What gives it its size, where a trial may choose: itself, or what it is computed from.
  var origin: Extent? {
    let root = root
    if root.ownSize != nil, !root.isTried { return nil }
    return root.base.map { $0.0.origin } ?? root
  }

  var identity: ObjectIdentifier { ObjectIdentifier(root) }

  /// False if the two are known to differ.
  @discardableResult
  func join(_ other: Extent) -> Bool {
    let (a, b) = (root, other.root)
    if a === b { return true }
    if let x = a.size, let y = b.size { return x == y }
    // Two names are two sizes, until the document says that they are equal.
    if a.ownName != nil, b.ownName != nil { return false }
    // d + 1 and n: whoever has less to tell follows the other.
    let (kept, gone) = b.ownSize != nil || (b.base != nil && a.base == nil && a.ownSize == nil) ? (b, a) : (a, b)
    gone.parent = kept
    if kept.ownName == nil { kept.ownName = gone.ownName }
    return true
  }
}
