/// The checksum of gzip, PNG and zlib: the remainder of the bytes as a polynomial by that of IEEE 802.3.
///
/// ```swift
/// var sum = CRC32()
/// sum.update("123456789".utf8)
/// sum.value  // 0xcbf43926
/// ```
struct CRC32 {
  private var state: UInt32 = .max

  var value: UInt32 { ~state }

  mutating func update(_ bytes: some Collection<UInt8>) {
    if bytes.withContiguousStorageIfAvailable({ advance(UnsafeRawBufferPointer($0)) }) == nil {
      Array(bytes).withUnsafeBytes { advance($0) }
    }
  }

  /// Eight bytes at a time, each by a table of its own.
  private mutating func advance(_ bytes: UnsafeRawBufferPointer) {
    Self.tables.withUnsafeBufferPointer { tables in
      func entry(_ table: Int, _ byte: UInt32) -> UInt32 { tables[table << 8 | Int(byte & 0xff)] }
      var (crc, place) = (state, 0)
      while place + 8 <= bytes.count {
        let low = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)) ^ crc
        let high = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self))
        crc =
          entry(7, low) ^ entry(6, low >> 8) ^ entry(5, low >> 16) ^ entry(4, low >> 24)
          ^ (entry(3, high) ^ entry(2, high >> 8) ^ entry(1, high >> 16) ^ entry(0, high >> 24))
        place += 8
      }
      for byte in bytes[place...] { crc = entry(0, crc ^ UInt32(byte)) ^ crc >> 8 }
      state = crc
    }
  }

  /// Entry [k][b] is the remainder of the byte b with k zero bytes behind it.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      tables[byte] = (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 0 ? crc >> 1 : crc >> 1 ^ 0xedb8_8320 }
    }
    for place in 256..<2048 { tables[place] = tables[place - 256] >> 8 ^ tables[Int(tables[place - 256] & 0xff)] }
    return tables
  }()
}
