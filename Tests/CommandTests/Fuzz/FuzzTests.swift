import Foundation
import Testing

@testable import chainrule

/// Whatever the words and files are: exit status 0, 1 or 2, said with a reason, within ten seconds, and nothing on the
/// terminal that a terminal would obey.
///
/// `CHAINRULE_FUZZ=30000 swift test -c release --filter FuzzTests` runs more, `CHAINRULE_FUZZ_SEED=7` others.
@Suite("fuzz", .serialized)
struct FuzzTests {
  #if DEBUG
    private static let (usual, limit) = (300, Duration.seconds(60))
  #else
    private static let (usual, limit) = (2000, Duration.seconds(10))
  #endif

  private static func setting(_ name: String, _ standard: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
  }

  @Test func randomInputs() throws {
    let bench = try FuzzBench(limit: Self.limit)
    let seed = UInt64(Self.setting("CHAINRULE_FUZZ_SEED", 1))
    var statuses: [Int32: Int] = [:]
    for number in 0..<Self.setting("CHAINRULE_FUZZ", Self.usual) {
      var random = FuzzRandom(seed: seed << 32 + UInt64(number))
      statuses[try bench.run(random.input(bench.models)), default: 0] += 1
    }
    // A fuzzer that gets no command through its door tests the door alone.
    #expect(statuses[0, default: 0] * 8 > statuses.values.reduce(0, +), "\(statuses)")
  }

  @Test func corpus() throws {
    let bench = try FuzzBench(limit: Self.limit)
    for input in FuzzCorpus.inputs { _ = try bench.run(input) }
  }
}

/// A folder for the files of inputs, good checkpoints to be damaged, and the look at what comes out.
struct FuzzBench {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("chainrule-fuzz-\(UUID())")
  private let watch: FuzzWatch
  let models: [[UInt8]]

  init(limit: Duration) throws {
    watch = FuzzWatch(limit: limit)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    models = try [
      ["iris", "4,3", "adam"], ["commute", "2,1", "descent"], ["iris", "4,2,3", "nesterov"],
    ].map { [folder] words in
      let path = folder.appendingPathComponent("model").path
      let result = Chainrule.called([
        "train", "--data", words[0], "--layers", words[1], "--optimizer", words[2], "--epochs", "1", "--standardize",
        "--save", path,
      ])
      #expect(result.status == 0, "\(result)")
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }
  }

  /// - Returns: the exit status.
  func run(_ input: FuzzInput) throws -> Int32 {
    let place = folder.appendingPathComponent("input")
    try FileManager.default.createDirectory(
      at: place.appendingPathComponent("images"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    for file in input.files { try Data(file.bytes).write(to: place.appendingPathComponent(file.name)) }
    let names = Set(
      input.files.map { $0.name.split(separator: "/")[0] }
        + ["s", "p.svg", "h.csv", "h.json", "nowhere", "FOLDER", "FILE", "FILE.html", "FILE.svg"])
    let words = input.words.map { names.contains($0[...]) ? place.appendingPathComponent($0).path : $0 }
    let result = watch.during(input.description) { Chainrule.called(words) }
    check(result, input)
    return result.status
  }

  private func check(_ result: Chainrule.Result, _ input: FuzzInput) {
    #expect((0...2).contains(result.status), "\(input)")
    let saysWhy = !result.errors.isEmpty || ["verify", "minimize"].contains(input.words[0])
    #expect(result.status != 2 || saysWhy, "\(input)")
    #expect(result.status != 1 || input.words[0] == "verify", "\(input)")
    let unsafe = (result.output + result.errors).unicodeScalars.first {
      ($0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t") || $0 == "\u{202e}"
    }
    #expect(unsafe == nil, "\(unsafe!.value)\n\(input)")
    let isJSON = input.words.contains("json") && result.status == 0 && result.output.hasPrefix("{")
    if isJSON {
      #expect(throws: Never.self, "\(input)") { try JSONSerialization.jsonObject(with: Data(result.output.utf8)) }
    }
  }
}
