extension Variable {
  /// Calls `transform` with the upstream gradient of this node when a backward walk has it complete, and goes on
  /// with what it returns: to look at it, clip it, or reverse it. Of a tensor, it is called with each element.
  ///
  /// ```swift
  /// h.onBackward { print("∂c/∂h =", $0); return $0 }
  /// W.onBackward { min(max($0, -1), 1) }
  /// ```
  /// Hooks of one node run in the order they were added and end with the node; in a walk from an output that does not
  /// depend on the node they do not run. They act on `backward`, and not on gradients that are themselves recorded.
  /// - Precondition: of a tensor, a parameter stands below it: the gradients of data are not computed.
  public func onBackward(_ transform: @escaping (Element) -> Element) {
    onBackward { (gradient: Tensor<Element>) in gradient.map(transform) }
  }

  /// The same with the whole gradient of a tensor at once.
  ///
  /// ```swift
  /// W.onBackward { (g: Tensor<Double>) in
  ///   let norm = g.elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
  ///   return Tensor(g.elements.map { $0 / max(norm, 1) }, shape: g.shape)
  /// }
  /// ```
  /// - Precondition: what it returns has the same shape.
  @_disfavoredOverload
  public func onBackward(_ transform: @escaping (Tensor<Element>) -> Tensor<Element>) {
    let tape = liveTape("onBackward")
    let node = tape.checkedNode(self, "onBackward")
    if isTensor {
      let record = tape.tensors.pointer(tape.tensorIndex(of: node))
      guard record.pointee.isDifferentiated else {
        fatalError("onBackward: \(name ?? "the tensor") is data; its gradient is not computed")
      }
      // The hook reads it too: its gradient has to be stored, not passed along inside a chain.
      record.pointee.consumers += 1
    }
    tape.hooks.set((tape.hooks[node] ?? []) + [transform], for: node)
  }
}

extension Tape {
  /// Has the hooks of a node transform what arrived there.
  func runHooks(of node: Int, _ gradients: Gradients<Element>) {
    for hook in hooks[node] ?? [] {
      let before = gradients.tensor(of: anyHandle(node))
      let after = hook(before)
      guard after.shape == before.shape else {
        fatalError("onBackward: the gradient has shape \(before.shape), and the hook returned shape \(after.shape)")
      }
      gradients.replace(node, by: after, on: self)
    }
  }
}
