import Train

/// What other libraries call it.
private let namesElsewhere = [
  "gd": "descent", "sgd": "descent", "gradient-descent": "descent", "nag": "nesterov", "bfgs": "lbfgs",
  "levenberg-marquardt": "lm", "mse": "quadratic", "l2": "quadratic", "squared": "quadratic", "mae": "absolute",
  "l1": "absolute", "bce": "cross-entropy", "ce": "cross-entropy", "log": "cross-entropy", "linear": "identity",
  "float": "single", "float32": "single", "float64": "double", "md": "markdown", "lr": "learning-rate",
  "eta": "learning-rate", "rate": "learning-rate", "batch-size": "batch", "max-iter": "iterations",
  "steps": "iterations",
  "weight-decay": "decay", "validation": "holdout", "features": "inputs", "checkpoint": "save", "out": "save",
  "delimiter": "separator", "sep": "separator", "grad": "gradient", "check": "verify", "fit": "train",
  "optimize": "minimize",
]

/// `; did you mean 'descent'?` for a word that is none of the known ones, where one is near or meant; else nothing.
func suggested(for word: String, among known: [String], _ shown: (String) -> String = { $0 }) -> String {
  let plain = word.lowercased().replacing("_", with: "-")
  let meant = namesElsewhere[plain].flatMap { known.contains($0) ? $0 : nil } ?? nearest(to: plain, among: Set(known))
  return meant.map { "; did you mean '\(shown($0))'?" } ?? ""
}
