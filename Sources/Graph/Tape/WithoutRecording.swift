extension Tape {
  /// Computes without recording: scalar results inside are plain numbers, and the tape does not grow.
  ///
  /// ```swift
  /// let prediction = tape.withoutRecording { model(x).value }
  /// ```
  public func withoutRecording<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    depthWithoutRecording += 1
    openFastPath()
    defer {
      depthWithoutRecording -= 1
      openFastPath()
    }
    return try body()
  }
}
