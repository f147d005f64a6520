import Foundation

// A checkpoint is a safetensors file: the parameters under their names, what the optimizer remembers as
// `optimizer.NAME.PARAMETER`, what stopping rules compare with as `before.PARAMETER`, and in the metadata the place in
// the data, the history so far and what the model is.

extension Training {
  func saveCheckpoint() throws {
    guard let checkpointPath else { return }
    try checkpoint().write(to: checkpointPath)
    lastCheckpoint = .now
    observe(.checkpoint(checkpointPath))
  }

  /// The parameters and all that is needed to go on.
  public func checkpoint() throws -> Safetensors {
    var file = Safetensors(metadata: metadata)
    for (index, name) in parameters.names.enumerated() {
      let shape = parameters.variables[index].shape.dimensions
      file[name] = StoredTensor(elements: parameters.values[index], shape: shape)
      if !settings.rules.isEmpty {
        file["before.\(name)"] = StoredTensor(elements: parameters.before[index], shape: shape)
      }
      for (memory, buffer) in zip(parameters.memoryNames, parameters.memory[index]) {
        file["optimizer.\(memory).\(name)"] = StoredTensor(elements: Array(buffer), shape: shape)
      }
    }
    let place = Place(batches: batches, lossSum: lossSum.bitPattern, history: history.withoutTimes)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    file.metadata["training"] = String(decoding: try encoder.encode(place), as: UTF8.self)
    return file
  }

  /// Goes on from a checkpoint as if nothing had stopped.
  ///
  /// - Parameter name: the file's name for errors.
  /// - Throws: ``FileError`` where the file is no checkpoint of such a training: a parameter is missing or has another
  ///   shape, the optimizer or the data are others. Nothing has changed then.
  public func resume(from file: Safetensors, named name: String) throws(FileError) {
    guard let text = file.metadata["training"],
      let place = try? JSONDecoder().decode(Place.self, from: Data(text.utf8))
    else { throw FileError(.malformed, name, "expected a checkpoint of a training, found no place to go on from") }
    let now = batches
    let stored = place.batches
    guard stored.count == now.count, stored.size == now.size, stored.sampling == now.sampling else {
      throw FileError(
        .outOfRange, name,
        "expected batches of \(now.size) from \(quantity(now.count, "example")), found \(stored.size) from \(stored.count)"
      )
    }
    var state = self.state
    for (index, parameter) in parameters.names.enumerated() {
      let shape = parameters.variables[index].shape.dimensions
      state.values[index] = try file.tensor(parameter, shape: shape, file: name).elements()
      if !settings.rules.isEmpty {
        state.before[index] = try file.tensor("before.\(parameter)", shape: shape, file: name).elements()
      }
      for (slot, memory) in parameters.memoryNames.enumerated() {
        let key = "optimizer.\(memory).\(parameter)"
        state.memory[index][slot] = try file.tensor(key, shape: shape, file: name).elements()
      }
    }
    (state.batches, state.lossSum) = (place.batches, Double(bitPattern: place.lossSum))
    self.state = state
    history = place.history
    history.stopped = nil
  }
}

/// The place in the data and what came before it.
private struct Place: Codable {
  let batches: Batches
  let lossSum: UInt64
  let history: History
}
