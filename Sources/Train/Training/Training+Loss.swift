extension Training {
  /// The mean loss on other examples, without penalty, computed in blocks of a thousand.
  public func loss(on data: Dataset<Element>) -> Double {
    let memory = BatchMemory(rows: min(data.count, 1000), data)
    let indices = Array(0..<data.count)
    var sum = 0.0
    for start in stride(from: 0, to: data.count, by: 1000) {
      sum += memory.with(indices[start..<min(start + 1000, data.count)], of: data, on: tape) { x, y, count in
        Double(model(x, y).value) * Double(count)
      }
      tape.rewind(to: mark)
    }
    return sum / Double(data.count)
  }

  /// That the model gives one number for a batch of several examples.
  func checkLoss() throws(TrainingError) {
    let shape = batch.with(Array(0..<batches.size)[...], of: data, on: tape) { x, y, _ in model(x, y).shape }
    tape.rewind(to: mark)
    guard shape.count == 1 else {
      throw TrainingError(
        description: "the loss of a batch must be one number, found shape \(shape): take its mean, for example")
    }
  }

  /// That the loss has not grown, at the end, beyond anything that could be a model.
  func checkGrowth(_ loss: Double) throws(TrainingError) {
    if abs(loss) > growthLimit { throw TrainingError(description: growth(to: loss)) }
  }

  /// A million times the first step's loss, or the squares of the targets: a loss near 0 says nothing of their size.
  var growthLimit: Double {
    let targets = data.targets.values.reduce(0) { $0 + Double($1) * Double($1) / Double(data.count) }
    return 1e6 * max(abs(firstLoss ?? 0), targets, 1e-290)
  }

  /// What happened, and what may help.
  func growth(to loss: Double) -> String {
    "the loss has grown from \(shortText(firstLoss ?? 0)) to \(shortText(loss)): a smaller learning rate, standardized inputs "
      + "and targets or clipped gradients may keep it small"
  }
}
