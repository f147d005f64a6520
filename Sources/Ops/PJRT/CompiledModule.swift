/// A module that an engine has compiled, for one device or for several.
public final class CompiledModule<Element: Number> {
  private let engine: Engine
  private let executable: UInt64
  private let resultShapes: [Shape]
  private let inputCount: Int
  private let distribution: Distribution

  init(_ engine: Engine, _ executable: UInt64, _ module: StableHLO, _ distribution: Distribution) {
    (self.engine, self.executable, self.distribution) = (engine, executable, distribution)
    (resultShapes, inputCount) = (module.resultShapes, module.inputCount)
  }

  deinit { _ = try? engine.interface.call(.loadedExecutableDestroy, PluginInterface.words(executable)) }

  /// The results for some arguments, which are copied to the devices and back.
  ///
  /// - Throws: ``EngineError`` where the device reports a mistake, or the rows of an argument cannot be split.
  public func callAsFunction(_ x: [Tensor<Element>]) throws(EngineError) -> [Tensor<Element>] {
    try results(DeviceTensors(engine), x).tensors(resultShapes)
  }

  /// The module again and again, its first results being its first arguments the next time: they stay on the devices.
  ///
  /// - Parameter x: the first arguments, as many as the distribution gives over.
  public func loop(from x: [Tensor<Element>]) throws(EngineError) -> ModuleLoop<Element> {
    guard x.count == distribution.donated, x.count <= resultShapes.count else {
      throw EngineError("\(distribution.donated) arguments become results, not \(x.count)")
    }
    return ModuleLoop(self, try placed(x, from: 0), Array(resultShapes[..<x.count]))
  }

  /// The results for arguments that are on the devices already, followed by others. Those are forgotten.
  func results(_ first: DeviceTensors, _ rest: [Tensor<Element>]) throws(EngineError) -> DeviceTensors {
    guard first.count + rest.count == inputCount else {
      throw EngineError("the module takes \(inputCount) arguments, not \(first.count + rest.count)")
    }
    let others = try placed(rest, from: first.count)
    let arguments = (0..<distribution.devices).map { first[$0] + others[$0] }
    return DeviceTensors(engine, try engine.run(executable, arguments, resultCount: resultShapes.count))
  }

  /// Shapes of the results behind those that are arguments the next time.
  var otherShapes: [Shape] { Array(resultShapes[distribution.donated...]) }

  private func placed(_ x: [Tensor<Element>], from place: Int) throws(EngineError) -> DeviceTensors {
    let placed = DeviceTensors(engine)
    for (index, tensor) in x.enumerated() {
      let isSplit = distribution.split.contains(place + index)
      for device in 0..<distribution.devices {
        let part = isSplit ? try self.part(tensor, device, place + index) : tensor
        placed.append(try engine.buffer(part, on: device), to: device)
      }
    }
    return placed
  }

  /// The rows of a device.
  private func part(_ x: Tensor<Element>, _ device: Int, _ place: Int) throws(EngineError) -> Tensor<Element> {
    let (rows, devices) = (x.shape.dimensions.first ?? 0, distribution.devices)
    guard rows > 0, rows % devices == 0 else {
      throw EngineError("argument \(place + 1) of shape \(x.shape) cannot be split among \(devices) devices")
    }
    let size = x.elements.count / devices
    return Tensor(
      Array(x.elements[device * size..<(device + 1) * size]),
      shape: Shape([rows / devices] + Array(x.shape.dimensions.dropFirst())))
  }
}

/// A module that is run again and again on what it gave before.
public final class ModuleLoop<Element: Number> {
  private let module: CompiledModule<Element>
  private var kept: DeviceTensors
  private let shapes: [Shape]

  init(_ module: CompiledModule<Element>, _ kept: DeviceTensors, _ shapes: [Shape]) {
    (self.module, self.kept, self.shapes) = (module, kept, shapes)
  }

  /// Runs it once with further arguments: the results that are no arguments the next time.
  public func step(_ x: [Tensor<Element>]) throws(EngineError) -> [Tensor<Element>] {
    let results = try module.results(kept, x)
    kept = results.prefix(shapes.count)
    return try results.suffix(from: shapes.count).tensors(module.otherShapes)
  }

  /// What stays on the devices, as it is now.
  public func state() throws(EngineError) -> [Tensor<Element>] { try kept.tensors(shapes) }
}
