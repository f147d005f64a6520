import Train

/// The seconds of a product of two N × N matrices in `Float`, without recording.
func measureProduct(_ size: Int, rounds: Int) -> Samples {
  let tape = Tape<Float>()
  func matrix(_ factor: Int) -> Variable<Float> {
    tape.constant(Tensor((0..<size * size).map { Float($0 * factor % 1009) / 1009 - 0.5 }, shape: [size, size]))
  }
  let (a, b) = (matrix(7), matrix(11))
  let mark = tape.mark()
  let product = {
    _ = opaque(matmul(a, b))
    tape.rewind(to: mark)
  }
  product()
  let count = repetitions(product)
  return Samples((0..<rounds).map { _ in wallTime { for _ in 0..<count { product() } } / Double(count) })
}

let productSizes = [64, 128, 256, 512, 1024, 2048]
