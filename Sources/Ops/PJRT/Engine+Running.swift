extension Engine {
  /// Runs a program on several devices at once.
  ///
  /// - Parameter arguments: the buffers of each device.
  /// - Returns: those of the results, by device.
  func run(_ executable: UInt64, _ arguments: [[UInt64]], resultCount: Int) throws(EngineError) -> [[UInt64]] {
    let (devices, count) = (arguments.count, arguments[0].count)
    var memory = PluginMemory()
    defer { memory.free() }
    let flat = memory.copy(Array(arguments.joined()))
    let results = memory.copy(PluginInterface.Words(repeating: 0, count: devices * resultCount))
    let events = memory.copy(PluginInterface.Words(repeating: 0, count: devices))
    // A list of arguments, and one of results, for each device.
    let lists = memory.copy(
      (0..<devices).map { PluginInterface.word(flat + $0 * count) }
        + (0..<devices).map { PluginInterface.word(results + $0 * resultCount) })
    try interface.call(
      .loadedExecutableExecute, executable, PluginInterface.word(memory.copy(PluginInterface.words([]))),
      PluginInterface.word(lists), UInt64(devices), UInt64(count), PluginInterface.word(lists + devices),
      PluginInterface.word(events))
    for device in 0..<devices { try interface.await(events[device]) }
    return (0..<devices).map { device in (0..<resultCount).map { results[device * resultCount + $0] } }
  }
}
