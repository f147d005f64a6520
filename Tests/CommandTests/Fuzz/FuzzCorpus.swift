/// Inputs that once crashed, did not end, or printed what a terminal obeys.
enum FuzzCorpus {
  static let inputs: [FuzzInput] =
    lines.map { FuzzInput(words: $0) }
    + [
      FuzzInput(words: ["train", "--data", "images", "--layers", "4,10", "--epochs", "1"], files: noImages),
      FuzzInput(
        words: ["train", "--data", "d.csv", "--layers", "1,1", "--standardize", "--epochs", "1"],
        files: [("d.csv", Array("x,y\n1e154,1\n-1e154,2\n3e154,3\n".utf8))]),
      FuzzInput(
        words: ["verify", "c.formulas"],
        files: [("c.formulas", Array("title: \u{1B}[31m\nc = w^2\nclaim: dc/dw = 2*w # \u{9b}2J\n".utf8))]),
      FuzzInput(
        words: ["minimize", "J = sum(q^2)", "a=1", "--data", "d.csv"],
        files: [("d.csv", Array("\u{1B}[31mx,y\n1,2\n".utf8))]),
      FuzzInput(words: ["predict", "--data", "iris", "--model", "m"], files: [("m", hugeLayers)]),
    ]

  private static let lines = [
    ["minimize", "J = x^2", "x=0/0"],
    ["minimize", "[a, b, 3]", "a=1", "b=2"],
    ["minimize", "J = x", "x=1e200", "--restarts", "1"],
    ["minimize", "J = x", "x=1", "--domain", "x in [-1e308, 1e308]", "--restarts", "2"],
    ["gradient", "c = sum(x^2)", "x=[[[[[1]]]]]", "--order", "2"],
    ["train", "--data", "commute", "--layers", "2,1", "--loss", "mean(a)*y", "--batch", "3"],
    ["train", "--data", "iris", "--layers", "4,1000000,1000000,3"],
    ["train", "--data", "iris", "--layers", "4,3", "--epochs", "0", "--page", "p.svg"],
    ["verify", "c = sum(v)", "--claim", "c = max(v*0)", "--domain", "v: [0]"],
    ["minimize", "c = (w - 3)*sqrt(x)", "x=pi", "w=3", "--plot", "p.svg", "--surface", "p.svg"],
    ["minimize", "c = x", "x=0.5", "X=3", "--surface", "p.svg"],
    ["minimize", "c = x + X", "x=0.5", "X=3", "--plot", "p.svg"],
    ["minimize", "c = x + 0*X", "x=0.5", "X=3", "--surface", "p.svg"],
    ["tape", "c = \u{1B}[31m", "x=1"], ["\u{1B}]0;title\u{7}"],
  ]

  private static let noImages: [(name: String, bytes: [UInt8])] = ["train", "t10k"].flatMap {
    [
      ("images/\($0)-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 2]),
      ("images/\($0)-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 0]),
    ]
  }

  /// A model that says of itself that it has 2⁶³ - 1 inputs.
  private static let hugeLayers: [UInt8] = {
    let model =
      #"{\"architecture\":{\"layers\":[9223372036854775807,1],\"activation\":\"sigmoid\",\"output\":\"identity\"},"#
      + #"\"loss\":\"quadratic\",\"classes\":[],\"inputNames\":[],\"targetNames\":[]}"#
    let header = Array(#"{"__metadata__":{"model":"\#(model)"}}"#.utf8)
    return (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
  }()
}
