import Foundation
import Graph
import Ops
import Testing
import Train
import XLAForTests

/// What run.py of an exported folder does: on one device, on several, in several processes, stopped and resumed.
@Suite("Exported folders by XLA", .enabled(if: XLA.isThere, "no Python with jax"))
struct ExportFolderTests {
  /// A training of 3 epochs of 3 steps in a folder of its own.
  private func inFolder(_ body: (_ folder: String, _ training: Training<Double>) throws -> Void) throws {
    let folder = TemporaryFolder()
    let tape = Tape<Double>()
    let network = Network(Architecture([4, 6, 3], activation: .tanh, output: .softmax), on: tape, seed: 3)
    let settings = Settings(Adam(), rate: .constant(0.01), batch: 52, sampling: .inOrder, epochs: 3)
    let training = try Training(of: network, on: tape, with: .iris, loss: .crossEntropy, settings)
    try ExportFolder.write(training, to: folder.path)
    try body(folder.path, training)
    withExtendedLifetime(folder) {}
  }

  private func run(_ folder: String, _ words: String...) -> Process? {
    XLA.start([XLA.python!, folder + "/run.py"] + words)
  }

  private func wait(_ processes: Process?...) -> Bool {
    processes.allSatisfy {
      $0?.waitUntilExit()
      return $0?.terminationStatus == 0
    }
  }

  /// The losses of the epochs and the parameters that a file holds.
  private func saved(_ path: String) throws -> (losses: [Double], weights: [Double]) {
    let file = try Safetensors(contentsOf: path)
    let place = try JSONSerialization.jsonObject(with: Data((file.metadata["training"] ?? "").utf8)) as? [String: Any]
    let epochs = (place?["history"] as? [String: Any])?["epochs"] as? [[String: Any]] ?? []
    return (epochs.compactMap { $0["loss"] as? Double }, file["weights.0"]!.elements())
  }

  @Test("one device, four, two processes, stopped and resumed: the same losses and parameters, and train goes on")
  func devices() throws {
    try inFolder { folder, training in
      let file = { (name: String) in "\(folder)/\(name).safetensors" }
      let port = Int.random(in: 20000...60000)
      let processes = ["0", "1"].map {
        run(
          folder, "--cpu-devices", "1", "--coordinator", "localhost:\(port)", "--processes", "2", "--process", $0,
          "--save", file("two"))
      }
      #expect(wait(processes[0], processes[1]))
      #expect(wait(run(folder, "--save", file("one"), "--cpu-devices", "1")))
      #expect(wait(run(folder, "--save", file("four"), "--cpu-devices", "4")))
      #expect(wait(run(folder, "--save", file("stopped"), "--cpu-devices", "1", "--epochs", "1")))
      #expect(
        wait(run(folder, "--resume", file("stopped"), "--save", file("resumed"), "--cpu-devices", "1")))
      let one = try saved(file("one"))
      #expect(one.losses.count == 3)
      for name in ["four", "two", "resumed"] {
        let other = try saved(file(name))
        #expect(zip(one.losses + one.weights, other.losses + other.weights).allSatisfy { abs($0 - $1) <= 1e-12 })
        #expect(one.losses.count == other.losses.count, "\(name)")
      }
      // 150 examples in batches of 52: the last is filled in the folder and smaller here, so losses are not compared.
      try training.resume(from: Safetensors(contentsOf: file("one")), named: "one")
      #expect(training.history.epochs.count == 3)
    }
  }

  @Test("a model that picks columns by their indices")
  func indices() throws {
    let folder = TemporaryFolder()
    let tape = Tape<Double>()
    let w = tape.parameter(Tensor([[0.1, -0.2], [0.3, 0.1]]), "w")
    let data = Dataset(inputs: Rows([1.0, 2, 3, 0.5, -1, 2], width: 3), targets: Rows([1.0, 0, 0, 1], width: 2))
    let training = Training(on: tape, with: data, Settings(rate: .constant(0.1), sampling: .inOrder, epochs: 3)) {
      x, y in
      square(matmul(x.gathered([2, 0], along: 1), w) - y).mean()
    }
    try ExportFolder.write(training, to: folder.path)
    #expect(wait(run(folder.path, "--cpu-devices", "1", "--save", folder.path + "/after.safetensors")))
    try training.run()
    let file = try Safetensors(contentsOf: folder.path + "/after.safetensors")
    let after = try #require(file["w"])
    #expect(zip(after.doubles, w.tensor.elements).allSatisfy { abs($0 - $1) <= 1e-14 })
    #expect(w.tensor.elements[0] != 0.1)
  }

  @Test("a function at other arguments and other labels")
  func labels() throws {
    let folder = TemporaryFolder()
    let z = Tensor([[0.5, -1, 2], [1, 0.3, -0.4]])
    let f = try RecordedFunction(at: [z]) { softmaxCrossEntropy($0[0], labels: [2, 0]) }
    try ExportFolder.write(f, .valueWithGradient, inputs: [("z", z)], to: folder.path)
    func answer(_ words: String) -> String {
      let (output, errors) = (folder.path + "/output", folder.path + "/errors")
      _ = XLA.run(["sh", "-c", "\(XLA.python!) \(folder.path)/run.py \(words) > \(output) 2> \(errors)"])
      return [output, errors].compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }.joined()
    }
    struct Answer: Decodable { let value: Double }
    for (words, labels) in [("", [2, 0]), ("'labels=[1, 1]'", [1, 1])] {
      let wanted = valueWithGradient(at: [z]) { softmaxCrossEntropy($0[0], labels: labels) }.value
      let found = try JSONDecoder().decode(Answer.self, from: Data(answer(words).utf8)).value
      #expect(abs(found - wanted) <= 1e-14)
    }
    #expect(answer("'labels=[1, 3]'") == "run.py: labels: expected indices from 0 to 2, found [1, 3]\n")
    #expect(answer("'labels=[0.5, 1]'").hasPrefix("run.py: labels: expected indices"))
    #expect(answer("'z=[1]'") == "run.py: z has shape [2, 3], found [1]\n")
  }

  @Test("four devices add the gradients up by all-reduce and gather nothing")
  func collectives() throws {
    try inFolder { folder, _ in
      let environment = ["XLA_FLAGS": "--xla_dump_to=\(folder)/dump --xla_dump_hlo_as_text"]
      let words = [XLA.python!, folder + "/run.py", "--cpu-devices", "4", "--epochs", "1"]
      #expect(XLA.run(words, environment: environment) == 0)
      let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/dump")
      let texts = try files.filter { $0.contains("jit_call") && $0.hasSuffix("after_optimizations.txt") }.map {
        try String(contentsOfFile: "\(folder)/dump/\($0)", encoding: .utf8)
      }
      #expect(texts.contains { $0.contains(" all-reduce(") })
      #expect(texts.allSatisfy { !$0.contains(" all-gather(") })
    }
  }
}
