/// The bits of values as little-endian bytes, whatever the machine's own order.
func littleEndianBytes<Value, Bits: FixedWidthInteger>(_ values: [Value], _ bits: (Value) -> Bits) -> [UInt8] {
  let size = MemoryLayout<Bits>.size
  return [UInt8](unsafeUninitializedCapacity: values.count * size) { buffer, count in
    let raw = UnsafeMutableRawBufferPointer(buffer)
    for (index, value) in values.enumerated() {
      raw.storeBytes(of: bits(value).littleEndian, toByteOffset: index * size, as: Bits.self)
    }
    count = values.count * size
  }
}

extension UnsafeRawBufferPointer {
  /// All integers that lie in the buffer one after the other, little-endian and aligned to nothing.
  func loadAll<Bits: FixedWidthInteger>(_ type: Bits.Type) -> some Collection<Bits> {
    let size = MemoryLayout<Bits>.size
    return (0..<count / size).lazy.map {
      Bits(littleEndian: self.loadUnaligned(fromByteOffset: $0 * size, as: Bits.self))
    }
  }
}

/// An IEEE half as a float, which holds each of them. (`Float16` does not exist on every platform of Swift.)
func widenHalf(_ bits: UInt16) -> Float {
  let sign = UInt32(bits >> 15) << 31
  let exponent = UInt32(bits >> 10 & 0x1f)
  let fraction = UInt32(bits & 0x3ff)
  switch exponent {
  case 0:  // zero and the subnormal halves, multiples of 2⁻²⁴
    return Float(bitPattern: sign | (Float(fraction) * 0x1p-24).bitPattern)
  case 0x1f: return Float(bitPattern: sign | 0xff << 23 | fraction << 13)
  default: return Float(bitPattern: sign | (exponent + 127 - 15) << 23 | fraction << 13)
  }
}

/// The same elements with the bytes of each in the opposite order.
func swapped(_ bytes: [UInt8], size: Int) -> [UInt8] {
  guard size > 1 else { return bytes }
  var result = bytes
  for start in stride(from: 0, to: bytes.count, by: size) {
    for offset in 0..<size { result[start + offset] = bytes[start + size - 1 - offset] }
  }
  return result
}
