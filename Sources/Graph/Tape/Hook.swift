extension Variable {
  /// Calls `transform` with the upstream gradient of this node when a backward walk has it complete, and goes on
  /// with what it returns: to look at it, clip it, or reverse it.
  ///
  /// ```swift
  /// h.onBackward { print("∂c/∂h =", $0); return $0 }
  /// ```
  /// Hooks of one node run in the order they were added and end with the node. They act on `backward`, and not on
  /// gradients that are themselves recorded.
  public func onBackward(_ transform: @escaping (Element) -> Element) {
    let tape = liveTape("onBackward")
    tape.hooks[tape.checkedNode(self, "onBackward"), default: []].append(transform)
  }
}
