/// A list of indices of a recorded function, such as the labels of a batch: an argument of a module, behind its inputs.
public struct IndexArgument: Sendable, Equatable {
  /// `labels` of a cross-entropy, `indices` of others; a second one is `labels2`.
  public private(set) var name: String
  let kind: String
  /// Those of the recording.
  public let indices: [Int]
  /// What they are to be below.
  public let limit: Int

  /// With a name that none of the inputs has.
  func renamed(besides inputs: [String]) -> IndexArgument {
    var argument = self
    while inputs.contains(argument.name) { argument.name += "_" }
    return argument
  }

  /// What is wrong with others in their place; nil where nothing is.
  func mistake(in others: [Int]) -> String? {
    if others.count != indices.count { return "\(name): \(others.count) of them in place of \(indices.count)" }
    return others.first { !(0..<limit).contains($0) }.map { "\(name): no index \($0) among \(limit)" }
  }
}
