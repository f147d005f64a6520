extension Engine {
  /// Runs a program on several devices at once.
  ///
  /// - Parameter arguments: the buffers of each device.
  /// - Returns: those of the results, by device.
  func run(_ executable: UInt64, _ arguments: [[UInt64]], resultCount: Int) throws(EngineError) -> [[UInt64]] {
    let (devices, count) = (arguments.count, arguments[0].count)
    var flat = Array(arguments.joined()) + [0]
    var results = [UInt64](repeating: 0, count: devices * resultCount + 1)
    var events = [UInt64](repeating: 0, count: devices)
    var options = PluginInterface.words()
    var answer: Result<Void, EngineError> = .success(())
    flat.withUnsafeMutableBytes { flat in
      results.withUnsafeMutableBytes { results in
        events.withUnsafeMutableBytes { events in
          options.withUnsafeMutableBytes { options in
            // A list of arguments, and one of results, for each device.
            func addresses(_ base: UnsafeMutableRawBufferPointer, _ each: Int) -> [UInt64] {
              (0..<devices).map { PluginInterface.word(base.baseAddress! + $0 * each * 8) }
            }
            var lists = addresses(flat, count) + addresses(results, resultCount)
            lists.withUnsafeMutableBytes { lists in
              let words = PluginInterface.words(
                executable, PluginInterface.word(options.baseAddress), PluginInterface.word(lists.baseAddress),
                UInt64(devices), UInt64(count), PluginInterface.word(lists.baseAddress! + devices * 8),
                PluginInterface.word(events.baseAddress))
              answer = Result { () throws(EngineError) in
                _ = try interface.call(.loadedExecutableExecute, words)
              }
            }
          }
        }
      }
    }
    try answer.get()
    for event in events { try interface.await(event) }
    return (0..<devices).map { Array(results[$0 * resultCount..<($0 + 1) * resultCount]) }
  }
}
