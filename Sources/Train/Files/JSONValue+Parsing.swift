import Graph

extension JSONValue {
  /// Reads a JSON document (RFC 8259).
  ///
  /// Stricter than the RFC demands in one point, a key that occurs twice in an object is an error: files whose
  /// header says two things about one tensor are not to be trusted.
  ///
  /// - Parameters:
  ///   - bytes: the text in UTF-8.
  ///   - file: the name that errors carry.
  ///   - offset: the place of `bytes` in that file, added to the byte positions of errors.
  /// - Throws: ``FileError/Kind/malformed`` with the byte where the text stops being JSON, also for arrays
  ///   nested more than 256 deep and for numbers beyond the range of `Double`.
  public init(parsing bytes: some Collection<UInt8>, file: String = "JSON", offset: Int = 0) throws(FileError) {
    do throws(JSONError) {
      self = try JSONValue(json: bytes)
    } catch {
      throw FileError(.malformed, file, at: .byte(offset + error.byte), error.message)
    }
  }
}
