import Train

/// `chainrule train`: a neural network, or any of the models that are a network of one layer.
enum TrainCommand: Command {
  static let name = "train"
  static let summary = "a network on examples; of one layer: linear and logistic regression, linear classifiers"
  static let help = """
    chainrule train --data DATA --layers 4,8,3 [options]

    Data:
      --data DATA           a CSV file, a folder with the four files of MNIST, iris or commute
      --label COLUMN        the column of the classes;  --target COLUMN,… those of numbers; else the last column
      --inputs COLUMN,…     the columns to learn from; all others unless given
      --classes NAME,…      only these classes, the last one as 1 where there is one output; rest: all others together
      --test FILE           examples to count right answers on;  --holdout 0.2 takes a random share for that
      --limit N             only the first N examples
      --standardize         brings every input column to mean 0 and deviation 1

    Model:
      --layers 784,30,10    inputs, neurons of the hidden layers, outputs
      --activation NAME     sigmoid, tanh, relu, identity: of the hidden layers
      --output NAME         sigmoid, softmax, identity, tanh, relu; unless given softmax for classes (sigmoid with one
                            output), else identity
      --loss NAME           quadratic, absolute, cross-entropy, hinge, squared-hinge, logistic, perceptron, or a formula
                            of the output a, the score z and the target y: 'mean((a - y)^4)'; unless given
                            cross-entropy for sigmoid and softmax on classes, else quadratic
      --l1 λ, --l2 λ        adds λ·Σ|w|, λ/2·Σw² to the loss; biases are left out

    Descent:
      --optimizer NAME      descent, momentum, nesterov, adagrad, rmsprop, adam, adamw
      --learning-rate η     0.1 unless given; of momentum, nesterov, adagrad 0.01, of rmsprop, adam, adamw 0.001
      --momentum μ          of momentum and nesterov, 0.9 unless given;  --decay λ of adamw, 0.01 unless given
      --clip NORM           shortens longer gradients to this length
      --schedule NAME       constant, 1/sqrt(t), 1/t, step:FACTOR,EVERY, exponential:FACTOR, cosine; warmup:STEPS, in front
      --batch N             examples per step; 10 unless given
      --sampling NAME       withoutReplacement, withReplacement, inOrder
      --epochs N            10 unless given
      --until CONDITION     stops where it holds, of an epoch: 'loss < 0.01', 'accuracy > 0.95' on the test examples,
                            'epoch >= 20'; or of a step: 'change < 0.02' of the parameters
      --patience N          stops when the loss has not fallen for N epochs
      --seconds N           stops after so long
      --seed N              decides weights and order;  --threads N does not change the result
      --precision NAME      single, double; unless given single for images, else double

    Files:
      --save FILE           the model and all that is needed to go on, after epochs and at the end (safetensors)
      --save-every N        and after every N steps
      --resume FILE         goes on from there, to the same bits as if nothing had stopped; saves there too
      --history FILE        .csv or .json
      --plot FILE.svg       the loss, and the right answers, by epoch
      --format json         {"epochs": [{"epoch": 1, "loss": 0.1, "correct": 9123, "total": 10000, "accuracy": 0.9123}, …],
                            "seconds": 12.3, "stopped": "10 epochs"}

    Ctrl-C saves and ends.

    Examples:
      chainrule train --data iris --layers 4,8,3 --holdout 0.2 --epochs 50 --save iris.safetensors
      chainrule train --data FILE.csv --target price --layers 5,10,1 --standardize --optimizer adam
      chainrule train --data iris --classes rest,setosa --layers 4,1 --output identity --loss squared-hinge
    """

  enum Format: String, CaseIterable { case text, json }
  enum Precision: String, CaseIterable { case single, double }

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try Arguments(
      words,
      options: Arguments.dataOptions.union([
        "layers", "activation", "output", "loss", "l1", "l2", "optimizer", "learning-rate", "momentum", "decay", "clip",
        "schedule", "batch", "sampling", "epochs", "until", "patience", "seconds", "seed", "threads", "precision",
        "save",
        "save-every", "resume", "history", "plot", "format",
      ]), flags: ["standardize"])
    try arguments.checkNoWords()
    if arguments.last("threads") != nil {
      ComputeThreads.count = try arguments.number("threads", default: 1, in: 1...1024)
    }
    let standard: Precision = isFolder(try arguments.dataName) ? .single : .double
    switch arguments.last("precision") == nil ? standard : try arguments.choice("precision") {
    case .single: return try TrainingRun<Float>(TrainingPlan(arguments), arguments).run()
    case .double: return try TrainingRun<Double>(TrainingPlan(arguments), arguments).run()
    }
  }
}
