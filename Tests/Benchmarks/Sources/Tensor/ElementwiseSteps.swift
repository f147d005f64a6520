import Foundation
import Train

/// ((a·b + c)·d).sum() and its gradient by all four, on 4 elements: the cost of the machinery itself.
func measureFourElements(rounds: Int) -> (loss: Double, times: Samples) {
  let tape = Tape<Float>()
  let inputs = (0..<4).map { k in tape.parameter(Tensor((0..<4).map { Float($0 + k) / 4 + 0.5 })) }
  let mark = tape.mark()
  var loss: Float = 0
  let step = {
    let y = ((inputs[0] * inputs[1] + inputs[2]) * inputs[3]).sum()
    _ = y.backward()
    loss = y.value
    tape.rewind(to: mark)
  }
  step()
  let times = (0..<rounds).map { _ in wallTime { for _ in 0..<10_000 { step() } } / 10_000 }
  return (Double(loss), Samples(times))
}

/// mean((σ(w·x + b) − y)²) on ten million elements and its gradient by w and b, both vectors: memory decides.
///
/// - Returns: also the megabytes by which the most resident memory exceeds that of the inputs.
func measureTenMillion(rounds: Int) -> (loss: Double, times: Samples, megabytes: Double) {
  let count = 10_000_000
  let tape = Tape<Float>()
  func vector(_ factor: Int, _ shift: Float) -> Tensor<Float> {
    Tensor((0..<count).map { Float($0 * factor % 1009) / 1009 + shift })
  }
  let (w, b) = (tape.parameter(vector(7, -0.5)), tape.parameter(vector(11, -0.5)))
  let (x, y) = (tape.constant(vector(13, -0.5)), tape.constant(vector(17, 0)))
  let mark = tape.mark()
  forgetMostResidentMemory()
  let before = residentMemory("VmRSS")
  var loss: Float = 0
  let step = {
    let e = sigmoid(w * x + b) - y
    let mean = (e * e).mean()
    _ = mean.backward()
    loss = mean.value
    tape.rewind(to: mark)
  }
  step()
  let times = (0..<rounds).map { _ in wallTime(step) }
  return (Double(loss), Samples(times), residentMemory("VmHWM") - before)
}

/// A line of /proc/self/status in megabytes.
func residentMemory(_ field: String) -> Double {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix(field) }
  return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }.map { $0 / 1024 } ?? .nan
}

/// Linux counts the maximum anew after a 5 was written here.
private func forgetMostResidentMemory() {
  guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return }
  file.write(Data("5".utf8))
  try? file.close()
}
