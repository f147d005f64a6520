/// How a module is spread over devices, and whose memory it may use again.
///
/// The module is written for the whole batch: each device computes a part, and the compiler adds what is missing, such as the
/// sum of all parts of a gradient.
public struct Distribution: Sendable, Equatable {
  /// How many devices run it.
  public var devices: Int
  /// The places of arguments of which each device gets a part of the rows; it gets the others whole.
  public var split: Set<Int>
  /// So many arguments, from the first on, become the results in the same places, in their memory.
  public var donated: Int

  /// On one device, with memory of its own, unless stated.
  public init(devices: Int = 1, split: Set<Int> = [], donated: Int = 0) {
    precondition(devices > 0 && donated >= 0, "Distribution: \(devices) devices, \(donated) donated arguments")
    (self.devices, self.split, self.donated) = (devices, split, donated)
  }
}

// MARK: - As attributes of StableHLO

extension Distribution {
  var attributesOfModule: String {
    devices == 1 ? "" : " attributes {mhlo.num_partitions = \(devices) : i32, mhlo.num_replicas = 1 : i32}"
  }

  func attributes(ofArgument place: Int) -> String {
    let donation = place < donated ? ["tf.aliasing_output = \(place) : i32"] : []
    return listed(donation + sharding(isSplit: split.contains(place)))
  }

  var attributesOfResult: String { listed(sharding(isSplit: false)) }

  private func sharding(isSplit: Bool) -> [String] {
    if devices == 1 { return [] }
    return ["mhlo.sharding = \"{\(isSplit ? "devices=[\(devices)]<=[\(devices)]" : "replicated")}\""]
  }

  private func listed(_ attributes: [String]) -> String {
    attributes.isEmpty ? "" : " {\(attributes.joined(separator: ", "))}"
  }
}
