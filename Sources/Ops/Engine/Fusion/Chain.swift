// Which operations wait for somebody to need their values, and which of them are computed together.

/// Elementwise operations computed together, in recording order: the last is the root, which the others only lead to.
struct Chain {
  let members: [Int]
  let shape: Shape

  /// Elements per block: half a dozen values and gradients at a time fill half the second-level cache.
  static let block = 4096

  var blocks: Int { (shape.count + Self.block - 1) / Self.block }
  var root: Int { members[members.count - 1] }

  /// Which member an operand is; nil where it stands outside.
  func place(of tensor: Int) -> Int? { members.firstIndex(of: tensor) }
}

extension Tape {
  /// Whether a tensor waits for somebody to need its value.
  func isDeferred(_ index: Int) -> Bool {
    let record = tensors.pointer(index)
    guard record.pointee.base == nil else { return false }
    if case .elementwise = Catalog.kind(of: record.pointee.code) { return true }
    return false
  }

  /// The chain that ends in `root`, if only of itself; nil where it cannot be cut into blocks.
  ///
  /// A deferred operand joins if nobody but members reads it: otherwise its value is needed elsewhere too, and its
  /// gradient is complete only later in the walk. Candidates are taken from the highest down, so that all members
  /// that read one have been seen before it is judged.
  func chain(endingIn root: Int) -> Chain? {
    guard isUniform(root) else { return nil }
    let shape = tensors.pointer(root).pointee.shape
    var members = [root]
    var readers: [Int: UInt32] = [:]
    for operand in deferredOperands(of: root) { readers[operand, default: 0] += 1 }
    while let candidate = readers.keys.max(), let seen = readers.removeValue(forKey: candidate) {
      let record = tensors.pointer(candidate)
      guard record.pointee.consumers == seen, record.pointee.shape == shape, isUniform(candidate) else {
        continue
      }
      members.append(candidate)
      for operand in deferredOperands(of: candidate) { readers[operand, default: 0] += 1 }
    }
    return Chain(members: members.reversed(), shape: shape)
  }

  private func deferredOperands(of index: Int) -> [Int] {
    let record = tensors.pointer(index)
    return (0..<record.pointee.inputs.count).compactMap { place in
      guard case .tensor(_, let operand) = input(place, of: record), isDeferred(operand) else { return nil }
      return operand
    }
  }

  /// Whether all operands have the shape of the result or are single numbers: only then can blocks be cut.
  private func isUniform(_ index: Int) -> Bool {
    let record = tensors.pointer(index)
    return (0..<record.pointee.inputs.count).allSatisfy { place in
      guard case .tensor(_, let operand) = input(place, of: record) else { return true }
      let shape = tensors.pointer(operand).pointee.shape
      return shape == record.pointee.shape || shape.count == 1
    }
  }
}
