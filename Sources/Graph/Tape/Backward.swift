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
  /// - Parameter low: the last node to send on from; what arrives at those below stays there.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  package func walk(
    from root: Variable<Element>, seed: Element, downTo low: Int = 0, _ gradients: Gradients<Element>
  ) {
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
    var high = node
    var tensor = tensors.lastIndex(through: node)
    var special = specialNodes(through: node)
    while true {
      let tensorNode = tensor < 0 ? -1 : tensors.pointer(tensor).pointee.node
      let stop = max(tensorNode, special.last ?? -1)
      walkScalars(from: high, downTo: max(stop + 1, low), gradients.buffer)
      if stop < low { break }
      if special.last == stop {
        visit(stop, gradients)
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
    report(gradients, from: node)
  }

  /// The scalar nodes where the walk does more than multiply and add, lowest first.
  private func specialNodes(through node: Int) -> [Int] {
    if hooks.isEmpty && custom.isEmpty { return [] }
    return Set(hooks.keys).union(custom.keys).filter { $0 <= node }.sorted()
  }

  private func visit(_ node: Int, _ gradients: Gradients<Element>) {
    for hook in hooks[node] ?? [] { gradients.buffer[node] = hook(gradients.buffer[node]) }
    guard let operation = custom[node] else { return }
    guard operation.replay == nil else { return replay(operation, at: node, gradients) }
    let upstream = gradients.buffer[node]
    if upstream == 0 { return }
    for (input, local) in zip(operation.inputs, operation.locals) {
      gradients.buffer[input] += upstream * local
    }
  }

  /// The chain rule: upstream(input) += upstream(node) · local, from node `high` down to node `low`.
  ///
  /// A node with upstream 0 is skipped, so that an infinite local gradient on a branch that does not count
  /// adds nothing (0 · ∞ is not a number).
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
      if inputs == 0 || g == 0 { continue }
      if inputs == 3 {
        sendThree(g, Int(entry.pointee.a), upstream)
        continue
      }
      upstream[Int(entry.pointee.a)] += g * entry.pointee.da
      if inputs == 1 { continue }
      upstream[Int(entry.pointee.b)] += g * entry.pointee.db
    }
  }

  @inline(never)
  private func sendThree(_ g: Element, _ place: Int, _ upstream: UnsafeMutablePointer<Element>) {
    let (inputs, locals) = (storage.pointee.triples[place].inputs, storage.pointee.triples[place].locals)
    upstream[Int(inputs.0)] += g * locals.0
    upstream[Int(inputs.1)] += g * locals.1
    upstream[Int(inputs.2)] += g * locals.2
  }
}

extension Tape {
  @inlinable
  package func tag(of node: Int) -> Tag { Tag(rawValue: storage.pointee.tags[node]) }
}
