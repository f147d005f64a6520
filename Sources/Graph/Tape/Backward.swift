extension Variable {
  /// Walks the tape backwards from this scalar: the upstream gradient of every node below it.
  ///
  /// For a node y with input x: upstream(x) += upstream(y) · ∂y/∂x, where ∂y/∂x is the local gradient that was
  /// stored when y was recorded. Nothing is recomputed, nothing recurses, and the tape stays as it is: walk it
  /// again, from here or from another node.
  ///
  /// ```swift
  /// let c = e * e           // e = 4
  /// c.backward()[e]         // 8
  /// c.backward(seed: 2)[e]  // 16
  /// ```
  /// - Parameter seed: the upstream gradient of this node itself.
  /// - Complexity: O(nodes + inputs).
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func backward(seed: Element = 1) -> Gradients<Element> {
    guard let storage else { fatalError(Staleness.unrecorded("backward")) }
    guard let owner = storage.pointee.owner else { fatalError(Staleness.released("backward")) }
    return owner._withUnsafeGuaranteedRef { tape in
      let gradients = tape.freshGradients()
      tape.walk(from: self, seed: seed, gradients)
      return gradients
    }
  }

  /// Walks backwards and adds to gradients already there.
  ///
  /// ```swift
  /// let gradients = first.backward()
  /// second.backward(into: gradients)  // of first + second
  /// ```
  /// Across rewinds too: what stood before the mark (parameters) is added up, the rest is of the last walk.
  /// - Precondition: `gradients` is of this tape.
  public func backward(seed: Element = 1, into gradients: Gradients<Element>) {
    liveTape("backward").walk(from: self, seed: seed, gradients)
  }
}

extension Tape {
  /// Adds seed · ∂root/∂node to the gradient of every node.
  ///
  /// A walk works on its own sums and adds them at the end where there were some before: otherwise what an
  /// earlier walk left at an intermediate node would be sent down a second time.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  package func walk(from root: Variable<Element>, seed: Element, _ gradients: Gradients<Element>) {
    let node = checkedNode(root, "backward")
    if root.isTensor, root.shape.count != 1 {
      fatalError("backward: the output must be a scalar, not a tensor of shape \(root.shape)")
    }
    guard gradients.isEmpty else {
      let own = freshGradients()
      walk(from: root, seed: seed, own)
      return gradients.add(own)
    }
    gradients.clear(nodes: storage.pointee.count, of: self)
    gradients.seed(root, seed)
    walk(from: node, downTo: 0, gradients)
    report(gradients, from: node)
  }

  /// Sends on what has arrived at the nodes from `root` down to `low`; what arrives at those below stays there.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  func walk(from root: Int, downTo low: Int, _ gradients: Gradients<Element>) {
    var high = root
    var tensor = tensors.lastIndex(through: root)
    var special = specialNodes(from: low, through: root)
    while true {
      let tensorNode = tensor < 0 ? -1 : tensors.pointer(tensor).pointee.node
      let stop = max(tensorNode, special.last ?? -1)
      walkScalars(from: high, downTo: max(stop + 1, low), gradients.buffer)
      if stop < low { break }
      if special.last == stop {
        visit(stop, from: root, downTo: low, gradients)
        special.removeLast()
      }
      if tensorNode == stop {
        if tensors.pointer(tensor).pointee.sendsBack, gradients[tensor: tensor].hasArrived {
          engine.pullback(tensor, self, gradients)
        }
        tensor -= 1
      }
      high = stop
    }
  }

  /// The chain rule: upstream(input) += upstream(node) · local, from node `high` down to node `low`.
  ///
  /// A 0 lets nothing through: see `sent`. A node with upstream 0 is skipped, and what is infinite, not a number, or
  /// too small to have all its digits is sent on elsewhere, so that one comparison finds both.
  ///
  /// The order of the questions matters: asked in another one they become a jump table, whose indirect jump is
  /// mispredicted at nearly every node (8.5 ns instead of 2.4). Three inputs are seen to elsewhere, so that what the
  /// loop needs stays in registers.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  package func walkScalars(
    from high: Int, downTo low: Int, _ upstream: UnsafeMutablePointer<Element>
  ) {
    let (tags, entries) = (storage.pointee.tags, storage.pointee.entries)
    var node = high
    while node >= low {
      let inputs = tags[node] & 3
      let g = upstream[node]
      let entry = entries + node
      node &-= 1
      if inputs == 0 { continue }
      if g.isZeroOrExtreme {
        if g != 0 { sendCarefully(g, from: node &+ 1, upstream) }
        continue
      }
      if inputs == 3 {
        sendCarefully(g, from: node &+ 1, upstream)
        continue
      }
      upstream[Int(entry.pointee.a)] += g * entry.pointee.da
      if inputs == 1 { continue }
      upstream[Int(entry.pointee.b)] += g * entry.pointee.db
    }
  }

  @inline(never)
  private func sendCarefully(_ g: Element, from node: Int, _ upstream: UnsafeMutablePointer<Element>) {
    for input in 0..<tag(of: node).inputs {
      let (input, local) = storage.pointee.input(input, of: node)
      upstream[input] += sent(g, through: local)
    }
  }
}

extension Real {
  /// Whether it is 0, subnormal, infinite or not a number: the exponent is the least or the most.
  @inline(__always)
  fileprivate var isZeroOrExtreme: Bool { exponentBitPattern &- 1 >= Self.infinity.exponentBitPattern &- 1 }
}

/// upstream · local, of which a 0 lets nothing through: on a branch that does not count, an infinite local gradient adds
/// nothing, and a local gradient of 0 stops what is infinite or not a number.
func sent<Element: Real>(_ upstream: Element, through local: Element) -> Element {
  upstream == 0 || local == 0 ? 0 : upstream * local
}

extension Tape {
  @inlinable
  package func tag(of node: Int) -> Tag { Tag(rawValue: storage.pointee.tags[node]) }
}
