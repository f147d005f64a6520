import Foundation
import Testing

@Suite("chainrule train and predict")
struct TrainTests {
  /// A folder for files, removed after the test.
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("chainrule-\(UUID())")
    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: url) }
    func callAsFunction(_ name: String) -> String { url.appendingPathComponent(name).path }
  }

  private static let iris = [
    "train", "--data", "iris", "--layers", "4,8,3", "--optimizer", "adam", "--learning-rate", "0.01",
  ]

  @Test func trainingPredictingAndFiles() throws {
    let folder = try Folder()
    let result = try Chainrule.run(
      Self.iris + [
        "--holdout", "0.2", "--standardize", "--epochs", "30", "--save", folder("m.safetensors"), "--history",
        folder("h.csv"), "--plot", folder("p.svg"),
      ])
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 30 && lines[29].hasPrefix("Epoch 30: "), "\(result)")
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(try String(contentsOfFile: folder("h.csv"), encoding: .utf8).split(separator: "\n").count == 31)
    #expect(try String(contentsOfFile: folder("p.svg"), encoding: .utf8).hasPrefix("<svg"))

    let prediction = try Chainrule.run("predict", "--model", folder("m.safetensors"), "--data", "iris")
    let rows = prediction.output.split(separator: "\n")
    #expect(rows.count == 151 && rows[0] == "class,setosa,versicolor,virginica")
    #expect(rows[1].hasPrefix("setosa,0.9"))
    let right = Int(prediction.errors.split(separator: " ")[0]) ?? 0
    #expect(right >= 140 && prediction.errors.hasSuffix(" / 150\n"))
  }

  @Test("numbers that only double precision holds")
  func beyondSinglePrecision() throws {
    let folder = try Folder()
    try "x,y\n1,3\n2,-1e300\n".write(toFile: folder("d.csv"), atomically: true, encoding: .utf8)
    let words = ["train", "--data", folder("d.csv"), "--layers", "1,1", "--standardize", "--epochs", "1"]
    let result = try Chainrule.run(words + ["--precision", "single"])
    #expect(result.status == 2)
    #expect(result.errors.contains("d.csv: example 2: -1e300 is beyond single precision; --precision double holds it"))
    #expect(try Chainrule.run(words).status == 0)
  }

  @Test func regressionWithALossOfOnesOwn() throws {
    let arguments = [
      "train", "--data", "commute", "--layers", "2,1", "--batch", "5", "--epochs", "2", "--learning-rate", "0.01",
    ]
    let own = try Chainrule.run(arguments + ["--loss", "sum((a - y)^2)/10", "--format", "json"])
    let named = try Chainrule.run(arguments + ["--loss", "quadratic", "--format", "json"])
    func losses(_ text: String) -> Substring? { text.split(separator: "]").first }
    #expect(losses(own.output) == losses(named.output) && own.output.hasPrefix(#"{"epochs": [{"epoch": 1, "loss": "#))
  }

  /// Killed in the middle of an epoch, and resumed: the same digits as never stopped.
  @Test func killedAndResumed() throws {
    let folder = try Folder()
    let arguments = Self.iris + ["--epochs", "20", "--batch", "1", "--save-every", "7"]
    #expect(try Chainrule.run(arguments + ["--save", folder("whole")]).status == 0)
    let process = try Chainrule.start(arguments + ["--save", folder("killed")])
    while !FileManager.default.fileExists(atPath: folder("killed")), process.isRunning { usleep(1000) }
    usleep(50_000)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal, "it had ended before it could be killed")
    let resumed = try Chainrule.run(arguments + ["--resume", folder("killed")])
    #expect(resumed.status == 0)
    func predictions(_ name: String) throws -> String {
      try Chainrule.run("predict", "--model", folder(name), "--data", "iris").output
    }
    #expect(try predictions("killed") == predictions("whole"))
  }

  /// Ctrl-C ends with a checkpoint to go on from.
  @Test func interrupted() throws {
    let folder = try Folder()
    let arguments = Self.iris + ["--epochs", "100000", "--save", folder("m")]
    let process = try Chainrule.start(arguments)
    while !FileManager.default.fileExists(atPath: folder("m")), process.isRunning { usleep(1000) }
    kill(process.processIdentifier, SIGINT)
    // A program that does not hear the signal would train for hours.
    let deadline = Date() + 60
    while process.isRunning, Date() < deadline { usleep(10_000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 2)
    #expect(try Chainrule.run("predict", "--model", folder("m"), "--data", "iris").status == 0)
  }

  /// Two classes and two columns of the three and the four, until nothing is wrong any more.
  @Test func chosenClassesAndColumns() throws {
    let folder = try Folder()
    let result = try Chainrule.run(
      "train", "--data", "iris", "--inputs", "petal width,sepal width", "--classes", "rest,setosa", "--layers", "2,1",
      "--output", "identity", "--loss", "perceptron", "--batch", "1", "--until", "loss == 0", "--save", folder("m"))
    #expect(result.output.hasSuffix("loss 0\nstopped: loss == 0\n"), "\(result)")
    let prediction = try Chainrule.run("predict", "--model", folder("m"), "--data", "iris", "--plot", folder("p.svg"))
    #expect(prediction.errors == "150 / 150\n" && prediction.output.hasPrefix("class,score\nsetosa,"))
    let picture = try String(contentsOfFile: folder("p.svg"), encoding: .utf8)
    for name in ["petal width", "sepal width", "rest", "setosa"] { #expect(picture.contains(">\(name)</text>")) }
    // 150 markers, and one of each class in the legend.
    #expect(picture.components(separatedBy: "class=\"f0\"").count - 1 == 101)
  }

  @Test func untilAStepIsShort() throws {
    let result = try Chainrule.run(
      "train", "--data", "commute", "--layers", "2,1", "--batch", "2", "--learning-rate", "0.06", "--schedule",
      "1/sqrt(t)", "--until", "change < 0.02", "--epochs", "1000")
    #expect(result.output.hasSuffix("\nstopped: change < 0.02\n"), "\(result)")
  }

  @Test func untilEnoughAnswersAreRight() throws {
    let result = try Chainrule.run(
      Self.iris + ["--holdout", "0.2", "--epochs", "1000", "--until", "accuracy >= 0.9"])
    let lines = result.output.split(separator: "\n")
    let right = lines.dropLast().map { Int($0.split(separator: " ")[2]) ?? 0 }
    #expect(lines.last == "stopped: accuracy >= 0.9", "\(result)")
    #expect(right.count > 1 && right.last! >= 27 && right.dropLast().allSatisfy { $0 < 27 }, "\(result)")
  }

  @Test func untilAnEpoch() throws {
    let result = try Chainrule.run(Self.iris + ["--epochs", "1000", "--until", "epoch >= 3"])
    #expect(result.output.split(separator: "\n").count == 4, "\(result)")
    #expect(result.output.hasSuffix("\nstopped: epoch >= 3\n"))
  }

  @Test func aPictureNeedsOneOrTwoInputs() throws {
    let folder = try Folder()
    #expect(try Chainrule.run(Self.iris + ["--epochs", "1", "--save", folder("m")]).status == 0)
    let result = try Chainrule.run("predict", "--model", folder("m"), "--data", "iris", "--plot", folder("p.svg"))
    #expect(result.errors == "chainrule: --plot: expected a model of one or two inputs, found one of 4\n")
  }

  static let mistakes = [
    Mistake(
      arguments: ["--data", "commute", "--layers", "2,1", "--loss", "mean(a)*y", "--batch", "3"],
      message: "--loss: the formula must give one number, such as mean(…); of 2 examples it gives shape [2, 1]"),
    Mistake(arguments: ["iris", "--layers", "4,3"], message: "expected options, found 'iris'"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--lr", "1"],
      message: "no option '--lr'; did you mean '--learning-rate'?"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--optimizer", "SGD"],
      message:
        "--optimizer: expected one of descent, momentum, nesterov, adagrad, rmsprop, adam, adamw, found 'SGD'; did you mean 'descent'?"
    ),
    Mistake(arguments: [], message: "--data is missing: a CSV file, a folder of images, iris or commute"),
    Mistake(arguments: ["--data", "iris"], message: "--layers is missing, such as 4,8,3"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,x"],
      message: "--layers: expected sizes from inputs to outputs, such as 4,8,3, found '4,x'"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "1,3", "--inputs", "petal"],
      message: "--inputs: no input column 'petal', only sepal length, sepal width, petal length, petal width"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,1", "--classes", "rest,rose"],
      message: "--classes: no class 'rose', only setosa, versicolor, virginica"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,1", "--classes", "setosa"],
      message: "the data have the class setosa only: there is nothing to tell apart"),
    Mistake(
      arguments: ["--data", "commute", "--layers", "2,1", "--classes", "rest,rose"],
      message: "--classes: commute has no classes"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--until", "change < 1", "--patience", "2"],
      message:
        "--until: change is looked at after every step, which does not go with loss, accuracy, epoch or --patience"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--until", "change < 1", "--until", "epoch > 2"],
      message:
        "--until: change is looked at after every step, which does not go with loss, accuracy, epoch or --patience"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--until", "accuracy > 0.9"],
      message:
        "--until 'accuracy > 0.9': accuracy is that on test examples with classes; --test or --holdout gives them"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "3,3"],
      message: "the network has 3 inputs, the data have 4 input columns"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,2"], message: "the network has 2 outputs, the data have 3 classes"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--loss", "hinge"],
      message: "the loss hinge with the output softmax: expected the output sigmoid or identity"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--until", "speed > 0.9"],
      message: """
        --until 'speed > 0.9': line 1, column 1: no name 'speed', only loss, accuracy, epoch, change
          speed > 0.9
          ^
        """),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--loss", "mean((a - q)^2)"],
      message: """
        --loss: line 1, column 11: no name 'q', only a, z, y
          mean((a - q)^2)
                    ^
        """),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--loss", "mean(a^2)"],
      message: "--loss: the formula does not use the target y"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--loss", "mean((a - y)^2)", "--test", "commute"],
      message: "--test: the network has 4 inputs, the data have 2 input columns"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--optimizer", "adam", "--momentum", "0.5"],
      message: "--momentum: belongs to momentum and nesterov"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--optimizer", "nesterov", "--momentum", "1"],
      message: "--momentum: expected a number below 1, found 1"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--save-every", "5"],
      message: "--save-every: expected --save or --resume beside it"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--label", "petal"],
      message: "--label: is for CSV files; iris has its own"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--batch", "0"],
      message: "--batch: expected a whole number from 1 up, found '0'"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--history", "a.txt"],
      message: "--history: expected a file name with .csv or .json, found 'a.txt'"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--plot", "/nowhere/a.svg"],
      message: "/nowhere/a.svg: cannot be written: No such file or directory"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--epochs", "1", "--save", "/dev/full"],
      message: "/dev/full: cannot be written: No space left on device"),
    Mistake(
      arguments: ["--data", "iris", "--layers", "4,3", "--resume", "/dev/null"],
      message: "/dev/null: expected 8 bytes of header length, found a file of 0 bytes"),
    Mistake(
      arguments: ["--data", "/nowhere.csv", "--layers", "4,3"],
      message: "/nowhere.csv: cannot be read: No such file or directory"),
  ]

  @Test(arguments: Self.mistakes)
  func isExplained(_ mistake: Mistake) throws { try mistake.check("train", output: nil) }

  /// Infinite or only large: nothing was learned.
  @Test func divergenceIsNoSuccess() throws {
    let result = try Chainrule.run(
      "train", "--data", "commute", "--layers", "2,1", "--batch", "1", "--epochs", "3", "--learning-rate", "0.5")
    #expect(result.status == 2 && result.output.hasPrefix("Epoch 1: loss ") && !result.output.contains("inf"))
    #expect(result.errors.hasPrefix("chainrule: the loss has grown from 508.77 to 9.80355e15: "))
  }

  @Test func equalTrainingsWriteEqualBytes() throws {
    let folder = try Folder()
    let files = try ["a", "b"].map { name in
      let arguments = Self.iris + ["--holdout", "0.2", "--epochs", "3", "--until", "loss < 0", "--save", folder(name)]
      #expect(try Chainrule.run(arguments).status == 0)
      return try Data(contentsOf: URL(fileURLWithPath: folder(name)))
    }
    #expect(files[0] == files[1])
  }

  @Test func aVeryLongTime() throws {
    let result = try Chainrule.run(Self.iris + ["--epochs", "1", "--seconds", "1e300"])
    #expect(result.status == 0 && result.output.hasPrefix("Epoch 1: loss"), "\(result)")
  }

  @Test func nothingLeftToDo() throws {
    let folder = try Folder()
    #expect(try Chainrule.run(Self.iris + ["--epochs", "2", "--save", folder("m")]).status == 0)
    let result = try Chainrule.run(Self.iris + ["--epochs", "2", "--resume", folder("m")])
    #expect(result.status == 0 && result.output.isEmpty)
    #expect(result.errors == "2 epochs are done already; --epochs counts from the first\n")
  }

  @Test func predictTakesOptionsAlone() throws {
    let result = try Chainrule.run("predict", "--model", "m", "--data", "iris", "more")
    #expect(result.status == 2 && result.errors == "chainrule: expected options, found 'more'\n")
  }

  @Test func divergenceNamesTheNode() throws {
    let result = try Chainrule.run(
      "train", "--data", "commute", "--layers", "2,1", "--learning-rate", "1", "--epochs", "500")
    #expect(result.status == 2 && result.errors.contains("forward pass: square gives inf at node"), "\(result.errors)")
  }

  /// A checkpoint that ends early is refused and stays what it is.
  @Test func truncatedCheckpoint() throws {
    let folder = try Folder()
    #expect(try Chainrule.run(Self.iris + ["--epochs", "1", "--save", folder("m")]).status == 0)
    let url = URL(fileURLWithPath: folder("m"))
    let cut = try Data(contentsOf: url).dropLast(10)
    try Data(cut).write(to: url)
    let result = try Chainrule.run(Self.iris + ["--epochs", "2", "--resume", folder("m")])
    #expect(result.status == 2 && result.errors.contains("ends at byte"), "\(result.errors)")
    #expect(try Data(contentsOf: url) == Data(cut))
  }
}
