extension Training {
  /// Has a PJRT plugin take the steps: what ``TrainingStep`` exports, compiled, with parameters that stay on its devices.
  ///
  /// They come back after every epoch and for every checkpoint; files, stopping rules and test examples are those of any other
  /// training. Call it when the parameters stand where the training begins.
  ///
  /// ```swift
  /// try training.takeSteps(on: Engine(plugin: "pjrt_c_api_cpu_plugin.so"), devices: 2)
  /// try training.run()
  /// ```
  /// - Parameters:
  ///   - engine: the plugin.
  ///   - devices: how many of its devices share a batch, in equal parts. A last, smaller batch of an epoch runs on one.
  /// - Throws: as ``TrainingStep/init(of:)``; `EngineError` where the plugin cannot compile the step, `ExportError` where the batch
  ///   cannot be split.
  public func takeSteps(on engine: Engine, devices: Int = 1) throws {
    guard batches.size % devices == 0 else {
      throw ExportError(description: "a batch of \(batches.size) cannot be split among \(devices) devices")
    }
    taker = try EngineSteps(of: self, on: engine, devices: devices)
  }
}

/// The steps of a training by a plugin.
private final class EngineSteps<Element: Number>: StepTaker {
  private let data: Dataset<Element>
  private let memoryCount: Int
  /// The step for a whole batch, and for what is left of an epoch.
  private let modules: [Int: CompiledModule<Element>]
  /// The one that ran last, and on how many examples.
  private var loop: ModuleLoop<Element>
  private var count: Int

  init(of training: Training<Element>, on engine: Engine, devices: Int) throws {
    (data, memoryCount) = (training.data, training.parameters.memoryNames.count)
    let (size, rest) = (training.batches.size, training.data.count % training.batches.size)
    var modules: [Int: CompiledModule<Element>] = [:]
    for count in training.settings.sampling == .withReplacement || rest == 0 ? [size] : [size, rest] {
      let step = try TrainingStep(of: training, examples: count)
      let state = step.stateNames.count
      // Behind the state come the rate, the number of the step, and the examples.
      modules[count] = try engine.compile(
        step.module, Element.self,
        Distribution(
          devices: count == size ? devices : 1, split: count == size && devices > 1 ? [state + 2, state + 3] : [],
          donated: state))
    }
    (self.modules, count) = (modules, size)
    let state = training.state
    let shapes = training.parameters.variables.map(\.shape)
    let values = zip(state.values, shapes).map { Tensor($0, shape: $1) }
    let memory = zip(state.memory, shapes).flatMap { arrays, shape in arrays.map { Tensor($0, shape: shape) } }
    loop = try modules[size]!.loop(from: values + memory)
  }

  func step(_ indices: ArraySlice<Int>, rate: Double, number: Int) throws -> Double {
    if indices.count != count {
      loop = try modules[indices.count]!.loop(from: try loop.state())
      count = indices.count
    }
    let x: [Tensor<Element>] = [
      Tensor(Element(rate)), Tensor(Element(number)), Tensor(data.inputs.rows(at: indices)),
      Tensor(data.targets.rows(at: indices)),
    ]
    return Double(try loop.step(x)[0].elements[0])
  }

  func state() throws -> (values: [[Element]], memory: [[[Element]]]) {
    let arrays = try loop.state().map(\.elements)
    let count = arrays.count / (1 + memoryCount)
    let memory = (0..<count).map { place in
      Array(arrays[count + place * memoryCount..<count + (place + 1) * memoryCount])
    }
    return (Array(arrays[..<count]), memory)
  }
}
