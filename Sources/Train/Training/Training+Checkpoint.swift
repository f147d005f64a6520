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
    let state = state
    for (name, shape, array) in stored {
      file[name] = StoredTensor(elements: state[keyPath: array], shape: shape)
    }
    let place = Place(
      batches: batches, lossSum: lossSum.bitPattern, history: history.timeless, optimizer: optimizerName)
    file.metadata["training"] = try place.sortedJSON()
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
    let then = place.batches
    guard then.count == now.count, then.size == now.size, then.sampling == now.sampling else {
      throw FileError(
        .outOfRange, name,
        "expected batches of \(now.size) from \(counted(now.count, "example")), found \(then.size) from \(then.count)"
      )
    }
    guard place.history.epochs.count <= then.epoch else {
      throw FileError(
        .malformed, name, "it tells of \(place.history.epochs.count) epochs and is at the end of epoch \(then.epoch)")
    }
    var state = self.state
    for (tensor, shape, array) in stored {
      state[keyPath: array] = try file.tensor(tensor, shape: shape, file: name).elements()
    }
    (state.batches, state.lossSum) = (place.batches, Double(bitPattern: place.lossSum))
    self.state = state
    history = place.history
    history.stopped = nil
    firstLoss = history.epochs.first?.loss
  }

  /// The arrays of the state that files hold, in their order.
  private var stored: [(name: String, shape: [Int], array: WritableKeyPath<TrainingState<Element>, [Element]>)] {
    parameters.names.enumerated().flatMap { index, name in
      let memory = parameters.memoryNames.enumerated().map { slot, memory in
        ("optimizer.\(memory).\(name)", \TrainingState<Element>.memory[index][slot])
      }
      let before = settings.rules.isEmpty ? [] : [("before.\(name)", \TrainingState<Element>.before[index])]
      let shape = parameters.variables[index].shape.dimensions
      return ([(name, \.values[index])] + before + memory).map { ($0, shape, $1) }
    }
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

extension Encodable {
  /// A text that is the same for the same value.
  func sortedJSON() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}

/// The place in the data and what came before it.
struct Place: Codable {
  let batches: Batches
  let lossSum: UInt64
  let history: History
  /// The type of the optimizer; nil in files of before it was kept.
  let optimizer: String?
}
