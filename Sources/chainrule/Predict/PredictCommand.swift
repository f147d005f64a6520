import Train

/// `chainrule predict`: what a trained model says about examples.
struct PredictCommand: Command {
  static let name = "predict"
  static let summary = "what a trained model says about examples"
  static let about = """
    Prints CSV: per example the class and its score, or the predicted numbers. Columns are found by the names that the
    model was trained with, or by their order where it had none. Of a folder of images the test images are taken. Where
    the right answers are there, standard error tells how many were found, or how far the numbers are from them.
    """
  static let examples = [
    "chainrule train --data iris --layers 4,8,3 --save iris.safetensors",
    "chainrule predict --model iris.safetensors --data iris",
  ]

  @Option("model", "FILE", .text, "what train saved", missing: ": a file that train saved") var model: String
  @Option("data", "DATA", .text, kindsOfData, missing: ": \(kindsOfData)") var data: String
  @Option(
    "label", "COLUMN", .text,
    "counts right answers by this column, on standard error; else by the one learned from, if there")
  var label: String?
  @Option("limit", "N", .whole(in: 1...Int.max), "only the first N examples") var limit: Int?
  @Option(
    "plot", "FILE.svg", .file("svg"),
    """
    the model and the examples: of one input its curve, of two the regions of its classes, or for numbers its surface
    """)
  var plot: String?
  @Option(
    "format",
    """
    json: {"predictions": […], "correct": 9512, "total": 10000, "accuracy": 0.9512}; of numbers "rootMeanSquareError", \
    "meanAbsoluteError" and "R2"
    """)
  var format = ReportFormat.text
  let table = TableOptions()

  func run(_ words: [String], _ console: Console) throws -> Int32 {
    let file = try Safetensors(contentsOf: model)
    let description = try ModelDescription(of: file, named: model)
    let tape = Tape<Double>()
    let network = try Network(description, from: file, named: model, on: tape)
    let data = try PredictionData(self, description)
    if let remark = data.remark { console.message(remark) }
    func outputs(_ rows: Rows<Double>) -> Rows<Double> { network.predictions(for: rows, by: description, on: tape) }
    func classes(_ outputs: Rows<Double>) -> [Int]? {
      description.classes.isEmpty
        ? nil : network.classes(of: outputs, loss: Loss(rawValue: description.loss) ?? .quadratic)
    }
    let results = outputs(data.inputs)
    let report = PredictionReport(description, results, classes(results), data)
    if let plot { try PredictionPlot(description, data, outputs: outputs, classes: classes).write(to: plot) }
    console.print(format == .json ? "\(report.json)" : report.csv)
    if format == .text, let score = report.scoreLine { console.message(score) }
    return 0
  }
}
