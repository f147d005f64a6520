import Foundation

/// A folder with a module and all that runs it: `python3 run.py` there needs nothing but jax.
public enum ExportFolder {
  /// Writes a function of tensors with the arguments at which it was recorded.
  ///
  /// - Parameters:
  ///   - function: recorded at the arguments.
  ///   - content: what the module computes of it.
  ///   - inputs: the names of its inputs and the arguments, in their order. Labels and other indices are arguments too, under
  ///     the names of ``StableHLO/indices``.
  ///   - folder: made where it is not there.
  /// - Throws: `ExportError`, `FileError`
  public static func write(
    _ function: RecordedFunction<Double>, _ content: StableHLO.Content, inputs: [(name: String, value: Tensor<Double>)],
    to folder: String
  ) throws {
    let module = try StableHLO(function, content)
    let names = JSONValue.array(inputs.map { .string($0.name) })
    let limits = JSONValue.object(module.indices.map { JSONValue.Member($0.name, JSONValue($0.limit)) })
    var arguments = Safetensors(metadata: ["inputs": "\(names)", "limits": "\(limits)"])
    for (name, value) in inputs {
      arguments[name] = StoredTensor(elements: value.elements, shape: value.shape.dimensions)
    }
    for list in module.indices { arguments[list.name] = StoredTensor(list.indices.map { Int32($0) }) }
    try write(module, script: PackageResources.function_py, readme: PackageResources.function_md, to: folder)
    try arguments.write(to: folder + "/arguments.safetensors")
  }

  /// Writes a training as it stands: its step, its parameters, its data, and the learning rate of every step.
  ///
  /// - Throws: `ExportError`, `RecordingError`, `FileError`
  public static func write<Element: Number>(_ training: Training<Element>, to folder: String) throws {
    let step = try TrainingStep(of: training)
    var data = Safetensors()
    for (name, rows) in [("inputs", training.data.inputs), ("targets", training.data.targets)] {
      data[name] = StoredTensor(elements: rows.values, shape: [rows.count, rows.width])
    }
    for list in step.module.indices { data[list.name] = StoredTensor(list.indices.map { Int32($0) }) }
    let steps = training.settings.epochs * training.batches.stepsPerEpoch
    data["rates"] = StoredTensor(elements: (0..<steps).map { training.settings.rate($0 + 1) }, shape: [steps])
    let settings: JSONValue = [
      "state": .array(step.stateNames.map { .string($0) }),
      "indices": .array(step.module.indices.map { .string($0.name) }), "batch": JSONValue(step.batch),
      "precision": .string(Element.self == Float.self ? "single" : "double"),
      "seed": JSONValue(Int(training.settings.seed & (1 << 53 - 1))),
      "sampling": .string(training.settings.sampling.rawValue),
      "places": .array(try training.placesAfterEpochs().map { .string($0) }),
    ]
    try write(step.module, script: PackageResources.training_py, readme: PackageResources.training_md, to: folder)
    try training.checkpoint().write(to: folder + "/start.safetensors")
    try data.write(to: folder + "/data.safetensors")
    try WholeFile.write("\(settings)\n", to: folder + "/settings.json")
  }

  /// The module, what runs it, and what is to be read about it. The launchers hold no arithmetic: what is computed stands in
  /// the module.
  private static func write(
    _ module: StableHLO, script: [UInt8], readme: [UInt8], to folder: String
  ) throws(FileError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch { throw FileError(.unwritable, folder, "cannot be made: \(error.localizedDescription)") }
    try WholeFile.write(module.text, to: folder + "/module.mlir")
    let common = String(resource: PackageResources.common_py)
    let run = String(resource: script).replacing("# common.py\n", with: common)
    try WholeFile.write(run, to: folder + "/run.py")
    try WholeFile.write(readme, to: folder + "/README.md")
  }
}

extension Training {
  /// What checkpoints say of the place after each epoch that is to come, and nothing of its history.
  func placesAfterEpochs() throws -> [String] {
    var batches = batches
    return try (0..<settings.epochs).map { epoch in
      while batches.epoch <= epoch { _ = batches.next() }
      return try Place(batches: batches, lossSum: 0, history: History(), optimizer: optimizerName).sortedJSON()
    }
  }
}
