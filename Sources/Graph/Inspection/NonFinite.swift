/// Where a value or a gradient first was not a number, or infinite.
///
/// ```
/// forward pass: log gives nan at node 1, y = log(x); its operands: x = -1
/// backward pass: sqrt sends inf to x at node 1, y = sqrt(x): 1 times its local gradient 0.5/y = inf; its operands: x = 0
/// ```
public struct NonFinite<Element: Real>: CustomStringConvertible {
  /// The walk in which it turned up: while values were recorded, or on the way back.
  public enum Pass: String, Sendable { case forward, backward }
  /// In which of the two it was seen first.
  public let pass: Pass
  /// The value, or in the backward pass the gradient that was sent to an input, that is not finite.
  public let number: Element
  /// The operation that gave it.
  public let node: Node<Element>
  /// In the backward pass, the input that it was sent to, and the upstream gradient of a scalar node. Nil where no
  /// single operation is to blame: the seed, a hook, or finite contributions whose sum overflows.
  public let sent: (to: Operand<Element>, upstream: Element?)?

  public var description: String {
    let site = "node \(node.index)" + (node.isLeaf ? ", \(node.label)" : ", \(node.statement)")
    let operands = node.operands.map { "\($0.label) = \($0.valueText)" }.joined(separator: ", ")
    let tail = operands.isEmpty ? "" : "; its operands: \(operands)"
    return "\(pass) pass: \(event(site))\(tail)"
  }

  private func event(_ site: String) -> String {
    let number = shortText(number)
    if let (input, upstream) = sent {
      let factor = upstream.map { "\(shortText($0)) times its local gradient" } ?? "with a finite g,"
      return "\(node.operation) sends \(number) to \(input.label) at \(site): \(factor) \(input.localText)"
    }
    if pass == .backward { return "the upstream gradient of \(site) is \(number)" }
    return node.isLeaf
      ? "the \(node.operation) \(node.label) (node \(node.index)) is \(number)"
      : "\(node.operation) gives \(number) at \(site)"
  }
}

extension Tape {
  /// The first node whose value is not finite; where gradients are given and all values are finite, the first
  /// operation of the backward walk that sent on what is not.
  ///
  /// Nothing needs to be switched on beforehand: the tape holds every value. To be told at the very operation,
  /// set `onNonFinite`.
  /// - Complexity: O(nodes).
  public func firstNonFinite(_ gradients: Gradients<Element>? = nil) -> NonFinite<Element>? {
    if let node = (0..<count).first(where: { nonFiniteValue(of: $0) != nil }) { return nonFiniteNode(node) }
    return gradients.flatMap { nonFiniteGradient($0, through: min(count, $0.count) - 1) }
  }

  /// Called for every value that is not finite, at the moment it is recorded, and for the first gradient of a walk that is
  /// not; see `NonFinite`.
  public var onNonFinite: ((NonFinite<Element>) -> Void)? {
    get { (watch as? NonFiniteWatch<Element>)?.tell }
    set { watch = newValue.map(NonFiniteWatch.init) }
  }

  fileprivate func nonFiniteNode(_ node: Int) -> NonFinite<Element>? {
    nonFiniteValue(of: node).map {
      NonFinite(pass: .forward, number: $0, node: self.node(at: node), sent: nil)
    }
  }

  private func nonFiniteValue(of node: Int) -> Element? {
    guard tag(of: node).isTensor else { return storage.pointee.entries[node].value.ifNonFinite }
    let index = tensorIndex(of: node)
    return isComputable(index) ? buffer(ofTensor: index).elements(Element.self).first { !$0.isFinite } : nil
  }

  private func nonFiniteGradient(of node: Int, _ gradients: Gradients<Element>) -> Element? {
    guard tag(of: node).isTensor else { return gradients[node: node].ifNonFinite }
    let index = tensorIndex(of: node)
    let gradient = gradients.completed(index, on: self)
    guard !gradient.isNumber else { return Element(gradient.number).ifNonFinite }
    return (0..<tensors.pointer(index).pointee.shape.count).lazy.map { gradient[$0] as Element }.first { !$0.isFinite }
  }

  /// The gradients of later nodes are finite: it came from the local gradient of one of them, or out of nothing.
  fileprivate func nonFiniteGradient(_ gradients: Gradients<Element>, through root: Int) -> NonFinite<Element>? {
    for node in stride(from: root, through: 0, by: -1) {
      guard let number = nonFiniteGradient(of: node, gradients) else { continue }
      let users = users(of: node)
      for user in users {
        if let found = nonFiniteSending(from: user, to: node, gradients) { return found }
      }
      return users.count == 1 && tag(of: users[0]).isTensor
        ? nonFinitePullback(of: users[0], to: node, number)
        : NonFinite(pass: .backward, number: number, node: self.node(at: node), sent: nil)
    }
    return nil
  }

  private func nonFinitePullback(of user: Int, to node: Int, _ number: Element) -> NonFinite<Element> {
    let sender = self.node(at: user)
    let input = sender.inputs.first { $0.node == node }
    return NonFinite(pass: .backward, number: number, node: sender, sent: input.map { ($0, nil) })
  }

  private func nonFiniteSending(
    from user: Int, to node: Int, _ gradients: Gradients<Element>
  ) -> NonFinite<Element>? {
    let upstream = gradients[node: user]
    guard !tag(of: user).isTensor, upstream != 0 else { return nil }
    let sender = self.node(at: user)
    for input in sender.inputs where input.node == node {
      guard let product = sent(upstream, through: input.local ?? 0).ifNonFinite else { continue }
      return NonFinite(pass: .backward, number: product, node: sender, sent: (input, upstream))
    }
    return nil
  }

  /// The operations that a node is an input of, latest first.
  private func users(of node: Int) -> [Int] {
    stride(from: count - 1, to: node, by: -1).filter { inputs(of: $0).contains { $0.node == node } }
  }
}

/// Looks at every value and gradient, for `onNonFinite`.
private final class NonFiniteWatch<Element: Real>: Watch<Element> {
  let tell: (NonFinite<Element>) -> Void
  init(_ tell: @escaping (NonFinite<Element>) -> Void) { self.tell = tell }

  func recorded(_ node: Int, on tape: Tape<Element>) { tape.nonFiniteNode(node).map(tell) }
  func walked(_ gradients: Gradients<Element>, from root: Int, on tape: Tape<Element>) {
    tape.nonFiniteGradient(gradients, through: root).map(tell)
  }
}

extension BinaryFloatingPoint {
  fileprivate var ifNonFinite: Self? { isFinite ? nil : self }
}
