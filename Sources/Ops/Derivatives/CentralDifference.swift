/// A derivative by central differences, (f(x + h) − f(x − h))/2h, and how far it may be off.
///
/// The error of the quotient is a series in h², so quotients of halved steps combine to better ones (Richardson):
/// each column of the table below removes one more power of h². Large steps suffer from curvature and from kinks
/// and poles they reach across, small ones from rounding; the entry that agrees best with its neighbours is taken.
struct CentralDifference {
  private(set) var value = Double.nan
  /// The larger of the distances to the neighbours in the table, and what rounding alone may contribute.
  private(set) var error = Double.infinity
  /// What a derivative here is large or small against.
  let scale: Double
  /// What a value of f may be off by through rounding.
  private let noise: Double
  /// `error` as a fraction of the derivative and its scale.
  private var badness = Double.infinity

  /// - Parameter condition: by how much a relative error ε of each operation changes f, divided by ε.
  init(of f: (Double) -> Double, at x: Double, condition: Double) {
    scale = condition / max(1, x.magnitude)
    // 2: the functions of the system's library are good to an ulp or two.
    noise = 2 * condition * Double.ulpOfOne
    // From 1/256 of the scale of x: larger steps reach over a period or a bend too often to be worth their price.
    var h = max(1, x.magnitude) / 256
    var previous: [Double] = []
    let here = f(x).magnitude
    while x + h != x {
      let (above, below) = (f(x + h), f(x - h))
      // Values far below the one at x tell of a pole in between, across which quotients are small and smooth.
      let reaches = min(above.magnitude, below.magnitude) >= here / 8
      let row = Self.row(quotient: reaches ? (above - below) / ((x + h) - (x - h)) : .nan, previous)
      let rounding = 2 * noise / h
      take(row, previous, rounding)
      // Halving further cannot help once rounding alone is worse than what was reached.
      if badness == 0 || rounding / (row[0].magnitude + scale) > badness { return }
      previous = row
      h /= 2
    }
  }

  private static let columns = 5

  /// One row of the table: column j is free of the powers h², … h²ʲ.
  private static func row(quotient: Double, _ previous: [Double]) -> [Double] {
    var row = [quotient]
    var power = 4.0
    for better in previous.prefix(columns - 1) {
      row.append(row[row.count - 1] + (row[row.count - 1] - better) / (power - 1))
      power *= 4
    }
    return row
  }

  private mutating func take(_ row: [Double], _ previous: [Double], _ rounding: Double) {
    for column in row.indices.dropFirst() {
      let spread = max(
        (row[column] - row[column - 1]).magnitude, (row[column] - previous[column - 1]).magnitude)
      let error = spread + rounding
      let badness = error == 0 ? 0 : error / (row[column].magnitude + scale)
      // False for NaN: next to the end of a domain, steps that leave it say nothing.
      if badness < self.badness { (value, self.error, self.badness) = (row[column], error, badness) }
    }
  }
}
