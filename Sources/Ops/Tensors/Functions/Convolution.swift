// Convolution and pooling over one spatial axis or more. Each is composed of slices, one for each place in the window, so
// that gradients of every order come with them.

/// The cross-correlation that networks call convolution: y[b, o, p] = Σ w[o, c, k]·x[b, c, stride·p + k − padding] over
/// channels c and places k of the window.
///
/// ```swift
/// let x = tape.constant(Tensor([1, 2, 3, 4], shape: [1, 1, 4]))
/// let w = tape.constant(Tensor([1, -1], shape: [1, 1, 2]))
/// convolution(x, w).tensor  // [[[-1. -1. -1.]]]
/// ```
/// - Parameters:
///   - x: `[batch, channels, extents…]`, with one spatial axis or more.
///   - w: `[outputs, channels, window…]`, with as many.
///   - stride: how far the window moves at a time, along every spatial axis.
///   - padding: zeros in front of and behind every spatial axis.
/// Traps where the axes or channels do not fit: `convolution: [1, 2, 4] and [1, 1, 2]: 2 and 1 channels`.
/// - Complexity: a matrix product for each place in the window.
public func convolution<T: TensorAlgebra>(_ x: T, _ w: T, stride: Int = 1, padding: Int = 0) -> T {
  let (shape, window) = (x.shape, w.shape)
  let fault = "convolution: \(shape) and \(window): "
  guard shape.rank >= 3, shape.rank == window.rank else {
    fatalError(fault + "[batch, channels, …] and [outputs, channels, …] are needed")
  }
  guard shape[1] == window[1] else { fatalError(fault + "\(shape[1]) and \(window[1]) channels") }
  let places = Windows(Array(window.dimensions[2...]), stride, padding, of: shape, "convolution")
  let padded = places.padded(x, with: 0)
  var sum: T?
  for offset in places.offsets {
    let part = places.slice(padded, offset).reshaped(to: [shape[0], shape[1], places.count])
    let weights = w.sliced([.all, .all] + offset.map { AxisRange(start: $0, count: 1, step: 1) })
    let term = matmul(weights.reshaped(to: [window[0], window[1]]), part)
    sum = sum.map { $0 + term } ?? term
  }
  guard let sum else { fatalError(fault + "the window has no places") }
  return sum.reshaped(to: Shape([shape[0], window[0]] + places.extents))
}

extension TensorAlgebra {
  /// The largest in each window, over all axes behind the first two, batch and channels. Ties share the gradient equally.
  ///
  /// - Parameters:
  ///   - window: its extent along each spatial axis.
  ///   - stride: how far it moves at a time; that of its first extent unless stated.
  ///   - padding: so many −∞ on both sides of each axis.
  public func maxPooled(_ window: [Int], stride: Int? = nil, padding: Int = 0) -> Self {
    windows(window, stride, padding, with: -.infinity, "maxPooled").max([-1])
  }

  /// The mean of each window; see `maxPooled`. Zeros of the padding count.
  public func averagePooled(_ window: [Int], stride: Int? = nil, padding: Int = 0) -> Self {
    windows(window, stride, padding, with: 0, "averagePooled").mean([-1])
  }

  /// The elements of each window side by side along a new last axis.
  private func windows(
    _ window: [Int], _ stride: Int?, _ padding: Int, with value: Double, _ operation: String
  ) -> Self {
    let places = Windows(window, stride ?? window.first ?? 1, padding, of: shape, operation)
    let padded = places.padded(self, with: value)
    return stacked(places.offsets.map { places.slice(padded, $0) }, along: -1)
  }
}

/// Where a window of some extents stands on the axes behind the first two.
private struct Windows {
  let window: [Int]
  let stride, padding: Int
  /// How often it fits along each axis.
  let extents: [Int]

  init(_ window: [Int], _ stride: Int, _ padding: Int, of shape: Shape, _ operation: String) {
    (self.window, self.stride, self.padding) = (window, stride, padding)
    guard shape.rank == window.count + 2, stride > 0, padding >= 0, window.allSatisfy({ $0 > 0 }) else {
      fatalError(
        "\(operation): \(shape): a window of \(window), stride \(stride), padding \(padding) does not fit its axes")
    }
    extents = zip(shape.dimensions[2...], window).map { ($0 + 2 * padding - $1) / stride + 1 }
    guard zip(shape.dimensions[2...], window).allSatisfy({ $0 + 2 * padding >= $1 }) else {
      fatalError("\(operation): \(shape): a window of \(window) is larger than its axes with padding \(padding)")
    }
  }

  var count: Int { extents.reduce(1, *) }
  var offsets: some Sequence<[Int]> { Shape(window).indexLists }

  func padded<T: TensorAlgebra>(_ x: T, with value: Double) -> T {
    let around = [0, 0] + window.map { _ in padding }
    return padding == 0 ? x : x.padded(before: around, after: around, with: value)
  }

  /// The elements at one place in each window.
  func slice<T: TensorAlgebra>(_ x: T, _ offset: [Int]) -> T {
    x.sliced([.all, .all] + zip(offset, extents).map { AxisRange(start: $0, count: $1, step: stride) })
  }
}
