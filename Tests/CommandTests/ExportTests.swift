import Foundation
import Testing

@Suite("chainrule export, and train --export")
struct ExportTests {
  private func inFolder(_ body: (_ path: String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("chainrule-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  private func files(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test("a program: the module, its arguments and what runs it")
  func program() throws {
    try inFolder { folder in
      let result = Chainrule.called(["export", "c = sum(tanh(W @ x))", "W=[[1, 2]]", "x=[3, 4]", "-o", folder])
      #expect(result.status == 0 && result.errors.isEmpty)
      #expect(try files(folder) == ["README.md", "arguments.safetensors", "module.mlir", "run.py"])
      let module = try String(contentsOfFile: folder + "/module.mlir", encoding: .utf8)
      #expect(module.contains("@main(%arg0: tensor<1x2xf64>, %arg1: tensor<2xf64>) -> "))
      #expect(module.contains("// %arg0 is W"))
    }
  }

  @Test("a training, with all that is needed to go on")
  func training() throws {
    try inFolder { folder in
      let words = [
        "train", "--data", "iris", "--layers", "4,3", "--epochs", "3", "--batch", "50", "--optimizer", "adam",
      ]
      let result = Chainrule.called(words + ["--export", folder])
      #expect(result.status == 0 && result.errors.isEmpty)
      #expect(
        try files(folder)
          == ["README.md", "data.safetensors", "module.mlir", "run.py", "settings.json", "start.safetensors"])
      let settings = try String(contentsOfFile: folder + "/settings.json", encoding: .utf8)
      #expect(settings.contains("\"batch\": 50"))
      #expect(settings.contains("optimizer.square.biases.0"))
      // What was written is the start of the training.
      let plain = Chainrule.called(words)
      #expect(Chainrule.called(words + ["--resume", folder + "/start.safetensors"]).output == plain.output)
    }
  }

  @Test(
    "mistakes",
    arguments: [
      (["export", "c = x^2", "x=2"], "-o is missing: the folder to write"),
      (["export", "c = x^2", "x=2", "-o"], "-o needs a value"),
      (["export", "c = x^2", "x=2", "--o", "/tmp"], "no option '--o'"),
      (["export", "c = 2", "-o", "/tmp"], "expected NAME=VALUE: a program without inputs is a number"),
      (["export", "c = x^2", "x=2", "-o", "/dev/null/x"], "/dev/null/x: cannot be made"),
      (["train", "--data", "iris", "--layers", "4,3", "--export", "a", "--save", "b"], "does not go with"),
    ])
  func mistakes(_ words: [String], _ message: String) {
    let result = Chainrule.called(words)
    #expect(result.status == 2 && result.errors.contains(message), "\(result.errors)")
  }
}
