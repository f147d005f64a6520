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

  /// The parameters and all that is needed to go on. The same training gives the same file: it holds no times.
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
    let place = Place(
      batches: batches, lossSum: lossSum.bitPattern, history: history.timeless, optimizer: optimizerName)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    file.metadata["training"] = String(decoding: try encoder.encode(place), as: UTF8.self)
    return file
  }

  /// Goes on from a checkpoint as if nothing had stopped.
  ///
  /// - Parameters:
  ///   - file: a checkpoint.
  ///   - name: the file's name for errors.
  /// - Throws: `FileError` where the file is no checkpoint of such a training: a parameter is missing or has another
  ///   shape, or the optimizer, the data or what ``metadata`` says of the model are others: activation, output, loss,
  ///   standardization. Nothing has changed then.
  public func resume(from file: Safetensors, named name: String) throws(FileError) {
    guard let text = file.metadata["training"],
      let place = try? JSONDecoder().decode(Place.self, from: Data(text.utf8))
    else { throw FileError(.malformed, name, "expected a checkpoint of a training, found no place to go on from") }
    try checkModel(file, name)
    if let optimizer = place.optimizer, optimizer != optimizerName {
      throw FileError(.outOfRange, name, "the optimizer was \(optimizer) and is \(optimizerName)")
    }
    let now = batches
    let stored = place.batches
    guard stored.count == now.count, stored.size == now.size, stored.sampling == now.sampling else {
      throw FileError(
        .outOfRange, name,
        "expected batches of \(now.size) from \(counted(now.count, "example")), found \(stored.size) from \(stored.count)"
      )
    }
    guard place.history.epochs.count <= stored.epoch else {
      throw FileError(
        .malformed, name, "it tells of \(place.history.epochs.count) epochs and is at the end of epoch \(stored.epoch)")
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
    firstLoss = history.epochs.first?.loss
  }

  var optimizerName: String { "\(type(of: settings.optimizer))" }

  /// That the model of the file is the one that is trained, as far as the metadata of both say what they are.
  private func checkModel(_ file: Safetensors, _ name: String) throws(FileError) {
    guard let old = file.metadata["model"], let new = metadata["model"], old != new else { return }
    let (before, now) = try (JSONValue(parsing: Array(old.utf8), file: name), JSONValue(parsing: Array(new.utf8)))
    let changes = changes(from: before, to: now)
    guard changes.isEmpty else {
      throw FileError(.outOfRange, name, "cannot go on with another model: " + changes.joined(separator: ", "))
    }
  }
}

/// What files of before this was kept do not say.
private let laterKeys: Set = ["encoding"]

/// `activation was "tanh" and is "relu"` for every member in which two objects differ.
private func changes(from old: JSONValue?, to new: JSONValue?, _ path: [String] = []) -> [String] {
  if old == new { return [] }
  if case .object(let before)? = old, case .object(let now)? = new {
    return Set((before + now).map(\.key)).sorted().flatMap { changes(from: old?[$0], to: new?[$0], path + [$0]) }
  }
  let name = path.last == "means" || path.last == "deviations" ? path.joined(separator: ".") : path.last ?? "it"
  guard let old else { return laterKeys.contains(name) ? [] : ["\(name) is new"] }
  guard let new else { return ["\(name) is missing"] }
  let (before, now) = ("\(old)", "\(new)")
  return [before.count + now.count < 60 ? "\(name) was \(before) and is \(now)" : "\(name) has changed"]
}

/// The place in the data and what came before it.
struct Place: Codable {
  let batches: Batches
  let lossSum: UInt64
  let history: History
  /// The type of the optimizer; nil in files of before it was kept.
  let optimizer: String?
}
