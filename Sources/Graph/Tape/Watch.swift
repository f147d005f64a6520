/// Who is told of every value at the moment it is recorded, of every value that is read, and of every walk when it has
/// ended.
///
/// The tape knows no more of it than this: what is looked for, and how it is told, is the business of inspection.
package protocol Watch<Element>: AnyObject {
  associatedtype Element: Real
  func recorded(_ node: Int, on tape: Tape<Element>)
  /// A value was read as a plain number or tensor.
  func read(_ node: Int, on tape: Tape<Element>)
  func walked(_ gradients: Gradients<Element>, from root: Int, on tape: Tape<Element>)
}

extension Watch {
  package func recorded(_ node: Int, on tape: Tape<Element>) {}
  package func read(_ node: Int, on tape: Tape<Element>) {}
  package func walked(_ gradients: Gradients<Element>, from root: Int, on tape: Tape<Element>) {}
}

extension Tape {
  /// Tells whoever watches of a value just recorded.
  package func report(_ node: Int) { watch?.recorded(node, on: self) }

  func report(_ gradients: Gradients<Element>, from root: Int) { watch?.walked(gradients, from: root, on: self) }
}
