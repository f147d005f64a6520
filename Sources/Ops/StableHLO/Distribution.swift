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

  func attributes(ofArgument place: Int, rank: Int) -> String {
    let donation = place < donated ? ["tf.aliasing_output = \(place) : i32"] : []
    return listed(donation + sharding(splitting: split.contains(place) ? rank : nil))
  }

  var attributesOfResult: String { listed(sharding(splitting: nil)) }

  /// - Parameter rank: the axes of an argument whose rows are split; nil for one that each device has whole.
  private func sharding(splitting rank: Int?) -> [String] {
    if devices == 1 { return [] }
    guard let rank else { return ["mhlo.sharding = \"{replicated}\""] }
    let tiles = [devices] + Array(repeating: 1, count: max(0, rank - 1))
    return ["mhlo.sharding = \"{devices=[\(tiles.map(String.init).joined(separator: ","))]<=[\(devices)]}\""]
  }

  private func listed(_ attributes: [String]) -> String {
    attributes.isEmpty ? "" : " {\(attributes.joined(separator: ", "))}"
  }
}
