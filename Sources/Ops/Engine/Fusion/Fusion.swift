// Large elementwise operations are not computed one by one. A value that only the next operation of a chain reads never
// goes to memory, and the backward walk computes it again rather than store it. What remains of mean((σ(w·x + b) − y)²)
// over ten million elements is the traffic of its inputs and of the gradients asked for.
//
// This is all that the engine asks: the chain (Chain.swift), the run forward (ChainRun.swift) and the walk back
// (ChainWalk.swift) are behind it.

extension Tape {
  /// Whether an elementwise operation of so many elements waits until its value is needed. Smaller ones stay in the
  /// second-level cache, where computing twice costs more than storing.
  func waits(_ count: Int) -> Bool { count >= 1 << 17 }

  /// Computes an operation that waited, with what only leads to it; false where it is to be computed by itself.
  func evaluateAsChain(_ index: Int) -> Bool {
    guard waits(tensors.pointer(index).pointee.shape.count) else { return false }
    checkComputable(index)
    guard let chain = chain(endingIn: index) else { return false }
    evaluate(chain)
    return true
  }

  /// The sum over all elements of an operation that waited and that nobody else reads; nil for other operations.
  func sumAsChain(_ index: Int) -> Double? {
    let record = tensors.pointer(index)
    guard record.pointee.code == Sum.code, record.pointee.shape.count == 1,
      case .tensor(_, let operand) = input(0, of: record), tensors.pointer(operand).pointee.consumers == 1,
      isDeferred(operand), let chain = chain(endingIn: operand)
    else { return nil }
    checkComputable(operand)
    return sum(of: chain)
  }

  /// Sends the gradient of an operation through the chain that ends in it; false where it is no chain.
  func sendBackAsChain(_ index: Int, into gradients: Gradients<Element>) -> Bool {
    guard waits(tensors.pointer(index).pointee.shape.count), let chain = chain(endingIn: index) else { return false }
    sendBack(chain, gradients[tensor: index], into: gradients)
    return true
  }

  /// A deferred value can be computed until a parameter changes below it.
  private func checkComputable(_ index: Int) {
    guard index < tensors.firstComputable else { return }
    let name = name(of: tensors.pointer(index).pointee.node) ?? "a tensor"
    fatalError("\(name): its value was not read before a parameter was updated; read it, or rewind, before")
  }
}
