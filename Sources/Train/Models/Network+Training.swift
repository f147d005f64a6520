extension Training {
  /// Trains a network on a dataset.
  ///
  /// The classes of a classification become the targets that the loss wants: one output per class, or for two classes a
  /// single output, with 0 and 1 or −1 and 1.
  ///
  /// ```swift
  /// let network = Network(Architecture([4, 8, 3], output: .softmax), on: Tape<Double>(), seed: 1)
  /// let training = try Training(of: network, on: tape, with: .iris, loss: .crossEntropy, settings)
  /// ```
  /// - Throws: `OptionError` where data, network and loss do not fit together.
  public convenience init(
    of network: Network<Element>, on tape: Tape<Element>, with data: Dataset<Element>, loss: Loss,
    penalty: Penalty = Penalty(), _ settings: Settings
  ) throws(OptionError) {
    try network.architecture.check(data, loss: loss)
    let output = network.architecture.output
    self.init(
      on: tape, with: data.targeted(outputs: network.architecture.layers.last!, signed: loss.hasSignedTargets),
      settings, weights: network.weights, penalty: penalty
    ) { x, y in
      loss(network.scores(x), output: output, target: y)
    }
  }
}

extension Architecture {
  /// That the data have as many columns as the network has inputs, and targets for its outputs.
  public func check<Element>(_ data: Dataset<Element>, loss: Loss) throws(OptionError) {
    try loss.check(with: output)
    guard data.inputs.width == layers[0] else {
      throw OptionError(
        "the network has \(counted(layers[0], "input")), the data have \(counted(data.inputs.width, "input column"))"
      )
    }
    let outputs = layers[layers.count - 1]
    if data.classes.isEmpty {
      guard data.targets.width == outputs else {
        throw OptionError(
          "the network has \(counted(outputs, "output")), the data have \(counted(data.targets.width, "target column"))"
        )
      }
    } else if data.classes.count < 2 {
      throw OptionError("the data have the class \(data.classes[0]) only: there is nothing to tell apart")
    } else if outputs != data.classes.count && !(outputs == 1 && data.classes.count == 2) {
      throw OptionError(
        "the network has \(counted(outputs, "output")), the data have \(data.classes.count) classes")
    }
  }
}

extension Dataset {
  /// The examples with the numbers that a network is to put out.
  package func targeted(outputs: Int, signed: Bool) -> Dataset {
    if classes.isEmpty { return self }
    let low: Element = signed ? -1 : 0
    let rows =
      outputs == 1
      ? Rows(against(rest: low, class: 1), width: 1)
      : Rows(oneHot.values.map { $0 == 0 ? low : 1 }, width: classes.count)
    return Dataset(inputs: inputs, targets: rows, inputNames: inputNames)
  }
}

// MARK: - Prediction

extension Network {
  /// The outputs for rows of inputs, computed in blocks of a thousand.
  ///
  /// - Precondition: as many columns as the network has inputs.
  public func outputs(for rows: Rows<Element>, on tape: Tape<Element>) -> Rows<Element> {
    precondition(rows.width == architecture.layers[0], "Network: \(rows.width) columns of inputs")
    var outputs: [Element] = []
    outputs.reserveCapacity(rows.count * architecture.layers.last!)
    let mark = tape.mark()
    rows.values.withUnsafeBufferPointer { values in
      for start in stride(from: 0, to: rows.count, by: 1000) {
        let end = min(start + 1000, rows.count)
        let block = UnsafeBufferPointer(rebasing: values[start * rows.width..<end * rows.width])
        outputs += self(tape.constant(borrowing: block, shape: [end - start, rows.width])).tensor.elements
        tape.rewind(to: mark)
      }
    }
    return Rows(outputs, width: architecture.layers.last!)
  }

  /// The class of each row of outputs: that of the largest, or with a single output whether it is above the middle.
  ///
  /// - Parameters:
  ///   - outputs: a row per example, as ``outputs(for:on:)`` gives them.
  ///   - loss: decides the middle: ½ between 0 and 1, 0 for scores and signed targets.
  public func classes(of outputs: Rows<Element>, loss: Loss) -> [Int] {
    guard outputs.width == 1 else {
      return (0..<outputs.count).map { row in
        let values = outputs[row]
        return values.indices.max { values[$0] < values[$1] }! - values.startIndex
      }
    }
    let isScore = loss.readsScore && architecture.output != .sigmoid
    return outputs.values.map { $0 > (isScore ? 0 : 0.5) ? 1 : 0 }
  }

  /// How many examples of a classification get their own class.
  public func correct(on data: Dataset<Element>, loss: Loss, tape: Tape<Element>) -> Int {
    zip(classes(of: outputs(for: data.inputs, on: tape), loss: loss), data.labels).count { $0 == $1 }
  }
}
