/// What few nodes have, kept beside the tape: names, hooks, operations of a user's own.
///
/// Mostly filled in recording order. A rewind below which nothing stands costs one comparison.
package struct NodeTable<Value> {
  private var values: [Int: Value] = [:]
  private var keys: [Int] = []
  private var isSorted = true
  /// One above the highest node.
  private var end = 0

  package init() {}

  package var isEmpty: Bool { keys.isEmpty }

  package subscript(node: Int) -> Value? { keys.isEmpty ? nil : values[node] }

  package mutating func set(_ value: Value, for node: Int) {
    if values.updateValue(value, forKey: node) == nil {
      isSorted = isSorted && keys.last ?? -1 < node
      keys.append(node)
      end = max(end, node + 1)
    }
  }

  @inline(__always)
  package mutating func removeAll(from node: Int) {
    if end > node { cut(from: node) }
  }

  @inline(never)
  private mutating func cut(from node: Int) {
    sort()
    while let last = keys.last, last >= node {
      values[last] = nil
      keys.removeLast()
    }
    end = keys.last.map { $0 + 1 } ?? 0
  }

  /// Those of a range, in recording order.
  mutating func nodes(in range: ClosedRange<Int>) -> ArraySlice<Int> {
    sort()
    return keys[position(of: range.lowerBound)..<position(of: range.upperBound + 1)]
  }

  private mutating func sort() {
    if !isSorted { keys.sort() }
    isSorted = true
  }

  /// How many stand before a node.
  private func position(of node: Int) -> Int {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < node { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Tape {
  /// The name given to a node, if any.
  package func name(of node: Int) -> String? { names[node] }
}
