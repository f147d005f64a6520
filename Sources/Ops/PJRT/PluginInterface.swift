#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The C interface of PJRT plugins, as far as it is used here: functions by their places in its table, and arguments as
/// words of eight bytes, which all fields of its structures fill or begin.
struct PluginInterface: @unchecked Sendable {
  /// The places of functions in the table.
  enum Function: Int {
    case errorDestroy = 0
    case errorMessage = 1
    case pluginInitialize = 3
    case eventDestroy = 5
    case eventAwait = 8
    case clientCreate = 10
    case clientDestroy = 11
    case clientPlatformName = 12
    case clientAddressableDevices = 16
    case clientCompile = 20
    case clientBufferFromHostBuffer = 22
    case loadedExecutableDestroy = 50
    case loadedExecutableExecute = 55
    case bufferDestroy = 58
    case bufferToHostBuffer = 70
  }

  typealias Words = [UInt64]
  private typealias Call = @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer?
  private typealias GetInterface = @convention(c) () -> UnsafePointer<UInt64>?

  /// The table: its size, a chain of extensions, the version in three words, and the functions.
  private let table: UnsafePointer<UInt64>
  private static let firstFunction = 5
  /// The first version whose table is as it is used here.
  private static let oldestMinor = 40

  /// - Throws: ``EngineError`` where the file is no such plugin, or one of another version.
  init(plugin path: String) throws(EngineError) {
    guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw EngineError("\(path): cannot be loaded: \(dlerror().map { String(cString: $0) } ?? "no reason given")")
    }
    guard let symbol = dlsym(library, "GetPjrtApi"),
      let table = unsafeBitCast(symbol, to: GetInterface.self)()
    else { throw EngineError("\(path): is no PJRT plugin: it has no GetPjrtApi") }
    self.table = table
    let (major, minor) = (Int(table[4] & 0xFFFF_FFFF), Int(table[4] >> 32))
    let needed = (Self.firstFunction + Function.bufferToHostBuffer.rawValue + 1) * 8
    guard major == 0, minor >= Self.oldestMinor, table[0] >= UInt64(needed) else {
      throw EngineError("\(path): has version \(major).\(minor) of PJRT; 0.\(Self.oldestMinor) or later is needed")
    }
  }

  /// A structure: its size, no extension, and its fields. More room than any takes, so that one that has grown finds zeros.
  static func words(_ fields: [UInt64]) -> Words {
    var words = Words(repeating: 0, count: 32)
    words[0] = UInt64(words.count * 8)
    for (place, field) in fields.enumerated() { words[place + 2] = field }
    return words
  }

  /// Calls a function: its arguments afterwards, into which it may have written results.
  @discardableResult
  func call(_ function: Function, _ fields: UInt64...) throws(EngineError) -> Words {
    let (words, error) = raw(function, fields)
    guard let error = error.map({ Self.word($0) }) else { return words }
    let message = raw(.errorMessage, [error]).words
    defer { _ = raw(.errorDestroy, [error]) }
    throw EngineError(Self.text(message[3], message[4]))
  }

  /// Waits for an event and forgets it.
  func await(_ event: UInt64) throws(EngineError) {
    guard event != 0 else { return }
    try call(.eventAwait, event)
    try call(.eventDestroy, event)
  }

  private func raw(_ function: Function, _ fields: [UInt64]) -> (words: Words, error: UnsafeMutableRawPointer?) {
    var words = Self.words(fields)
    let address = UnsafeRawPointer(bitPattern: UInt(table[Self.firstFunction + function.rawValue]))
    guard let address else { fatalError("PJRT: a function is missing") }
    let error = words.withUnsafeMutableBytes { unsafeBitCast(address, to: Call.self)($0.baseAddress!) }
    return (words, error)
  }

  /// A text that a call has given, by its address and length.
  static func text(_ address: UInt64, _ count: UInt64) -> String {
    guard let start = UnsafePointer<UInt8>(bitPattern: UInt(address)) else { return "" }
    return String(decoding: UnsafeBufferPointer(start: start, count: Int(count)), as: UTF8.self)
  }

  static func word(_ pointer: UnsafeRawPointer?) -> UInt64 { UInt64(UInt(bitPattern: pointer)) }
}

/// Memory that stays where it is while a plugin reads and writes it, until it is freed.
struct PluginMemory {
  private var blocks: [UnsafeMutableRawPointer] = []

  mutating func copy<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
    let block = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
    block.initialize(from: elements, count: elements.count)
    blocks.append(block)
    return block
  }

  func free() { for block in blocks { block.deallocate() } }
}

/// Why an engine cannot be used, or what it said.
public struct EngineError: Error, Sendable, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}
