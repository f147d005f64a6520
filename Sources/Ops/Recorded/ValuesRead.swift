/// Whether a function that is recorded may read values in Swift that depend on its inputs.
public enum ReadingPolicy: Sendable {
  /// It may; what was read is noted.
  case allowed
  /// ``RecordingError/valuesRead(_:)`` is thrown.
  case refused
}

/// A value that was read in Swift while a function was recorded: what followed from it there is fixed.
public struct ValueRead: Hashable, Sendable, CustomStringConvertible {
  /// The name of the node, if it has one.
  public let name: String?
  /// Its index on the tape on which the function was recorded.
  public let node: Int
  /// What computed it.
  public let operation: String

  public var description: String { "\(name ?? "node \(node)") (\(operation))" }
}

/// Why a function cannot be taken from a tape.
public enum RecordingError: Error, Sendable, CustomStringConvertible {
  /// Values that depend on the inputs were read in Swift.
  case valuesRead([ValueRead])
  /// An operation of one's own, whose value is known only where it was recorded.
  case customOperation(String)
  /// A hook at a node, which is no part of the function's formula.
  case hook(String)

  public var description: String {
    switch self {
    case .valuesRead(let reads):
      "the function reads values that depend on its inputs: \(reads.map(\.description).joined(separator: ", ")); "
        + "a branch taken in Swift is fixed: write select(condition, a, b), which keeps both"
    case .customOperation(let name):
      "\(name) is an operation of your own: its value at other inputs is unknown; write it as a rule"
    case .hook(let name): "\(name) has a hook: it cannot be part of a recorded function"
    }
  }
}

/// Notes what is read of a tape while a function is recorded.
final class ReadingWatch<Element: Number>: Watch<Element> {
  private(set) var reads: [ValueRead] = []
  /// By node, whether it depends on the inputs, which come first. What is kept in a checkpoint is taken to do so.
  private var depends: [Bool]

  init(inputs: Int) {
    depends = Array(repeating: true, count: inputs)
  }

  func recorded(_ node: Int, on tape: Tape<Element>) {
    depends.append(contentsOf: repeatElement(true, count: max(0, node + 1 - depends.count)))
    depends[node] = tape.inputs(of: node).contains { $0.node.map { depends[$0] } ?? false }
  }

  func read(_ node: Int, on tape: Tape<Element>) {
    guard node >= depends.count || depends[node] else { return }
    let read = ValueRead(name: tape.name(of: node), node: node, operation: tape.operationName(of: node))
    if !reads.contains(read) { reads.append(read) }
  }
}
