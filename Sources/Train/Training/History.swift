/// What a training went through, epoch by epoch.
public struct History: Equatable, Sendable, Codable {
  /// One pass through the examples.
  public struct Epoch: Equatable, Sendable, Codable {
    /// From 1.
    public let epoch: Int
    /// The mean loss of the epoch's examples, each before the step that used it.
    public let loss: Double
    /// The mean loss of test examples after the epoch, where there are some.
    public var testLoss: Double? = nil
    /// Right answers on the test examples after the epoch, and how many there are.
    public let correct: Int?
    /// How many test examples there are.
    public let total: Int?
    /// Nil for an epoch of before a checkpoint: files of the same training are the same, so they hold no times.
    public internal(set) var seconds: Double?

    /// The share of right answers; nil where none were counted.
    public var accuracy: Double? {
      guard let correct, let total, total > 0 else { return nil }
      return Double(correct) / Double(total)
    }
  }

  /// All epochs that are done, also those of before a checkpoint.
  public var epochs: [Epoch] = []
  /// Since the run began, or went on from a checkpoint.
  public var seconds = 0.0
  /// Why it ended; nil while it has not.
  public var stopped: String?

  /// A history in which nothing has happened.
  public init() {}

  /// The same without times.
  var timeless: History {
    var history = self
    history.seconds = 0
    for place in epochs.indices { history.epochs[place].seconds = nil }
    return history
  }
}

extension History {
  /// `{"epochs": [{"epoch": 1, "loss": 0.1, "correct": 9123, "total": 10000, "accuracy": 0.9123}], "seconds": 12.3}`, with
  /// `testLoss` where there are test examples
  public var json: JSONValue {
    [
      "epochs": .array(
        epochs.map { epoch in
          JSONValue(present: [
            "epoch": JSONValue(epoch.epoch), "loss": JSONValue(epoch.loss),
            "testLoss": epoch.testLoss.map { JSONValue($0) }, "correct": epoch.correct.map { JSONValue($0) },
            "total": epoch.total.map { JSONValue($0) }, "accuracy": epoch.accuracy.map { JSONValue($0) },
          ])
        }),
      "seconds": JSONValue(seconds), "stopped": stopped.map { .string($0) } ?? .null,
    ]
  }

  /// A header and one line per epoch; without right answers their fields are empty, and without test examples there is no
  /// column of their loss.
  public var csv: String {
    func field<T>(_ value: T?) -> String { value.map { "\($0)" } ?? "" }
    let tests = epochs.contains { $0.testLoss != nil }
    let lines = epochs.map { epoch in
      let fields = [
        "\(epoch.epoch)", "\(epoch.loss)", field(epoch.correct), field(epoch.total), field(epoch.accuracy),
        field(epoch.seconds),
      ]
      return (fields + (tests ? [field(epoch.testLoss)] : [])).joined(separator: ",")
    }
    let header = "epoch,loss,correct,total,accuracy,seconds" + (tests ? ",testLoss" : "")
    return ([header] + lines).joined(separator: "\n") + "\n"
  }
}
