/// Tensors on devices, as buffers by device; they are released with the last that knows them.
final class DeviceTensors {
  private let engine: Engine
  private var buffers: [[Buffer]] = []

  /// One that is released when nobody has it any more.
  private final class Buffer {
    let engine: Engine
    let address: UInt64
    init(_ engine: Engine, _ address: UInt64) { (self.engine, self.address) = (engine, address) }
    deinit { try? engine.release(address) }
  }

  init(_ engine: Engine, _ addresses: [[UInt64]] = []) {
    self.engine = engine
    buffers = addresses.map { $0.map { Buffer(engine, $0) } }
  }

  private init(_ engine: Engine, buffers: [[Buffer]]) { (self.engine, self.buffers) = (engine, buffers) }

  var count: Int { buffers.first?.count ?? 0 }

  /// The buffers of a device.
  subscript(device: Int) -> [UInt64] { device < buffers.count ? buffers[device].map(\.address) : [] }

  func append(_ buffer: UInt64, to device: Int) {
    if device == buffers.count { buffers.append([]) }
    buffers[device].append(Buffer(engine, buffer))
  }

  func prefix(_ count: Int) -> DeviceTensors { DeviceTensors(engine, buffers: buffers.map { Array($0.prefix(count)) }) }
  func suffix(from place: Int) -> DeviceTensors {
    DeviceTensors(engine, buffers: buffers.map { Array($0[place...]) })
  }

  /// What the first device has of them.
  func tensors<Element: Number>(_ shapes: [Shape]) throws(EngineError) -> [Tensor<Element>] {
    try zip(self[0], shapes).map { (buffer, shape) throws(EngineError) in try engine.tensor(buffer, shape) }
  }
}
