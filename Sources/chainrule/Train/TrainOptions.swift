import Train

/// What to learn from.
struct DataOptions: Options {
  static let title = "Data"

  @Option(
    "data", "DATA", .text, "a CSV file, a folder with the four files of MNIST, iris or commute",
    missing: ": \(kindsOfData)")
  var data: String
  @Option("label", "COLUMN", .text, "the column of the classes", excludes: ["target"]) var label: String?
  @Option("target", "COLUMN,…", .names, "those of numbers; else the last column; names with commas in quotes")
  var target: [String]?
  @Option("inputs", "COLUMN,…", .names, "the columns to learn from; all others unless given") var inputs: [String]?
  @Option(
    "categories", "COLUMN,…", .categories,
    "columns of texts, each of which becomes an input of its own, 0 or 1; text: all that are text")
  var categories = ExampleColumns.Categories.none
  @Option(
    "classes", "NAME,…", .names,
    "only these classes, the last one as 1 where there is one output; rest: all others together")
  var classes: [String]?
  @Option("test", "FILE", .text, "examples to count right answers on, or to compute the error of") var test: String?
  @Option("holdout", "0.2", .share, "takes a random share for that") var holdout: Double?
  @Option("limit", "N", .whole(in: 1...Int.max), "only the first N examples") var limit: Int?
  @Option(
    flag: "standardize",
    """
    brings every input column to mean 0 and deviation 1, and numbers to be predicted as well, where the output is \
    identity; predict brings them back
    """) var standardizes: Bool
}

/// What is trained.
struct ModelOptions: Options {
  static let title = "Model"

  @Option(
    "layers", "784,30,10", .layers, "inputs, neurons of the hidden layers, outputs", missing: ", such as 4,8,3")
  var layers: [Int]
  @Option("activation", "NAME", .hidden, "sigmoid, tanh, relu, identity: of the hidden layers")
  var activation = Activation.sigmoid
  @Option(
    "output", "NAME", .choice,
    """
    sigmoid, softmax, identity, tanh, relu; unless given softmax for classes (sigmoid with one output), else identity
    """)
  var output: Activation?
  @Option(
    "loss", "NAME", .loss,
    """
    quadratic, absolute, cross-entropy, hinge, squared-hinge, logistic, perceptron, or a formula of the output a, the \
    score z and the target y: 'mean((a - y)^4)'; unless given cross-entropy for sigmoid and softmax on classes, else \
    quadratic
    """)
  var loss: LossChoice?
  @Option("l1", "λ", .notNegative, "adds λ·Σ|w| to the loss; biases are left out") var l1 = 0.0
  @Option("l2", "λ", .notNegative, "adds λ/2·Σw² to the loss; biases are left out") var l2 = 0.0
}

/// How it is trained.
struct DescentOptions: Options {
  static let title = "Descent"

  enum Precision: String, CaseIterable { case single, double }

  @Option("optimizer", "NAME", .choice, "descent, momentum, nesterov, adagrad, rmsprop, adam, adamw")
  var optimizer = OptimizerName.descent
  @Option(
    "learning-rate", "η", .positive,
    "0.1 unless given; of momentum, nesterov, adagrad 0.01, of rmsprop, adam, adamw 0.001")
  var rate: Double?
  @Option("momentum", "μ", .momentum, "of momentum and nesterov") var momentum = 0.9
  @Option("decay", "λ", .positive, "of adamw") var decay = 0.01
  @Option("clip", "NORM", .positive, "shortens longer gradients to this length") var clip: Double?
  @Option(
    "schedule", "NAME", .text,
    "constant, 1/sqrt(t), 1/t, step:FACTOR,EVERY, exponential:FACTOR, cosine; warmup:STEPS, in front")
  var schedule = "constant"
  @Option("batch", "N", .whole(in: 1...Int.max), "examples per step") var batch = 10
  @Option("sampling", "NAME", .choice, "withoutReplacement, withReplacement, inOrder")
  var sampling = Batches.Sampling.withoutReplacement
  @Option("epochs", "N", .whole(in: 0...1_000_000_000), "how often all examples are seen") var epochs = 10
  @Option(
    each: "until", "CONDITION", .text,
    """
    stops where it holds, of an epoch: 'loss < 0.01', 'accuracy > 0.95' on the test examples, 'epoch >= 20'; or of a \
    step: 'change < 0.02' of the parameters
    """)
  var conditions: [String]
  @Option("patience", "N", .whole(in: 1...Int.max), "stops when the loss has not fallen for N epochs")
  var patience: Int?
  @Option("seconds", "N", .positive, "stops after so long") var seconds: Double?
  @Option("seed", "N", .seed, "decides weights and order") var seed: UInt64 = 0
  @Option("threads", "N", .whole(in: 1...1024), "does not change the result") var threads: Int?
  @Option("precision", "NAME", .choice, "single, double; unless given single for images, else double")
  var precision: Precision?

  func check() throws {
    if ![.momentum, .nesterov].contains(optimizer) {
      try $momentum.refuse(because: "belongs to momentum and nesterov")
    }
    if optimizer != .adamw { try $decay.refuse(because: "belongs to adamw") }
  }
}

/// Where it goes.
struct ResultOptions: Options {
  static let title = "Files"

  @Option(
    "save", "FILE", .text, "the model and all that is needed to go on, after epochs and at the end (safetensors)")
  var save: String?
  @Option("save-every", "N", .whole(in: 0...Int.max), "and after every N steps", needs: ["save", "resume"])
  var stepsBetweenSaves: Int?
  @Option(
    "resume", "FILE", .text, "goes on from there, to the same bits as if nothing had stopped; saves there too")
  var resume: String?
  @Option(
    "export", "FOLDER", .text,
    "does not train, but writes the training for XLA: run.py there needs only Python's jax", excludes: ["save"])
  var export: String?
  @Option(
    "engine", "PLUGIN", .text,
    "a PJRT plugin takes the steps: XLA as a shared library, for processors, GPUs or TPUs", excludes: ["export"])
  var engine: String?
  @Option("devices", "N", .whole(in: 1...127), "of the plugin share each batch", needs: ["engine"]) var devices: Int?
  @Option("history", "FILE", .file("csv", "json"), ".csv or .json") var history: String?
  @Option("plot", "FILE.svg", .file("svg"), "the loss, and the right answers, by epoch") var plot: String?
  @Option(
    "page", "FILE.html", .file("html"),
    """
    a page to step through: of two inputs the regions of the classes as they move, of one input the curve, else the \
    loss, epoch by epoch
    """, excludes: ["export"])
  var page: String?
  @Option(
    "format",
    """
    json: {"epochs": [{"epoch": 1, "loss": 0.1, "correct": 9123, "total": 10000, "accuracy": 0.9123}, …], \
    "seconds": 12.3, "stopped": "10 epochs"}
    """)
  var format = ReportFormat.text
}
