import Foundation

/// Everything that decides how a training goes on: with it, the next step has the same bits.
struct TrainingState<Element: Number> {
  var values: [[Element]]
  /// Per parameter the arrays that the optimizer keeps.
  var memory: [[[Element]]]
  /// The order of the examples and the place in it.
  var batches: Batches
  var lossSum: Double
  /// The values when stopping rules last looked.
  var before: [[Element]]
}

extension Training {
  var state: TrainingState<Element> {
    get {
      TrainingState(
        values: parameters.values, memory: parameters.memory.map { $0.map { Array($0) } }, batches: batches,
        lossSum: lossSum, before: parameters.before)
    }
    set {
      for (variable, values) in zip(parameters.variables, newValue.values) {
        tape.withElements(of: variable) { _ = $0.update(fromContentsOf: values) }
      }
      for (buffers, arrays) in zip(parameters.memory, newValue.memory) {
        for (buffer, array) in zip(buffers, arrays) { _ = buffer.update(fromContentsOf: array) }
      }
      (batches, lossSum, parameters.before) = (newValue.batches, newValue.lossSum, newValue.before)
    }
  }

  /// Which node made the loss or a parameter infinite or NaN.
  ///
  /// Looking for it in every step would cost more than a small network's step. The same bits come again: the epoch is
  /// run once more from its beginning, now with a look at everything.
  func diagnosis(since snapshot: TrainingState<Element>) -> TrainingError {
    state = snapshot
    var last = history.epochs.last?.loss ?? 0
    while true {
      var found: String?
      let value = step { [tape] loss, gradients in
        found = tape.firstNonFinite(gradients).map { "the loss is \(loss.value): \($0)" }
        return found == nil
      }
      if found == nil, !parameters.isFinite { found = "the step of the optimizer left the range of numbers" }
      if found == nil, !value.isFinite { found = "the loss is \(value)" }
      let epoch = (batches.step - 1) / batches.stepsPerEpoch + 1
      if let found {
        let hint = abs(last) > growthLimit ? "; \(growth(to: last))" : ""
        return TrainingError(description: "epoch \(epoch), step \(batches.step): \(found)\(hint)")
      }
      last = value
    }
  }
}
