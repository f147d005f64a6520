/// A point of a tape to come back to: see `Tape.mark()`.
public struct Mark: Sendable {
  let count: Int
  let tripleCount: Int
  let tensorCount: Int
  let arena: Arena.Position?
  let generation: UInt32
}

/// That the tape was cut back to `low` nodes when `generation` began.
package struct Rewind {
  let generation: UInt32
  let low: Int
}

extension Tape {
  /// Where the tape stands now.
  ///
  /// Tensors that are still to be computed are computed now: what stands before a mark outlives it.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func mark() -> Mark {
    evaluatePending()
    return Mark(
      count: storage.pointee.count, tripleCount: storage.pointee.tripleCount,
      tensorCount: tensors.count, arena: arena.pointee.position,
      generation: storage.pointee.generation)
  }

  /// Forgets everything recorded since `mark`; the memory is kept. Variables of before the mark stay valid.
  ///
  /// ```swift
  /// let start = tape.mark()
  /// for _ in 1...1000 {
  ///   let gradients = loss().backward()
  ///   tape.update(w, to: w.value - 0.1 * gradients[w])
  ///   tape.rewind(to: start)
  /// }
  /// ```
  /// - Precondition: the tape has not been rewound to before the mark since.
  /// - Complexity: O(1), and O(1) for each forgotten node that has a name.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func rewind(to mark: Mark) {
    guard isCurrent(mark.generation, below: mark.count) else {
      fatalError("rewind: the mark is stale: the tape was rewound to before it, or reset")
    }
    cut(to: mark)
  }

  /// Forgets everything, parameters too; the memory is kept.
  public func reset() {
    cut(to: Mark(count: 0, tripleCount: 0, tensorCount: 0, arena: nil, generation: 0))
  }

  private func cut(to mark: Mark) {
    storage.pointee.count = mark.count
    storage.pointee.tripleCount = mark.tripleCount
    tensors.cut(to: mark.tensorCount)
    if let position = mark.arena { arena.pointee.rewind(to: position) } else { arena.pointee.rewindAll() }
    names.removeAll(from: mark.count)
    hooks.removeAll(from: mark.count)
    custom.removeAll(from: mark.count)
    beginGeneration()
    remember(Rewind(generation: storage.pointee.generation, low: mark.count))
  }

  /// Keeps the rewinds with rising `low`: an earlier one that cut less far says nothing new.
  func remember(_ rewind: Rewind) {
    if rewinds.last?.low == rewind.low {
      rewinds[rewinds.count - 1] = rewind
      return openFastPath()
    }
    while let last = rewinds.last, last.low >= rewind.low { rewinds.removeLast() }
    rewinds.append(rewind)
    storage.pointee.since = Handle(generation: rewinds.dropLast().last?.generation ?? 1)
    openFastPath()
  }
}

// MARK: - Validity of handles

extension Tape {
  /// Whether what stood below `end` in `generation` still stands.
  func isCurrent(_ generation: UInt32, below end: Int) -> Bool {
    guard end <= storage.pointee.count else { return false }
    return end <= standing(since: generation)
  }

  /// How many of the nodes of a generation stand to this day.
  func standing(since generation: UInt32) -> Int {
    guard let last = rewinds.last, last.generation > generation else { return .max }
    var (low, high) = (0, rewinds.count)
    while low < high {
      let middle = (low + high) / 2
      if rewinds[middle].generation > generation { high = middle } else { low = middle + 1 }
    }
    return rewinds[low].low
  }

  /// The node of a variable, or a trap that names what is wrong with it.
  @inlinable
  package func checkedNode(_ variable: Variable<Element>, _ operation: @autoclosure () -> String) -> Int {
    if variable.storage == storage, let node = storage.pointee.standingNode(variable) { return node }
    return examinedNode(variable, operation)
  }

  @inline(never) @usableFromInline
  func examinedNode(_ variable: Variable<Element>, _ operation: () -> String) -> Int {
    let node = variable.handle.node
    guard let other = variable.storage else { fatalError(Staleness.unrecorded(operation())) }
    guard other == storage else { fatalError(Staleness.twoTapes(operation())) }
    guard isCurrent(variable.handle.generation, below: node + 1) else {
      fatalError(Staleness.stale(operation(), node: node))
    }
    return node
  }
}

extension Variable {
  /// The tape it stands on, or a trap that says why there is none.
  @usableFromInline
  package func liveTape(_ operation: String) -> Tape<Element> {
    guard isRecorded else { fatalError(Staleness.unrecorded(operation)) }
    guard let tape else { fatalError(Staleness.released(operation)) }
    return tape
  }
}

/// What is said of a variable that cannot be used.
@usableFromInline
package enum Staleness {
  package static func overwritten(_ node: Int) -> String {
    "gradients: node \(node) was recorded after this walk, in place of another one: walk again"
  }
  package static func stale(_ operation: String, node: Int) -> String {
    "\(operation): stale variable: its tape was rewound or reset past node \(node), or released"
  }
  @usableFromInline package static func released(_ operation: String) -> String {
    "\(operation): stale variable: its tape was released; hold the tape for as long as its variables are used"
  }
  package static func twoTapes(_ operation: String) -> String {
    "\(operation): the variables belong to two different tapes"
  }
  @usableFromInline package static func unrecorded(_ operation: String) -> String {
    "\(operation): the variable stands on no tape: it is a literal, or was computed without recording"
  }
}
