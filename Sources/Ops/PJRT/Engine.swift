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
  private let devices: [UInt64]
  /// What it runs on: `cpu`, `cuda`.
  public let platform: String
  /// How many devices this process can use; modules run on the first ones.
  public var deviceCount: Int { devices.count }

  /// - Throws: ``EngineError`` where the file cannot be loaded, is no plugin, or too old, or finds no device.
  public init(plugin path: String) throws(EngineError) {
    let interface = try PluginInterface(plugin: path)
    try interface.call(.pluginInitialize)
    let client = try interface.call(.clientCreate)[8]
    let name = try interface.call(.clientPlatformName, client)
    let devices = try interface.call(.clientAddressableDevices, client)
    (self.interface, self.client) = (interface, client)
    platform = PluginInterface.text(name[3], name[4])
    let found = UnsafePointer<UInt64>(bitPattern: UInt(devices[3]))
    self.devices = Array(UnsafeBufferPointer(start: found, count: found == nil ? 0 : Int(devices[4])))
    guard !self.devices.isEmpty else { throw EngineError("\(path): found no device") }
  }

  deinit { _ = try? interface.call(.clientDestroy, client) }

  /// Compiles a module whose inputs and results are numbers of one type.
  ///
  /// - Parameters:
  ///   - module: for the shapes that it was written for.
  ///   - type: of those numbers.
  ///   - distribution: over how many devices, and how.
  /// - Throws: ``EngineError`` with what the compiler says, or where there are not so many devices.
  public func compile<Element: Number>(
    _ module: StableHLO, _ type: Element.Type, _ distribution: Distribution = Distribution()
  ) throws(EngineError) -> CompiledModule<Element> {
    guard distribution.devices <= min(deviceCount, 127) else {
      throw EngineError("\(distribution.devices) devices are asked for, and \(platform) has \(deviceCount)")
    }
    let (text, format) = (Array(module.text(for: distribution).utf8), Array("mlir".utf8))
    // One replica, in partitions that the compiler makes of the whole: fields 4, 5 and 6 of the build options, which are
    // field 3 of the compile options.
    let options: [UInt8] = [
      0x1A, 6, 0x20, 1, 0x28, UInt8(distribution.devices), 0x30, distribution.devices > 1 ? 1 : 0,
    ]
    var memory = PluginMemory()
    defer { memory.free() }
    let program = PluginInterface.words([
      PluginInterface.word(memory.copy(text)), UInt64(text.count), PluginInterface.word(memory.copy(format)),
      UInt64(format.count),
    ])
    let executable = try interface.call(
      .clientCompile, client, PluginInterface.word(memory.copy(program)), PluginInterface.word(memory.copy(options)),
      UInt64(options.count))[6]
    return CompiledModule(self, executable, module, distribution)
  }

  /// Numbers of a shape on a device.
  func buffer<Element>(_ x: [Element], _ shape: Shape, on device: Int) throws(EngineError) -> UInt64 {
    let dimensions = shape.dimensions.map { Int64($0) }
    // S32, F32 and F64 among the types of PJRT's buffers.
    let kind: UInt64 = Element.self == Int32.self ? 4 : Element.self == Float.self ? 11 : 12
    let words = try x.withUnsafeBufferPointer { (elements) throws(EngineError) in
      try dimensions.withUnsafeBufferPointer { (dimensions) throws(EngineError) in
        try interface.call(
          .clientBufferFromHostBuffer, client, PluginInterface.word(elements.baseAddress), kind,
          PluginInterface.word(dimensions.baseAddress), UInt64(shape.rank), 0, 0, 0, devices[device])
      }
    }
    try interface.await(words[13])
    return words[14]
  }

  /// The elements of a buffer.
  func tensor<Element: Number>(_ buffer: UInt64, _ shape: Shape) throws(EngineError) -> Tensor<Element> {
    var result = Tensor<Element>(repeating: 0, shape: shape)
    let count = shape.count * MemoryLayout<Element>.stride
    try result.elements.withUnsafeMutableBufferPointer { (elements) throws(EngineError) in
      let words = try interface.call(
        .bufferToHostBuffer, buffer, 0, PluginInterface.word(elements.baseAddress), UInt64(count))
      try interface.await(words[6])
    }
    return result
  }

  func release(_ buffer: UInt64) throws(EngineError) {
    try interface.call(.bufferDestroy, buffer)
  }
}
