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
    guard let tape = storage.pointee.owner?.takeUnretainedValue() else {
      fatalError(Staleness.released("backward"))
    }
    let gradients = tape.freshGradients()
    tape.walk(from: self, seed: seed, gradients)
    return gradients
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
    let node = Int(checkedNode(root, "backward"))
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
    var slot = inputEnd(of: node)
    var high = node
    var tensor = tensors.lastIndex(through: UInt32(node))
    var special = specialNodes(through: node)
    while true {
      let stop = max(tensor < 0 ? -1 : Int(tensors[tensor].node), special.last ?? -1)
      slot = walkScalars(from: high, downTo: stop + 1, slot, gradients.buffer)
      if stop < 0 { break }
      if special.last == stop {
        visit(stop, gradients)
        special.removeLast()
      }
      if tensor >= 0, Int(tensors[tensor].node) == stop {
        vocabulary.pullback(tensor, on: self, into: gradients)
        tensor -= 1
      }
      high = stop
    }
    reportNonFinite(gradients, from: node)
  }

  /// The scalar nodes where the walk does more than multiply and add, lowest first.
  private func specialNodes(through node: Int) -> [Int] {
    if hooks.isEmpty && custom.isEmpty { return [] }
    return Set(hooks.keys).union(custom.keys).map(Int.init).filter { $0 <= node }.sorted()
  }

  private func visit(_ node: Int, _ gradients: Gradients<Element>) {
    for hook in hooks[UInt32(node)] ?? [] { gradients.buffer[node] = hook(gradients.buffer[node]) }
    guard let operation = custom[UInt32(node)] else { return }
    let upstream = gradients.buffer[node]
    if upstream == 0 { return }
    for (input, local) in zip(operation.inputs, operation.locals) {
      gradients.buffer[Int(input)] += upstream * local
    }
  }

  /// One past the inputs of `node`: the walk counts them down from there.
  package func inputEnd(of node: Int) -> Int {
    let tags = storage.pointee.tags
    var end = storage.pointee.inputCount
    for later in stride(from: node + 1, to: storage.pointee.count, by: 1) {
      end -= Tag(rawValue: tags[later]).inputs
    }
    return end
  }

  /// The chain rule: upstream(input) += upstream(node) · local, from node `high` down to node `low`.
  ///
  /// A node with upstream 0 is skipped, so that an infinite local gradient on a branch that does not count
  /// adds nothing (0 · ∞ is not a number).
  /// - Parameter slot: one past the inputs of node `high`.
  /// - Returns: one past the inputs of node `low - 1`.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  package func walkScalars(
    from high: Int, downTo low: Int, _ slot: Int, _ upstream: UnsafeMutablePointer<Element>
  ) -> Int {
    let (tags, inputs, locals) = (storage.pointee.tags, storage.pointee.inputs, storage.pointee.locals)
    var slot = slot
    var node = high
    while node >= low {
      let count = Int(tags[node] & 3)
      let g = upstream[node]
      slot &-= count
      node &-= 1
      if count == 0 || g == 0 { continue }
      upstream[Int(inputs[slot])] += g * locals[slot]
      if count == 1 { continue }
      upstream[Int(inputs[slot &+ 1])] += g * locals[slot &+ 1]
      if count == 3 { upstream[Int(inputs[slot &+ 2])] += g * locals[slot &+ 2] }
    }
    return slot
  }
}

// What the recorded walk of higher derivatives reads.
extension Tape {
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  package func tag(of node: Int) -> Tag { Tag(rawValue: storage.pointee.tags[node]) }
  package func inputNodes(_ slots: Range<Int>) -> [Int] { slots.map { Int(storage.pointee.inputs[$0]) } }
  package func literal(at slot: Int) -> Element { storage.pointee.literals[slot] }

  /// One past the literal operands of `node`.
  package func literalEnd(of node: Int) -> Int {
    var end = storage.pointee.literalCount
    for later in stride(from: node + 1, to: storage.pointee.count, by: 1)
    where tag(of: later).hasLiteral {
      end -= 1
    }
    return end
  }
}
