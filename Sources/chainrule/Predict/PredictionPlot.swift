import Train

/// A model of one or two inputs and the examples: the curve of its outputs, the regions of its classes, or the surface
/// of its output with the residual of every example.
struct PredictionPlot {
  private let model: ModelDescription
  private let data: PredictionData
  private let outputs: (Rows<Double>) -> Rows<Double>
  private let classes: (Rows<Double>) -> [Int]?
  private let names: [String]

  init(
    _ model: ModelDescription, _ data: PredictionData, outputs: @escaping (Rows<Double>) -> Rows<Double>,
    classes: @escaping (Rows<Double>) -> [Int]?
  ) {
    (self.model, self.data, self.outputs, self.classes) = (model, data, outputs, classes)
    names = model.inputNames.isEmpty ? (0..<data.inputs.width).map { "input \($0 + 1)" } : model.inputNames
  }

  func write(to path: String) throws {
    switch (data.inputs.width, model.classes.isEmpty, model.architecture.layers.last!) {
    case (1, _, _): try curve.write(to: path)
    case (2, false, _): try regions.write(to: path)
    case (2, true, 1): try surface.write(to: path)
    case (2, _, let count): throw Failure("--plot: expected one output over two inputs, found \(count)")
    case (let count, _, _): throw Failure("--plot: expected a model of one or two inputs, found one of \(count)")
    }
  }

  private var curve: Plot {
    let y = targetNames.count == 1 ? targetNames[0] : ""
    var plot = Plot(xLabel: names[0], yLabel: y)
    let x = evenlySpaced(data.inputs.shownRange(0), 400)
    let values = outputs(Rows(x, width: 1))
    for (place, name) in targetNames.enumerated() {
      plot.line(targetNames.count == 1 ? "" : name, x: x, y: values.column(place))
    }
    if let (places, targets) = data.targets {
      let x = data.inputs.rows(at: places).column(0)
      for column in 0..<targets.width { plot.points(x: x, y: targets.column(column)) }
    }
    return plot
  }

  /// Points are coloured by what they are, regions by what the model takes them for.
  private var regions: Plot {
    var plot = Plot(xLabel: names[0], yLabel: names[1])
    plot.regions(
      Plot.Field(x: data.inputs.shownRange(0), y: data.inputs.shownRange(1), samples: 150) { points in
        classes(outputs(points))!.map { Double($0) }
      })
    let labels = data.labels ?? classes(outputs(data.inputs))!
    for (number, name) in model.classes.enumerated() {
      let rows = data.inputs.rows(at: labels.indices.filter { labels[$0] == number })
      plot.points(name, x: rows.column(0), y: rows.column(1))
    }
    return plot
  }

  private var surface: Landscape {
    let (x, y) = (data.inputs.shownRange(0), data.inputs.shownRange(1))
    let field = Plot.Field(x: x, y: y, samples: 21) { outputs($0).values }
    var picture = Landscape(field, xLabel: names[0], yLabel: names[1], zLabel: targetNames[0])
    if let (places, targets) = data.targets {
      let inputs = data.inputs.rows(at: places)
      picture.residuals(x: inputs.column(0), y: inputs.column(1), z: targets.column(0), from: outputs(inputs).values)
    }
    return picture
  }

  /// What the outputs are called.
  private var targetNames: [String] {
    let count = model.architecture.layers.last!
    if model.classes.count == count { return model.classes }
    if model.classes.count == 2, count == 1 { return ["score of \(model.classes[1])"] }
    return model.targetNames.count == count ? model.targetNames : (1...count).map { "output \($0)" }
  }
}
