/// The upstream gradient of every node, from one backward walk or the sum of several.
///
/// ```swift
/// let gradients = c.backward()
/// gradients[w]  // ∂c/∂w
/// ```
/// It stays as it is when the tape is rewound. When nobody holds it any more, the tape reuses its memory for the
/// next walk.
public final class Gradients<Element: Real> {
  package private(set) var buffer: UnsafeMutablePointer<Element>
  private var capacity = 0
  /// How many nodes the tape had when it was walked.
  public private(set) var count = 0
  private var storage: UnsafeMutablePointer<TapeStorage<Element>>?

  init() { buffer = emptyBlock(of: Element.self) }
  deinit { release(buffer) }

  var isEmpty: Bool { count == 0 }

  /// The upstream gradient of a scalar: ∂output/∂variable, and 0 where the output does not depend on it.
  ///
  /// - Precondition: the variable stands on the tape that was walked.
  /// - Complexity: O(1).
  public subscript(variable: Variable<Element>) -> Element {
    guard let tape = variable.tape else { fatalError(Staleness.unrecorded("gradients")) }
    guard variable.storage == storage else { fatalError(Staleness.twoTapes("gradients")) }
    return self[node: Int(tape.checkedNode(variable, "gradients"))]
  }

  /// The upstream gradient of a node by its index; 0 for a node recorded after the walk.
  public subscript(node node: Int) -> Element { node < count ? buffer[node] : 0 }

  func clear(nodes: Int, of tape: Tape<Element>) {
    if nodes > capacity {
      capacity = max(nodes, 2 * capacity)
      reallocate(&buffer, count: capacity)
    }
    Graph.clear(buffer, count: nodes)
    count = nodes
    storage = tape.storage
  }

  func add(_ other: Gradients) {
    guard storage == other.storage else { fatalError(Staleness.twoTapes("backward(into:)")) }
    if other.count > capacity {
      capacity = other.count
      reallocate(&buffer, count: capacity)
    }
    if other.count > count { Graph.clear(buffer + count, count: other.count - count) }
    count = max(count, other.count)
    for node in 0..<other.count { buffer[node] += other.buffer[node] }
  }

  /// Makes it as if nothing had been walked.
  func empty() { count = 0 }
}

extension Tape {
  /// Gradients to fill: memory of earlier ones where nobody but the tape holds them any more.
  func freshGradients() -> Gradients<Element> {
    for slot in idleGradients.indices where isKnownUniquelyReferenced(&idleGradients[slot]) {
      idleGradients[slot].empty()
      return idleGradients[slot]
    }
    let fresh = Gradients<Element>()
    // Four in use at a time are remembered; somebody who keeps more pays an allocation for each.
    if idleGradients.count < 4 { idleGradients.append(fresh) }
    return fresh
  }
}
