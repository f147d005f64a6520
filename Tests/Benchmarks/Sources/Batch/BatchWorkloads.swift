import Train

/// A function of a point and of parameters that all points share, at many points.
struct BatchWorkload: Sendable {
  let name: String
  let points: Tensor<Double>
  let shared: [Double]
  /// Elementary operations at one point.
  let operations: Int
  let value: @Sendable (_ point: [Variable<Double>], _ shared: [Variable<Double>]) -> Variable<Double>

  var count: Int { points.shape[0] }
  var width: Int { points.shape[1] }

  static let all = [network, rosenbrock, asianOption]

  /// The squared error of a 2-16-16-1 tanh network at 3,200 points; a point is x, y and the target.
  static let network = BatchWorkload(
    name: "Network 2-16-16-1",
    points: matrix(3_200, 3) { k, column in
      column == 0 ? Double(k % 100) / 100 : column == 1 ? Double(k * k % 100) / 100 : Double(k % 2)
    },
    shared: Network(size: 1).inputs, operations: Network(size: 1).operations
  ) { point, weights in
    func layer(_ x: [Variable<Double>], from start: Int, _ width: Int) -> [Variable<Double>] {
      (0..<width).map { j in
        let row = start + j * (x.count + 1)
        var sum = weights[row + x.count]
        for i in x.indices { sum += weights[row + i] * x[i] }
        return tanh(sum)
      }
    }
    let error = layer(layer(layer(Array(point[..<2]), from: 0, 16), from: 48, 16), from: 320, 1)[0] - point[2]
    return error * error
  }

  /// 100·(y − x²)² + (1 − x)² at 100,000 points, with its gradient at each.
  static let rosenbrock = BatchWorkload(
    name: "Rosenbrock", points: matrix(100_000, 2) { k, column in -1.2 + Double((k + column) % 37) / 15 }, shared: [],
    operations: 8
  ) { p, _ in
    let a = p[1] - p[0] * p[0]
    let b = 1 - p[0]
    return 100 * (a * a) + b * b
  }

  /// An Asian call on 100,000 paths of a geometric Brownian motion of 100 steps: the discounted payoff, and its gradient by
  /// spot, strike, rate, volatility and maturity. A point is the 100 normal draws of a path.
  static let asianOption = BatchWorkload(
    name: "Asian option", points: draws(100_000, 100), shared: [100, 105, 0.03, 0.2, 1], operations: 5 * 100 + 5
  ) { draws, p in
    let (spot, strike, rate, volatility, maturity) = (p[0], p[1], p[2], p[3], p[4])
    let step = maturity / Double(draws.count)
    let drift = (rate - 0.5 * volatility * volatility) * step
    let spread = volatility * sqrt(step)
    var (price, sum) = (spot, Variable<Double>(0))
    for draw in draws {
      price = price * exp(drift + spread * draw)
      sum += price
    }
    return exp(-(rate * maturity)) * relu(sum / Double(draws.count) - strike)
  }

  private static func matrix(_ rows: Int, _ columns: Int, _ element: (Int, Int) -> Double) -> Tensor<Double> {
    Tensor((0..<rows * columns).map { element($0 / columns, $0 % columns) }, shape: [rows, columns])
  }

  private static func draws(_ rows: Int, _ columns: Int) -> Tensor<Double> {
    var generator = SeededGenerator(seed: 1)
    return .normal([rows, columns], using: &generator)
  }
}
