import Train

/// A training epoch by epoch: the regions of its classes over two inputs, the curve of its output over one, else its loss.
/// Of many epochs some fifty are kept, the first ones among them.
final class TrainingFilm<Element: Number> {
  private enum Kind { case regions, curve, loss }

  private let plan: TrainingPlan<Element>
  private let network: Network<Element>
  private let tape: Tape<Element>
  private let kind: Kind
  /// The inputs as they are in the file.
  private let inputs: Rows<Double>
  private var film: PlotFilm

  init(_ plan: TrainingPlan<Element>, _ network: Network<Element>, _ tape: Tape<Element>) {
    (self.plan, self.network, self.tape) = (plan, network, tape)
    let data = plan.data.training
    let raw = data.inputs.converted(to: Double.self)
    inputs = plan.standardization?.inverted(raw) ?? raw
    switch (data.inputs.width, data.classes.isEmpty, plan.architecture.layers.last!) {
    case (2, false, _): kind = .regions
    case (1, true, 1): kind = .curve
    default: kind = .loss
    }
    let names = data.inputNames.isEmpty ? ["input 1", "input 2"] : data.inputNames
    film = PlotFilm(
      Plot(
        xLabel: names[0], yLabel: kind == .regions ? names[1] : data.targetNames.first ?? "", width: 520, height: 400))
    drawExamples()
    if kind != .loss { show("Before the first epoch") }
  }

  private func drawExamples() {
    let data = plan.data.training
    switch kind {
    case .regions:
      (film.plot.xRange, film.plot.yRange) = (inputs.shownRange(0), inputs.shownRange(1))
      for (number, name) in data.classes.enumerated() {
        let rows = inputs.rows(at: data.labels.indices.filter { data.labels[$0] == number })
        film.plot.points(name, x: rows.column(0), y: rows.column(1))
      }
    case .curve: film.plot.points(x: inputs.column(0), y: unscaled(data.targets).column(0))
    case .loss: break
    }
  }

  /// After an epoch.
  func add(_ epoch: History.Epoch) {
    let step = max(1, plan.settings.epochs / 40)
    guard kind != .loss, epoch.epoch <= 10 || epoch.epoch % step == 0 || epoch.epoch == plan.settings.epochs
    else { return }
    show("Epoch \(epoch.epoch): loss \(shortText(epoch.loss))")
  }

  private func show(_ caption: String) {
    let data = plan.data.training
    switch kind {
    case .regions:
      let field = Plot.Field(x: inputs.shownRange(0), y: inputs.shownRange(1), samples: 60) { points in
        classes(outputs(points)).map { Double($0) }
      }
      let right = zip(classes(network.outputs(for: data.inputs, on: tape)), data.labels).count { $0 == $1 }
      film.regions(field, caption: "\(caption), \(right) of \(data.count) examples right")
    case .curve:
      let x = evenlySpaced(inputs.shownRange(0), 100)
      film.line(x: x, y: unscaled(outputs(Rows(x, width: 1))).column(0), caption: caption)
    case .loss: break
    }
  }

  /// The page, when the training is over.
  func page(_ history: History) throws -> FilmPage {
    guard kind == .loss else { return FilmPage(title: "The training", [film]) }
    guard !history.epochs.isEmpty else { throw Failure("no epoch was run: there is no loss to show on a page") }
    var plot = Plot(xLabel: "epoch", yLabel: "loss", width: 520, height: 400)
    plot.countsAlongX = true
    plot.line(x: history.epochs.map { Double($0.epoch) }, y: history.epochs.map(\.loss))
    film.plot = plot
    for epoch in history.epochs {
      film.move(
        toX: Double(epoch.epoch), y: epoch.loss, caption: "Epoch \(epoch.epoch): loss \(shortText(epoch.loss))")
    }
    return FilmPage(title: "The training", [film])
  }

  private func outputs(_ points: Rows<Double>) -> Rows<Element> {
    let scaled = plan.standardization?.applied(to: points) ?? points
    return network.outputs(for: scaled.converted(to: Element.self), on: tape)
  }

  private func unscaled(_ rows: Rows<Element>) -> Rows<Double> {
    let numbers = rows.converted(to: Double.self)
    return plan.targetStandardization?.inverted(numbers) ?? numbers
  }

  private func classes(_ outputs: Rows<Element>) -> [Int] {
    network.classes(of: outputs, loss: plan.loss.named)
  }
}
