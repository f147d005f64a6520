import Train

/// The sum of squared errors of a 2-16-16-1 tanh network, neuron by neuron: products and sums of few parameters.
struct Network: ScalarWorkload {
  static let name = "Network 2-16-16-1"
  static let unit = "points"
  static let usualSize = 100

  let size: Int
  /// Per point: 16·(2 + 1) + 16·(16 + 1) + (16 + 1) weights and biases, each weight a product and a sum, 33 tanh,
  /// and the squared error.
  var operations: Int { size * (2 * (32 + 256 + 16) + 33 + 3) }
  var inputs: [Double] { (0..<337).map { Double($0 * 7919 % 13) / 13 - 0.5 } }

  func value<A: Algebra>(_ weights: [A]) -> A where A.FloatLiteralType == Double {
    var loss: A = 0
    for k in 0..<size {
      let point = [A(floatLiteral: Double(k) / 100), A(floatLiteral: Double(k * k % 100) / 100)]
      let hidden = layer(layer(point, weights, from: 0, 16), weights, from: 48, 16)
      let error = layer(hidden, weights, from: 320, 1)[0] - A(floatLiteral: Double(k % 2))
      loss += error * error
    }
    return loss
  }

  /// `width` neurons: tanh(w · x + bias), the bias standing behind its weights.
  private func layer<A: Algebra>(_ x: [A], _ weights: [A], from start: Int, _ width: Int) -> [A] {
    (0..<width).map { j in
      let row = start + j * (x.count + 1)
      var sum = weights[row + x.count]
      for i in 0..<x.count { sum += weights[row + i] * x[i] }
      return tanh(sum)
    }
  }
}
