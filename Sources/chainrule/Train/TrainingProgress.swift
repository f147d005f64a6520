import Train

/// The progress bar, on a terminal; ten times a second at most.
struct TrainingProgress {
  private let line: ProgressLine
  private let console: Console
  private let start = ContinuousClock.now
  private var last = ContinuousClock.now
  private var steps = 0

  init(_ settings: Settings, examples: Int, _ console: Console) {
    self.console = console
    line = ProgressLine(
      epochs: settings.epochs, stepsPerEpoch: (examples + settings.batch - 1) / settings.batch)
  }

  mutating func show(_ event: Event) {
    guard console.showsProgress else { return }
    if case .epoch = event { return clear() }
    guard case .step(let step, let loss) = event else { return }
    steps += 1
    let now = ContinuousClock.now
    guard now - last > .milliseconds(100) else { return }
    last = now
    console.progress(line.text(step: step, stepsNow: steps, seconds: (now - start) / .seconds(1), loss: loss))
  }

  func clear() { console.progress("") }
}
