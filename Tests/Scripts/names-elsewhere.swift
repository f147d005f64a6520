// Names of PyTorch, NumPy and MLX that are others here: type-checking.sh sees that each line is an error that leads to what
// its comment says.

import Ops

let x = Tensor([1.0, 2])
let tape = Tape<Double>()
let w = tape.parameter(2.0)
let softmaxOf = gradient(at: x) { softmax($0).sum() }  // TensorAlgebra.softmax(_:)
let logSoftmaxOf = gradient(at: x) { logSoftmax($0).sum() }  // TensorAlgebra.logSoftmax(_:)
let sumOf = gradient(at: x) { sum($0) }  // TensorAlgebra.sum(_:keepingDimensions:)
let meanOf = gradient(at: x) { mean($0) }  // TensorAlgebra.mean(_:keepingDimensions:)
let joined = gradient(at: x) { cat([$0, $0]).sum() }  // concatenated(_:along:)
let joinedToo = gradient(at: x) { concatenate([$0, $0], axis: 0).sum() }  // concatenated(_:along:)
let onTop = gradient(at: x) { stack([$0, $0]).sum() }  // stacked(_:along:)
let alongAxis = gradient(at: x) { $0.sum(axis: 0) }  // sum([0])
let alongDimension = gradient(at: x) { $0.mean(dim: 0) }  // mean([0])
let alongLast = gradient(at: x) { $0.softmax(dim: -1).sum() }  // softmax([-1])
let fixed = gradient(at: x) { $0.detach().sum() }  // stopGradient(x)
let turned = gradient(at: x) { $0.T.sum() }  // transposed()
let turnedToo = gradient(at: x) { $0.transpose().sum() }  // transposed()
let seen = gradient(at: x) { $0.view([2, 1]).sum() }  // reshaped(to:)
let shaped = gradient(at: x) { $0.reshape([2, 1]).sum() }  // reshaped(to:)
let flat = gradient(at: x) { $0.flatten().sum() }  // flattened()
let wider = gradient(at: x) { $0.unsqueeze(0).sum() }  // expanded(_:)
let clipped = gradient(at: x) { clamp($0, 0, 1).sum() }  // clip(_:_:_:)
let signs = gradient(at: x) { sign($0).sum() }  // sgn(_:)
let slope = w.grad  // backward()
let number = w.item()  // value
let leaf = w.requiresGrad()  // tape.parameter(value)
