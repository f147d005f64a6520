/// One line that tells how far a training is: `epoch 3/30  ████████░░░░  62 %  41200 steps/s  loss 0.0483  0:12 left`.
public struct ProgressLine: Sendable {
  private let epochs: Int
  private let stepsPerEpoch: Int

  /// For a training of so many epochs.
  public init(epochs: Int, stepsPerEpoch: Int) { (self.epochs, self.stepsPerEpoch) = (epochs, stepsPerEpoch) }

  /// - Parameters:
  ///   - step: steps taken in all.
  ///   - stepsNow: steps taken since the run began, without those before a resumption.
  ///   - seconds: what these took.
  ///   - loss: of the last step.
  public func text(step: Int, stepsNow: Int, seconds: Double, loss: Double) -> String {
    let epoch = min((step - 1) / stepsPerEpoch + 1, epochs)
    let share = Double((step - 1) % stepsPerEpoch + 1) / Double(stepsPerEpoch)
    let filled = Int(share * 20)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
    let rate = seconds > 0 ? Double(stepsNow) / seconds : 0
    let left = rate > 0 ? Double(epochs * stepsPerEpoch - step) / rate : 0
    return "epoch \(epoch)/\(epochs)  \(bar)  \(Int(share * 100)) %  \(Int(rate)) steps/s  loss \(shortText(loss))  "
      + "\(clock(left)) left"
  }

  private func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }
}
