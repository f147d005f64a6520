/// Which examples each step of a descent looks at: indices drawn by seed, epoch after epoch.
///
/// ```swift
/// var batches = Batches(of: 2, from: 5, seed: 1)
/// for _ in 0..<batches.stepsPerEpoch { print(batches.next()) }  // [4, 0] [1, 2] [3]
/// ```
///
/// Its encoded form is small whatever the number of examples: the generator as it was when the epoch began, and
/// the step. The order of the epoch is drawn again from these.
public struct Batches: Sendable {
  /// How the examples of an epoch are drawn.
  public enum Sampling: String, Sendable, Codable, CaseIterable {
    /// Each example once per epoch, in random order; the last batch of an epoch may be smaller.
    case withoutReplacement
    /// Each example of each batch from all examples, so that one may come twice and another never.
    case withReplacement
    /// Each example once per epoch, in the given order.
    case inOrder
  }

  /// Examples per batch; the last batch of an epoch without replacement may have fewer.
  public let size: Int
  /// The number of examples that are drawn from.
  public let count: Int
  /// How they are drawn.
  public let sampling: Sampling
  /// The steps taken, over all epochs.
  public private(set) var step: Int

  /// From which `order` is drawn; after its last batch, that of the next epoch.
  private var generator: SeededGenerator
  /// As the generator is after `order` was drawn.
  private var following: SeededGenerator
  /// The indices of the running epoch, batch after batch.
  private var order: [Int] = []

  /// - Parameters:
  ///   - size: examples per batch; more than there are means all of them.
  ///   - count: the number of examples.
  ///   - seed: two `Batches` of the same seed draw the same indices.
  /// - Precondition: `size` and `count` are positive.
  public init(of size: Int, from count: Int, sampling: Sampling = .withoutReplacement, seed: UInt64) {
    precondition(size > 0 && count > 0, "Batches: a batch of \(size) from \(count) examples")
    (self.size, self.count, self.sampling, step) = (min(size, count), count, sampling, 0)
    generator = SeededGenerator(seed: seed)
    following = generator
  }

  /// Steps until each example has come once, or would have on average.
  public var stepsPerEpoch: Int { (count - 1) / size + 1 }

  /// Finished epochs.
  public var epoch: Int { step / stepsPerEpoch }

  /// The indices of the next batch.
  ///
  /// - Complexity: O(size), plus O(count) at the beginning of an epoch.
  public mutating func next() -> ArraySlice<Int> {
    let start = step % stepsPerEpoch * size
    // Also in the middle of an epoch that was read from a file.
    if start == 0 || order.isEmpty { drawOrder() }
    step += 1
    if step % stepsPerEpoch == 0 { generator = following }
    return order[start..<min(start + size, order.count)]
  }

  private mutating func drawOrder() {
    following = generator
    order.removeAll(keepingCapacity: true)
    switch sampling {
    case .withReplacement:
      for _ in 0..<stepsPerEpoch * size { order.append(following.index(below: count)) }
    case .withoutReplacement:
      order.append(contentsOf: 0..<count)
      following.shuffle(&order)
    case .inOrder:
      order.append(contentsOf: 0..<count)
    }
  }
}

extension Batches: Codable {
  private enum CodingKeys: String, CodingKey { case size, count, sampling, step, generator }

  /// - Throws: `DecodingError` where no such batches can be: more examples in a batch than there are, a negative step.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    size = try container.decode(Int.self, forKey: .size)
    count = try container.decode(Int.self, forKey: .count)
    sampling = try container.decode(Sampling.self, forKey: .sampling)
    step = try container.decode(Int.self, forKey: .step)
    generator = try container.decode(SeededGenerator.self, forKey: .generator)
    following = generator
    // Nothing is drawn yet: a file may claim any number of examples.
    guard size > 0, count >= size, step >= 0, step < 1 << 53 else {
      throw DecodingError.dataCorruptedError(
        forKey: .size, in: container, debugDescription: "batches of \(size) from \(count), step \(step)")
    }
  }
}
