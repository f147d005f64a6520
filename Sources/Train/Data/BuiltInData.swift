extension Dataset where Element == Double {
  /// A built-in set by its name, `commute` or `iris`; nil where there is none of that name.
  public static func builtIn(_ name: String) -> Dataset? {
    switch name {
    case "commute": .commute
    case "iris": .iris
    default: nil
    }
  }

  /// The commute data of the linear regression examples: distance in km and whether it is a weekday (1) or not (0)
  /// give the minutes on the way.
  public static var commute: Dataset {
    Dataset(
      inputs: Rows(columns: [[2.7, 4.1, 1.0, 5.2, 2.8], [1, 1, 0, 1, 0]]),
      targets: Rows([25, 33, 15, 45, 22], width: 1),
      inputNames: ["distance", "weekday"], targetNames: ["minutes"])
  }

  /// Fisher's Iris data: length and width in cm of sepals and petals of 150 flowers, 50 of each of three species.
  ///
  /// The numbers are those of Fisher (1936), as R and scikit-learn have them. The file of the UCI repository differs
  /// in two flowers of setosa: the 35th has the petal width 0.1 there, the 38th the sepal width 3.1 and petal
  /// length 1.5.
  public static var iris: Dataset {
    // Five flowers per line, setosa, then versicolor, then virginica.
    let millimetres = String(resource: PackageResources.iris_txt).split(whereSeparator: \.isWhitespace).map {
      Double($0)!
    }
    return Dataset(
      inputs: Rows(millimetres.map { $0 / 10 }, width: 4),
      labels: (0..<150).map { $0 / 50 },
      classes: ["setosa", "versicolor", "virginica"],
      inputNames: ["sepal length", "sepal width", "petal length", "petal width"], targetNames: ["species"])
  }
}
