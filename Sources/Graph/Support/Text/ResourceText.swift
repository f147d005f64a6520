extension String {
  /// The text of a file that is a part of the package.
  package init(resource bytes: [UInt8]) { self.init(decoding: bytes, as: UTF8.self) }
}
