extension Variable where Element: Number {
  /// The gradients of this scalar by variables, themselves recorded: differentiate them again for derivatives of
  /// any order.
  ///
  /// The walk is that of `backward()`, carried out in variables: every local gradient is evaluated again from its
  /// rule, as operations on the tape.
  ///
  /// ```swift
  /// let y = x * x * x                           // x = 2
  /// let dy = y.recordedGradients(by: [x])[0]    // 3x² = 12
  /// let d2y = dy.recordedGradients(by: [x])[0]  // 6x = 12
  /// ```
  /// - Returns: one gradient per variable; a plain 0 where this does not depend on it.
  /// - Complexity: O(nodes between the variables and this one), each a few operations.
  public func recordedGradients(by variables: [Variable]) -> [Variable] {
    guard let tape else { return variables.map { _ in 0 } }
    return tape.recordedGradients(of: self, by: variables).map { $0 ?? 0 }
  }
}

extension Tape where Element: Number {
  /// The gradients of a scalar by variables, recorded; nil where it does not depend on one.
  fileprivate func recordedGradients(
    of root: Variable<Element>, by variables: [Variable<Element>], downTo low: Int = 0
  ) -> [Variable<Element>?] {
    let node = checkedNode(root, "recordedGradients")
    let wanted = variables.map { $0.isRecorded ? checkedNode($0, "recordedGradients") : nil }
    var walk = AlgebraicWalk(self, operand: variable, custom: sendBack) { self.checkUnchanged(before: $0) }
    let seed = root.isTensor ? constant(Tensor([1], shape: root.shape)) : 1
    return walk.gradients(of: node, seed: seed, by: wanted, downTo: low)
  }

  /// Local gradients that are evaluated again must find the values the result was computed from.
  private func checkUnchanged(before node: Int) {
    checkUnchanged(node, "recordedGradients", ifReads: readsValues(Catalog.kind(of: tag(of: node).code)))
  }

  private func readsValues(_ operation: Catalog.Kind?) -> Bool {
    switch operation {
    case .elementwise(let rule): rule.localsReadValues
    case .tensor(let rule): rule.pullbackReadsValues
    case nil: true
    }
  }

  private func sendBack(
    _ operation: CustomOperation<Element>, _ node: Int, _ g: Variable<Element>
  ) -> [Variable<Element>?] {
    // Operations that were forgotten are recorded again, to stay, and walked through alone.
    if let replay = operation.replay {
      let low = count
      return recordedGradients(of: replay(g), by: operation.inputs.map(anyHandle), downTo: low)
    }
    guard let recorded = operation.recorded else {
      fatalError("\(operation.name): derivatives of higher order need its `recorded` local gradients")
    }
    let locals = recorded(operation.inputs.map(handle), handle(node))
    return locals.map { $0.plainNumber == 0 ? nil : .chain($0, g) }
  }
}

extension Variable where Element: Number {
  /// As in the plain walk, a 0 lets nothing through: no infinity, no NaN. It may have a slope, though.
  public static func chain(_ local: Variable, _ arriving: Variable) -> Variable {
    let isStopped = local.isTensor || arriving.isTensor || local.stops(arriving) || arriving.stops(local)
    return isStopped ? apply(ChainProduct.self, local, arriving) : local * arriving
  }

  private func stops(_ other: Variable) -> Bool { unreportedValue == 0 && !other.unreportedValue.isFinite }
}
