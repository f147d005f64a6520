/// A module that an engine has compiled, for one device or for several.
public final class CompiledModule<Element: Number> {
  private let engine: Engine
  private let executable: UInt64
  private let resultShapes: [Shape]
  private let inputCount: Int
  private let indices: [IndexArgument]
  private let distribution: Distribution

  init(_ engine: Engine, _ executable: UInt64, _ module: StableHLO, _ distribution: Distribution) {
    (self.engine, self.executable, self.distribution) = (engine, executable, distribution)
    (resultShapes, inputCount, indices) = (module.resultShapes, module.inputCount, module.indices)
  }

  deinit { _ = try? engine.interface.call(.loadedExecutableDestroy, executable) }

  /// The results for some arguments, which are copied to the devices and back.
  ///
  /// - Parameters:
  ///   - x: the inputs.
  ///   - indices: labels and other indices, in the order of ``StableHLO/indices``; those of the recording unless given.
  /// - Throws: ``EngineError`` where the device reports a mistake, an index is too large, or the rows of an argument cannot be
  ///   split.
  public func callAsFunction(
    _ x: [Tensor<Element>], indices: [[Int]]? = nil
  ) throws(EngineError) -> [Tensor<Element>] {
    try results(DeviceTensors(engine), x, indices).tensors(resultShapes)
  }

  /// The module again and again, its first results being its first arguments the next time: they stay on the devices.
  ///
  /// - Parameter x: the first arguments, as many as the distribution gives over.
  public func loop(from x: [Tensor<Element>]) throws(EngineError) -> ModuleLoop<Element> {
    guard x.count == distribution.donated, x.count <= resultShapes.count else {
      throw EngineError("\(distribution.donated) arguments become results, not \(x.count)")
    }
    let placed = DeviceTensors(engine)
    for (place, tensor) in x.enumerated() { try put(tensor.elements, tensor.shape, at: place, in: placed) }
    return ModuleLoop(self, placed, Array(resultShapes[..<x.count]))
  }

  /// The results for arguments that are on the devices already, followed by others. Those are forgotten.
  func results(
    _ first: DeviceTensors, _ rest: [Tensor<Element>], _ lists: [[Int]]?
  ) throws(EngineError) -> DeviceTensors {
    guard first.count + rest.count == inputCount else {
      throw EngineError("the module takes \(inputCount) arguments, not \(first.count + rest.count)")
    }
    let others = DeviceTensors(engine)
    for (place, x) in rest.enumerated() { try put(x.elements, x.shape, at: first.count + place, in: others) }
    for (place, list) in try checked(lists).enumerated() {
      try put(list.map { Int32($0) }, [list.count], at: inputCount + place, in: others)
    }
    let arguments = (0..<distribution.devices).map { first[$0] + others[$0] }
    return DeviceTensors(engine, try engine.run(executable, arguments, resultCount: resultShapes.count))
  }

  /// Shapes of the results behind those that are arguments the next time.
  var otherShapes: [Shape] { Array(resultShapes[distribution.donated...]) }

  private func checked(_ lists: [[Int]]?) throws(EngineError) -> [[Int]] {
    guard let lists else { return indices.map(\.indices) }
    guard lists.count == indices.count else {
      throw EngineError("the module takes \(counted(indices.count, "list")) of indices, not \(lists.count)")
    }
    for (argument, list) in zip(indices, lists) {
      if let mistake = argument.mistake(in: list) { throw EngineError(mistake) }
    }
    return lists
  }

  /// Copies an argument to the devices: to each its rows, where they are split, or all of it.
  private func put<Value>(
    _ elements: [Value], _ shape: Shape, at place: Int, in placed: DeviceTensors
  ) throws(EngineError) {
    for device in 0..<distribution.devices {
      let part = distribution.split.contains(place) ? try rows(of: device, shape, place) : (0..<shape.count, shape)
      placed.append(try engine.buffer(Array(elements[part.0]), part.1, on: device), to: device)
    }
  }

  /// Which elements of an argument a device gets, and their shape.
  private func rows(of device: Int, _ shape: Shape, _ place: Int) throws(EngineError) -> (Range<Int>, Shape) {
    let (rows, devices) = (shape.dimensions.first ?? 0, distribution.devices)
    guard rows > 0, rows % devices == 0 else {
      throw EngineError("argument \(place + 1) of shape \(shape) cannot be split among \(devices) devices")
    }
    let size = shape.count / devices
    return (device * size..<(device + 1) * size, Shape([rows / devices] + Array(shape.dimensions.dropFirst())))
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
  ///
  /// - Parameter indices: labels and other indices of this step; those of the recording unless given.
  public func step(_ x: [Tensor<Element>], indices: [[Int]]? = nil) throws(EngineError) -> [Tensor<Element>] {
    let results = try module.results(kept, x, indices)
    kept = results.prefix(shapes.count)
    return try results.suffix(from: shapes.count).tensors(module.otherShapes)
  }

  /// What stays on the devices, as it is now.
  public func state() throws(EngineError) -> [Tensor<Element>] { try kept.tensors(shapes) }
}
