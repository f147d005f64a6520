/// What a training went through, epoch by epoch.
public struct History: Equatable, Sendable, Codable {
  public struct Epoch: Equatable, Sendable, Codable {
    /// From 1.
    public let epoch: Int
    /// The mean loss of the epoch's examples, each before the step that used it.
    public let loss: Double
    /// Right answers on the test examples after the epoch, and how many there are.
    public let correct: Int?
    public let total: Int?
    /// nil for an epoch of an earlier run: checkpoints have no times, so that equal trainings write equal bytes.
    public let seconds: Double?

    public var accuracy: Double? {
      guard let correct, let total, total > 0 else { return nil }
      return Double(correct) / Double(total)
    }
  }

  public var epochs: [Epoch] = []
  /// Of this run.
  public var seconds = 0.0
  /// Why it ended; nil while it has not.
  public var stopped: String?

  public init() {}

  /// What happened, without how long it took.
  var withoutTimes: History {
    var history = self
    history.seconds = 0
    history.epochs = epochs.map {
      Epoch(epoch: $0.epoch, loss: $0.loss, correct: $0.correct, total: $0.total, seconds: nil)
    }
    return history
  }
}

extension History {
  /// `{"epochs": [{"epoch": 1, "loss": 0.1, "correct": 9123, "total": 10000, "accuracy": 0.9123}], "seconds": 12.3}`
  public var json: JSONValue {
    [
      "epochs": .array(
        epochs.map { epoch in
          var members = [JSONValue.Member("epoch", JSONValue(epoch.epoch)), .init("loss", JSONValue(epoch.loss))]
          if let correct = epoch.correct, let total = epoch.total, let accuracy = epoch.accuracy {
            members += [
              .init("correct", JSONValue(correct)), .init("total", JSONValue(total)),
              .init("accuracy", JSONValue(accuracy)),
            ]
          }
          return .object(members)
        }),
      "seconds": JSONValue(seconds), "stopped": stopped.map { .string($0) } ?? .null,
    ]
  }

  /// A header and one line per epoch; without right answers their fields are empty.
  public var csv: String {
    func field<T>(_ value: T?) -> String { value.map { "\($0)" } ?? "" }
    let lines = epochs.map { epoch in
      "\(epoch.epoch),\(epoch.loss),\(field(epoch.correct)),\(field(epoch.total)),\(field(epoch.accuracy)),\(field(epoch.seconds))"
    }
    return (["epoch,loss,correct,total,accuracy,seconds"] + lines).joined(separator: "\n") + "\n"
  }
}
