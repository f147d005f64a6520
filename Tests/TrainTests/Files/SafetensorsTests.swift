import Foundation
import Testing

@testable import ChainruleData

@Suite("Safetensors")
struct SafetensorsTests {
  /// A file put together by hand: length, header, data.
  private func file(_ header: String, data: Int = 0) -> [UInt8] {
    [UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8)
      + (0..<data).map { UInt8($0) }
  }

  @Test func tensorsAsTheyAre() {
    let tensor = Tensor<Double>([[1, 0.1], [3, 4]])
    #expect(StoredTensor(tensor) == StoredTensor([1, 0.1, 3, 4], shape: [2, 2]))
    #expect(StoredTensor(Tensor<Float>([0.1])) == StoredTensor([0.1 as Float]))
    #expect(Tensor<Double>(StoredTensor(tensor)) == tensor)
    #expect(Tensor<Float>(StoredTensor(tensor)) == Tensor([[1, 0.1], [3, 4]]))
    #expect(Tensor<Double>(StoredTensor([1.0], shape: Array(repeating: 1, count: 9))) == nil)
  }

  @Test func bytesAreThoseOfTheFormat() {
    var tensors = Safetensors(metadata: ["k": "v"])
    tensors["a"] = StoredTensor([1, -2] as [Float], shape: [1, 2])
    tensors["b"] = StoredTensor([3.0])
    let header =
      #"{"__metadata__": {"checksum": "crc32:9bb062f5", "k": "v"}, "b": {"dtype": "F64", "shape": [1], "data_offsets": [0, 8]}, "#
      + #""a": {"dtype": "F32", "shape": [1, 2], "data_offsets": [8, 16]}}"#
    let padding = String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    let data: [UInt8] = [0, 0, 0, 0, 0, 0, 8, 0x40, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]
    #expect(tensors.encoded() == Array(file(header + padding)) + data)
  }

  @Test func whatIsWrittenIsRead() throws {
    let folder = TemporaryFolder()
    var tensors = Safetensors(metadata: ["seed": "1", "名": "\"值\"\n"])
    tensors["weights"] = StoredTensor(
      [1.5, .pi, -0.0, .infinity, .leastNonzeroMagnitude, 1e308], shape: [2, 3])
    tensors["scalar"] = StoredTensor([2.5 as Float], shape: [])
    tensors["empty"] = StoredTensor([] as [Double], shape: [0, 4])
    tensors["counts"] = StoredTensor([1, -1, .max])
    let path = folder.file("m.safetensors")
    try tensors.write(to: path)
    let read = try Safetensors(contentsOf: path)
    #expect(read.metadata == tensors.metadata)
    #expect(Set(read.names) == Set(tensors.names))
    for name in tensors.names { #expect(read[name] == tensors[name], "\(name)") }
    #expect(read.encoded() == tensors.encoded())
  }

  @Test func everyElementTypeIsRead() throws {
    let cases: [(String, [UInt8], [Double], [Int]?)] = [
      ("F64", [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], [1.5], nil),
      ("F32", [0, 0, 0xc0, 0xbf], [-1.5], nil),
      ("F16", [0, 0x3c, 0xff, 0x7b, 1, 0, 0, 0xfc], [1, 65504, 0x1p-24, -.infinity], nil),
      ("BF16", [0x80, 0x3f, 0xc0, 0xbf], [1, -1.5], nil),
      ("I64", [0xfe, 255, 255, 255, 255, 255, 255, 255], [-2], [-2]),
      ("I32", [0, 1, 0, 0x80], [-2147483392], [-2147483392]),
      ("I16", [0, 0x80], [-32768], [-32768]),
      ("I8", [0x80, 0x7f], [-128, 127], [-128, 127]),
      ("U64", [255, 255, 255, 255, 255, 255, 255, 255], [0x1p64], nil),
      ("U32", [255, 255, 255, 255], [4294967295], [4294967295]),
      ("U16", [255, 255], [65535], [65535]),
      ("U8", [200, 3], [200, 3], [200, 3]),
      ("BOOL", [1, 0], [1, 0], [1, 0]),
    ]
    #expect(cases.count == StoredTensor.ElementType.allCases.count)
    for (type, bytes, values, integers) in cases {
      let header =
        #"{"t":{"dtype":"\#(type)","shape":[\#(values.count)],"data_offsets":[0,\#(bytes.count)]}}"#
      let tensor = try Safetensors(parsing: file(header) + bytes, file: "t")["t"]
      #expect(tensor?.doubles == values, "\(type)")
      #expect(tensor?.floats == values.map { Float($0) }, "\(type)")
      #expect(tensor?.integers == integers, "\(type)")
    }
  }

  @Test(
    "a file that breaks a rule is refused",
    arguments: [
      (#"{ "#, 0, "byte 10: expected a key in quotes before the text ends"),
      (#"[]"#, 0, "byte 8: expected a JSON object as header"),
      (#" {}"#, 0, "byte 8: expected a JSON object as header"),
      (#"{"a":1}"#, 0, "tensor 'a': expected a dtype"),
      (
        #"{"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}}"#, 8,
        "tensor 'a': expected a dtype of F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, BOOL, found 'C64'"
      ),
      (
        #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4,
        "tensor 'a': expected a shape of whole numbers"
      ),
      (
        #"{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#, 4,
        "tensor 'a': expected a shape of whole numbers"
      ),
      (
        #"{"a":{"dtype":"F32","shape":[4000000000,4000000000],"data_offsets":[0,4]}}"#, 4,
        "tensor 'a': expected a shape of whole numbers"
      ),
      (
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4,
        "tensor 'a': expected data_offsets [begin, end]"
      ),
      (
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4,
        "tensor 'a': shape [2] of F32 needs 8 bytes, data_offsets give 4"
      ),
      (
        #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[3,7]}}"#,
        7, "tensor 'b': overlaps tensor 'a'"
      ),
      (
        #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[5,9]}}"#,
        9, "tensor 'b': leaves 1 bytes before it unused"
      ),
      (
        #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#, 3,
        "tensor 'a': ends at byte 4 of the data, the file has 3 bytes of data"
      ),
      (
        #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#, 5,
        "1 bytes after the last tensor belong to none"
      ),
      (
        #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#,
        1, "byte 64: expected each key once, and 'a' is there twice"
      ),
      (#"{"__metadata__":{"a":1}}"#, 0, "expected text as __metadata__ of 'a'"),
      (#"{"__metadata__":[]}"#, 0, "expected __metadata__ to be an object"),
    ])
  func malformed(header: String, data: Int, message: String) {
    let bytes = file(header, data: data)
    let error = fileError { () throws(FileError) in try Safetensors(parsing: bytes, file: "m") }
    #expect(error?.description == "m: " + message)
  }

  @Test(arguments: [
    ([UInt8](), "m: expected 8 bytes of header length, found a file of 0 bytes", FileError.Kind.truncated),
    ([9, 0, 0, 0, 0, 0, 0, 0, 0x7b], "m: the header ends at byte 17, the file has 9 bytes", .truncated),
    ([0, 0, 0, 0, 0, 0, 0, 0], "m: expected a JSON object as header, found 0 bytes", .malformed),
    (
      Array("a,b,c,d\n1,2".utf8), "m: not a safetensors file: its header would have 748772242508360801 bytes",
      .malformed
    ),
  ])
  func headerLength(bytes: [UInt8], message: String, kind: FileError.Kind) {
    let error = fileError { () throws(FileError) in try Safetensors(parsing: bytes, file: "m") }
    #expect(error?.description == message)
    #expect(error?.kind == kind)
  }

  /// zlib's sums of the same bytes.
  @Test func crc32() {
    func sum(_ bytes: some Collection<UInt8>) -> UInt32 {
      var sum = CRC32()
      sum.update(bytes)
      return sum.value
    }
    #expect(sum("123456789".utf8) == 0xcbf4_3926 && sum([]) == 0)
    let many = (0..<5).flatMap { _ in (0...255).map { UInt8($0) } } + Array("xyz".utf8)
    #expect(sum(many) == 0xb449_d98d)
    var parts = CRC32()
    for part in [many[..<3], many[3..<1000], many[1000...]] { parts.update(part) }
    #expect(parts.value == 0xb449_d98d)
  }

  /// Whichever bit is flipped, the file is refused, or says the same.
  @Test func flippedBits() {
    var tensors = Safetensors(metadata: ["model": #"{"activation": "tanh"}"#])
    tensors["a"] = StoredTensor([1, 2, 3], shape: [3, 1])
    tensors["b"] = StoredTensor([4, 5] as [Float])
    let whole = tensors.encoded()
    for bit in 0..<8 * whole.count {
      var flipped = whole
      flipped[bit / 8] ^= 1 << (bit % 8)
      guard let read = try? Safetensors(parsing: flipped, file: "m") else { continue }
      // A blank for another one, or the name of the checksum itself.
      let isSame = read == tensors || read.metadata.count > tensors.metadata.count
      #expect(isSame, "bit \(bit % 8) of byte \(bit / 8)")
    }
    var damaged = whole
    damaged[whole.count - 1] ^= 1
    let error = fileError { () throws(FileError) in try Safetensors(parsing: damaged, file: "m") }
    #expect(error?.kind == .malformed && error?.message.hasPrefix("its checksum is crc32:") == true)
  }

  /// Files of other programs, and of before there were checksums.
  @Test func filesWithoutAChecksum() throws {
    let header = #"{"t":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#
    #expect(try Safetensors(parsing: file(header, data: 2), file: "t")["t"]?.doubles == [0, 1])
  }

  /// Cut off anywhere, or with any byte changed, a file is refused or still consistent, and never a crash.
  @Test func damagedFiles() {
    var tensors = Safetensors(metadata: ["k": "v"])
    tensors["a"] = StoredTensor([1, 2, 3], shape: [3, 1])
    tensors["b"] = StoredTensor([4, 5] as [Float])
    let whole = tensors.encoded()
    for length in 0..<whole.count {
      let error = fileError { () throws(FileError) in
        try Safetensors(parsing: Array(whole[..<length]), file: "m")
      }
      #expect(error?.kind == .truncated, "cut to \(length) bytes: \(error?.description ?? "accepted")")
    }
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<2_000 {
      var damaged = whole
      damaged[generator.index(below: whole.count)] = UInt8(generator.index(below: 256))
      _ = fileError { () throws(FileError) in try Safetensors(parsing: damaged, file: "m") }
    }
  }

  @Test func namesAndShapesAskedFor() throws {
    var tensors = Safetensors()
    tensors["a"] = StoredTensor([1, 2], shape: [2])
    tensors["b"] = StoredTensor([3])
    tensors["a"] = nil
    #expect(tensors.names == ["b"])
    #expect(try tensors.tensor("b", shape: [1], file: "m").doubles == [3])
    let missing = fileError { () throws(FileError) in try tensors.tensor("a", shape: [2], file: "m") }
    #expect(missing?.description == "m: tensor 'a': is not in the file, which has 'b'")
    let other = fileError { () throws(FileError) in try tensors.tensor("b", shape: [1, 1], file: "m") }
    #expect(other?.description == "m: tensor 'b': expected shape [1, 1], found [1]")
  }
}
