/// A list of indices of a recorded function, such as the labels of a batch: an argument of a module, behind its inputs.
public struct IndexArgument: Sendable, Equatable {
  /// `labels` of a cross-entropy, `indices` of others, with a number behind where the name is taken: `labels2`.
  public private(set) var name: String
  /// Those of the recording.
  public let indices: [Int]
  /// What they are to be below.
  public let limit: Int

  init(name: String, indices: [Int], limit: Int) { (self.name, self.indices, self.limit) = (name, indices, limit) }

  /// With a name that is not taken, which it then is.
  func named(besides taken: inout Set<String>) -> IndexArgument {
    var (argument, number) = (self, 1)
    while !taken.insert(argument.name).inserted {
      number += 1
      argument.name = name + String(number)
    }
    return argument
  }

  /// What is wrong with others in their place; nil where nothing is.
  func mistake(in others: [Int]) -> String? {
    if others.count != indices.count { return "\(name): \(others.count) of them in place of \(indices.count)" }
    return others.first { !(0..<limit).contains($0) }.map { "\(name): no index \($0) among \(limit)" }
  }
}
