/// A PJRT plugin, which compiles StableHLO and runs it: XLA for processors, GPUs or TPUs, without Python.
///
/// ```swift
/// let engine = try Engine(plugin: "pjrt_c_api_cpu_plugin.so")
/// let f = try engine.compile(StableHLO(function, .valueWithGradient), Double.self)
/// try f([Tensor(0.5), Tensor(3)])  // the value and its gradient
/// ```
/// Plugins are shared libraries that others build; none comes with this package.
public final class Engine {
  let interface: PluginInterface
  private let client: UInt64
  /// The device that modules are run on.
  let device: UInt64
  /// What it runs on: `cpu`, `cuda`.
  public let platform: String
  /// How many devices this process can use; modules run on the first.
  public let deviceCount: Int

  /// - Throws: ``EngineError`` where the file cannot be loaded, is no plugin, or too old, or finds no device.
  public init(plugin path: String) throws(EngineError) {
    let interface = try PluginInterface(plugin: path)
    try interface.call(.pluginInitialize, PluginInterface.words())
    let client = try interface.call(.clientCreate, PluginInterface.words())[8]
    let name = try interface.call(.clientPlatformName, PluginInterface.words(client))
    let devices = try interface.call(.clientAddressableDevices, PluginInterface.words(client))
    (self.interface, self.client) = (interface, client)
    platform = PluginInterface.text(name[3], name[4])
    deviceCount = Int(devices[4])
    guard deviceCount > 0, let first = UnsafePointer<UInt64>(bitPattern: UInt(devices[3])) else {
      throw EngineError("\(path): found no device")
    }
    device = first[0]
  }

  deinit { _ = try? interface.call(.clientDestroy, PluginInterface.words(client)) }

  /// Compiles a module whose inputs and results are numbers of one type.
  ///
  /// - Throws: ``EngineError`` with what the compiler says.
  public func compile<Element: Number>(
    _ module: StableHLO, _ type: Element.Type
  ) throws(EngineError) -> CompiledModule<Element> {
    var (text, format) = (Array(module.text.utf8), Array("mlir".utf8))
    // One replica in one partition: fields 4 and 5 of the build options, which are field 3 of the compile options.
    var options: [UInt8] = [0x1A, 4, 0x20, 1, 0x28, 1]
    var executable: Result<UInt64, EngineError> = .success(0)
    text.withUnsafeMutableBytes { text in
      format.withUnsafeMutableBytes { format in
        options.withUnsafeMutableBytes { options in
          let program = PluginInterface.words(
            PluginInterface.word(text.baseAddress), UInt64(text.count), PluginInterface.word(format.baseAddress),
            UInt64(format.count))
          program.withUnsafeBytes { program in
            let words = PluginInterface.words(
              client, PluginInterface.word(program.baseAddress), PluginInterface.word(options.baseAddress),
              UInt64(options.count))
            executable = Result { () throws(EngineError) in try interface.call(.clientCompile, words)[6] }
          }
        }
      }
    }
    return CompiledModule(self, try executable.get(), module)
  }

  /// The elements of a tensor on the device.
  func buffer<Element: Number>(_ x: Tensor<Element>) throws(EngineError) -> UInt64 {
    let dimensions = x.shape.dimensions.map { Int64($0) }
    var answer: Result<PluginInterface.Words, EngineError> = .success([])
    x.elements.withUnsafeBytes { elements in
      dimensions.withUnsafeBytes { dimensions in
        let kind: UInt64 = Element.self == Float.self ? 11 : 12
        let words = PluginInterface.words(
          client, PluginInterface.word(elements.baseAddress), kind, PluginInterface.word(dimensions.baseAddress),
          UInt64(x.shape.rank), 0, 0, 0, device)
        answer = Result { () throws(EngineError) in try interface.call(.clientBufferFromHostBuffer, words) }
      }
    }
    let words = try answer.get()
    try interface.await(words[13])
    return words[14]
  }

  /// The elements of a buffer, which is forgotten.
  func tensor<Element: Number>(_ buffer: UInt64, _ shape: Shape) throws(EngineError) -> Tensor<Element> {
    var result = Tensor<Element>(repeating: 0, shape: shape)
    let count = shape.count * MemoryLayout<Element>.stride
    var answer: Result<PluginInterface.Words, EngineError> = .success([])
    result.elements.withUnsafeMutableBytes { elements in
      let words = PluginInterface.words(buffer, 0, PluginInterface.word(elements.baseAddress), UInt64(count))
      answer = Result { () throws(EngineError) in
        let words = try interface.call(.bufferToHostBuffer, words)
        try interface.await(words[6])
        return words
      }
    }
    try release(buffer)
    _ = try answer.get()
    return result
  }

  func release(_ buffer: UInt64) throws(EngineError) {
    try interface.call(.bufferDestroy, PluginInterface.words(buffer))
  }
}

/// A module that an engine has compiled.
public final class CompiledModule<Element: Number> {
  private let engine: Engine
  private let executable: UInt64
  private let resultShapes: [Shape]
  private let inputCount: Int

  init(_ engine: Engine, _ executable: UInt64, _ module: StableHLO) {
    (self.engine, self.executable) = (engine, executable)
    (resultShapes, inputCount) = (module.resultShapes, module.inputCount)
  }

  deinit { _ = try? engine.interface.call(.loadedExecutableDestroy, PluginInterface.words(executable)) }

  /// The results for some arguments, which are copied to the device and back.
  ///
  /// - Throws: ``EngineError`` where the device reports a mistake.
  public func callAsFunction(_ x: [Tensor<Element>]) throws(EngineError) -> [Tensor<Element>] {
    guard x.count == inputCount else { throw EngineError("the module takes \(inputCount) arguments, not \(x.count)") }
    var arguments: [UInt64] = []
    for tensor in x { arguments.append(try engine.buffer(tensor)) }
    let results = try run(arguments)
    for argument in arguments { try engine.release(argument) }
    var tensors: [Tensor<Element>] = []
    for (result, shape) in zip(results, resultShapes) { tensors.append(try engine.tensor(result, shape)) }
    return tensors
  }

  private func run(_ arguments: [UInt64]) throws(EngineError) -> [UInt64] {
    var results = [UInt64](repeating: 0, count: resultShapes.count)
    var event: [UInt64] = [0]
    let options = PluginInterface.words()
    var answer: Result<Void, EngineError> = .success(())
    arguments.withUnsafeBytes { arguments in
      results.withUnsafeMutableBytes { results in
        event.withUnsafeMutableBytes { event in
          options.withUnsafeBytes { options in
            // One list of arguments, and one of results, for the one device.
            let lists = [PluginInterface.word(arguments.baseAddress), PluginInterface.word(results.baseAddress)]
            lists.withUnsafeBytes { lists in
              let words = PluginInterface.words(
                executable, PluginInterface.word(options.baseAddress), PluginInterface.word(lists.baseAddress), 1,
                UInt64(inputCount), PluginInterface.word(lists.baseAddress! + 8),
                PluginInterface.word(event.baseAddress))
              answer = Result { () throws(EngineError) in
                _ = try engine.interface.call(.loadedExecutableExecute, words)
              }
            }
          }
        }
      }
    }
    try answer.get()
    try engine.interface.await(event[0])
    return results
  }
}
