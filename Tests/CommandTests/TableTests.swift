import Foundation
import Testing

/// Tables as people have them: what is misread would be worse than what is refused.
@Suite("chainrule with tables")
struct TableTests {
  private static let data = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Docs/Data").path

  private func model(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("chainrule-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  /// Prices around 300,000, missing cells, a column of names, a name with a unit.
  @Test func houses() throws {
    try model { path in
      let houses = "\(Self.data)/houses.csv"
      let training = Chainrule.called([
        "train", "--data", houses, "--target", "price", "--categories", "text", "--missing", "drop", "--layers",
        "7,10,1", "--standardize", "--optimizer", "adam", "--epochs", "200", "--holdout", "0.2", "--save", path,
      ])
      #expect(training.status == 0 && training.errors.contains(" of 240 rows dropped for missing values: 9 in 'size"))
      let last = training.output.split(separator: "\n").suffix(2)
      #expect(last.first!.hasPrefix("Epoch 200: loss 0.0") && last.first!.contains(", test loss 0.0"), "\(last)")
      let share = last.last!.firstMatch(of: /^test examples: RMSE .* R² (0\.\d+) on 42 examples$/)?.1
      #expect(share.flatMap { Double($0) } ?? 0 > 0.95, "\(last)")
      let prediction = Chainrule.called(["predict", "--model", path, "--data", houses, "--missing", "drop"])
      #expect(prediction.output.hasPrefix("row,price\n1,3") && prediction.errors.contains("R² 0.9"), "\(prediction)")
      let json = Chainrule.called([
        "predict", "--model", path, "--data", houses, "--missing", "drop", "--format", "json",
      ])
      #expect(json.output.contains(#""rootMeanSquareError": "#) && json.output.contains(#", "R2": 0.9"#))
    }
  }

  /// Semicolons and decimal commas, which have to be said.
  @Test func cars() throws {
    try model { path in
      let cars = ["--data", "\(Self.data)/cars.csv"]
      let refused = Chainrule.called(["train"] + cars + ["--layers", "3,1"])
      #expect(refused.status == 2 && refused.errors.hasSuffix("; try --decimal comma, or point\n"), "\(refused)")
      let options = ["--layers", "3,1", "--standardize", "--decimal", "comma", "--epochs", "50", "--save", path]
      #expect(Chainrule.called(["train"] + cars + options).status == 0)
      let prediction = Chainrule.called(["predict", "--model", path, "--decimal", "comma"] + cars)
      #expect(prediction.output.hasPrefix("Verbrauch (l/100 km)\n7.") && prediction.errors.contains("R² 0.9"))
    }
  }

  /// A column of row numbers in front, names with points, texts in quotes.
  @Test func flowers() throws {
    try model { path in
      let flowers = ["--data", "\(Self.data)/flowers.csv"]
      let options = [
        "--inputs", #"Petal.Length,"Petal.Width""#, "--layers", "2,3", "--optimizer", "adam", "--learning-rate", "0.05",
        "--epochs", "60", "--save", path,
      ]
      #expect(Chainrule.called(["train"] + flowers + options).status == 0)
      let prediction = Chainrule.called(["predict", "--model", path] + flowers)
      #expect(prediction.output.hasPrefix("class,setosa,versicolor,virginica\nsetosa,0.9"))
      #expect(Int(prediction.errors.prefix { $0 != " " }) ?? 0 >= 140, "\(prediction.errors)")
      let fit = Chainrule.called(["minimize", "J = sum((Petal_Length*a - Petal_Width)^2)", "a=1"] + flowers)
      #expect(fit.output.contains("\na = 0.3365"), "\(fit)")
    }
  }

  static let refused: [(table: String, words: [String], message: String)] = [
    ("x,y\n1,2\n,3\n", ["--layers", "1,1"], "; try --missing drop\n"),
    ("c,y\nred,2\nblue,3\n", ["--layers", "1,1"], "; try --categories text, or other --inputs\n"),
    ("2019,2020\n1,2\n3,4\n", ["--layers", "1,1"], "; say --header present or absent\n"),
    ("x,y\n1,$2.50\n2,$3\n3,4\n", ["--layers", "1,1"], "expected a number, found '$2.50'"),
    ("x,y\n1,2\n", ["--layers", "1,1", "--target", "Y"], "there is no column 'Y'"),
    ("x,x,y\n1,2,3\n", ["--layers", "1,1", "--inputs", "x"], "2 columns are named 'x'"),
  ]

  @Test(arguments: Self.refused)
  func isExplained(table: String, words: [String], message: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("chainrule-\(UUID()).csv")
    try table.write(to: folder, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: folder) }
    let result = Chainrule.called(["train", "--data", folder.path, "--epochs", "1"] + words)
    #expect(result.status == 2 && result.errors.contains(message), "\(result)")
  }

  /// Columns are taken by their names, never by their places.
  @Test func predictionsFromOtherColumns() throws {
    try model { path in
      let folder = URL(fileURLWithPath: path + ".csv")
      defer { try? FileManager.default.removeItem(at: folder) }
      func write(_ text: String) throws { try text.write(to: folder, atomically: true, encoding: .utf8) }
      func predict() -> Chainrule.Result { Chainrule.called(["predict", "--model", path, "--data", folder.path]) }
      try write("a,b,y\n1,2,8\n2,1,7\n3,3,15\n0,1,3\n")
      let options = ["--layers", "2,1", "--epochs", "2000", "--learning-rate", "0.05", "--save", path]
      #expect(Chainrule.called(["train", "--data", folder.path] + options).status == 0)
      try write("b,other, a \n2,9,1\n")
      let result = predict()
      #expect(Double(result.output.split(separator: "\n").last ?? "").map { abs($0 - 8) < 1e-3 } ?? false, "\(result)")
      try write("A,b\n1,2\n")
      #expect(predict().status == 2 && predict().errors.contains("there is no column 'a'"), "\(predict())")
    }
  }

  @Test func aColumnNamedAsAConstant() throws {
    let result = try Chainrule.run(
      file: "e,y\n1,2\n2,4\n", named: "t.csv", "minimize", "J = sum((a*e - y)^2)", "a=1", "--data", "FILE")
    #expect(result.output.contains("\na = 2, J = 0\n"), "\(result)")
    #expect(result.errors == "e is the column of FILE here, not the constant\n")
  }

  @Test func rowsWithoutNumbersAreCounted() throws {
    let result = try Chainrule.run(
      file: "x,y\n1,2\nNA,3\n2,4\n", named: "t.csv", "minimize", "J = sum((a*x - y)^2)", "a=1", "--data", "FILE",
      "--missing", "drop")
    #expect(result.output.contains("\na = 2, J = 0\n"), "\(result)")
    #expect(result.errors == "1 of 3 rows dropped for missing values: 1 in 'x'\n")
  }

  /// To go on as another model would overwrite the one there is.
  @Test(arguments: [
    (["--activation", "relu"], #"activation was "tanh" and is "relu""#),
    (["--activation", "tanh", "--loss", "quadratic"], #"loss was "cross-entropy" and is "quadratic""#),
    (["--activation", "tanh", "--output", "sigmoid"], #"output was "softmax" and is "sigmoid""#),
    (["--activation", "tanh", "--standardize"], "standardization is new"),
    (["--activation", "tanh", "--optimizer", "adamw"], "the optimizer was Adam and is AdamW"),
  ])
  func goingOnAsAnotherModel(words: [String], message: String) throws {
    try model { path in
      let iris = ["train", "--data", "iris", "--layers", "4,3,3", "--optimizer", "adam", "--epochs"]
      #expect(Chainrule.called(iris + ["1", "--activation", "tanh", "--save", path]).status == 0)
      let before = try Data(contentsOf: URL(fileURLWithPath: path))
      let result = Chainrule.called(iris + ["2", "--resume", path] + words)
      #expect(result.status == 2 && result.errors.contains(message), "\(result)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }
  }
}
