import Train

/// `chainrule train`: a neural network, or any of the models that are a network of one layer.
struct TrainCommand: Command {
  static let name = "train"
  static let summary = "a network on examples; of one layer: linear and logistic regression, linear classifiers"
  static let about = ""
  static let notes = "Ctrl-C saves and ends."
  static let examples = [
    "chainrule train --data iris --layers 4,8,3 --holdout 0.2 --epochs 50 --save iris.safetensors",
    "chainrule train --data FILE.csv --target price --layers 5,10,1 --standardize --optimizer adam",
    "chainrule train --data iris --classes rest,setosa --layers 4,1 --output identity --loss squared-hinge",
  ]

  let data = DataOptions()
  let table = TableOptions()
  let model = ModelOptions()
  let descent = DescentOptions()
  let result = ResultOptions()

  func run(_ words: [String], _ console: Console) throws -> Int32 {
    if let threads = descent.threads { ComputeThreads.count = threads }
    switch descent.precision ?? (isFolder(data.data) ? .single : .double) {
    case .single: return try run(Float.self, console)
    case .double: return try run(Double.self, console)
    }
  }

  private func run<Element: Number>(_ precision: Element.Type, _ console: Console) throws -> Int32 {
    let plan = try TrainingPlan<Element>(self)
    for remark in plan.data.remarks { console.message(remark) }
    return try TrainingRun(plan, self, console).run()
  }
}
