// What PyTorch, NumPy and MLX call what has another name here: the compiler's error says which, and offers to write it.
// There is no method relu() among them: inside an extension of a tensor it would hide the function.

import Graph

// MARK: - Functions

@available(*, unavailable, renamed: "TensorAlgebra.softmax(self:_:)")
public func softmax<T: TensorAlgebra>(_ x: T, _ axes: [Int] = [-1]) -> T { fatalError() }

@available(*, unavailable, renamed: "TensorAlgebra.logSoftmax(self:_:)")
public func logSoftmax<T: TensorAlgebra>(_ x: T, _ axes: [Int] = [-1]) -> T { fatalError() }

@available(*, unavailable, renamed: "TensorAlgebra.logSumExp(self:_:keepingDimensions:)")
public func logSumExp<T: TensorAlgebra>(_ x: T, _ axes: [Int]? = nil, keepingDimensions: Bool = false) -> T {
  fatalError()
}

@available(*, unavailable, renamed: "TensorAlgebra.sum(self:_:keepingDimensions:)")
public func sum<T: TensorAlgebra>(_ x: T, _ axes: [Int]? = nil, keepingDimensions: Bool = false) -> T { fatalError() }

@available(*, unavailable, renamed: "TensorAlgebra.mean(self:_:keepingDimensions:)")
public func mean<T: TensorAlgebra>(_ x: T, _ axes: [Int]? = nil, keepingDimensions: Bool = false) -> T { fatalError() }

@available(*, unavailable, renamed: "concatenated(_:along:)")
public func concatenate<T: TensorAlgebra>(_ tensors: [T], along axis: Int = 0) -> T { fatalError() }

@available(*, unavailable, renamed: "concatenated(_:along:)")
public func concatenate<T: TensorAlgebra>(_ tensors: [T], axis: Int) -> T { fatalError() }

@available(*, unavailable, renamed: "concatenated(_:along:)")
public func cat<T: TensorAlgebra>(_ tensors: [T], dim axis: Int = 0) -> T { fatalError() }

@available(*, unavailable, renamed: "stacked(_:along:)")
public func stack<T: TensorAlgebra>(_ tensors: [T], along axis: Int = 0) -> T { fatalError() }

@available(*, unavailable, renamed: "stacked(_:along:)")
public func stack<T: TensorAlgebra>(_ tensors: [T], axis: Int) -> T { fatalError() }

@available(*, unavailable, renamed: "TensorAlgebra.reshaped(self:to:)")
public func reshape<T: TensorAlgebra>(_ x: T, _ shape: Shape) -> T { fatalError() }

@available(*, unavailable, renamed: "TensorAlgebra.transposed(self:)")
public func transpose<T: TensorAlgebra>(_ x: T) -> T { fatalError() }

@available(*, unavailable, renamed: "clip(_:_:_:)")
public func clamp<T: Algebra>(_ x: T, _ low: T, _ high: T) -> T { fatalError() }

@available(*, unavailable, renamed: "sgn(_:)")
public func sign<T: Algebra>(_ x: T) -> T { fatalError() }

@available(*, unavailable, renamed: "logSigmoid(_:)")
public func logsigmoid<T: Algebra>(_ x: T) -> T { fatalError() }

// MARK: - Methods

extension TensorAlgebra {
  @available(*, unavailable, renamed: "sum(_:keepingDimensions:)", message: "the axes stand in a list: sum([0])")
  public func sum(axis: Int) -> Self { fatalError() }

  @available(*, unavailable, renamed: "sum(_:keepingDimensions:)", message: "the axes stand in a list: sum([0])")
  public func sum(dim: Int) -> Self { fatalError() }

  @available(*, unavailable, renamed: "mean(_:keepingDimensions:)", message: "the axes stand in a list: mean([0])")
  public func mean(axis: Int) -> Self { fatalError() }

  @available(*, unavailable, renamed: "mean(_:keepingDimensions:)", message: "the axes stand in a list: mean([0])")
  public func mean(dim: Int) -> Self { fatalError() }

  @available(*, unavailable, renamed: "softmax(_:)", message: "the axes stand in a list: softmax([-1])")
  public func softmax(axis: Int) -> Self { fatalError() }

  @available(*, unavailable, renamed: "softmax(_:)", message: "the axes stand in a list: softmax([-1])")
  public func softmax(dim: Int) -> Self { fatalError() }

  @available(*, unavailable, renamed: "reshaped(to:)")
  public func reshape(_ shape: Shape) -> Self { fatalError() }

  @available(*, unavailable, renamed: "reshaped(to:)")
  public func view(_ shape: Shape) -> Self { fatalError() }

  @available(*, unavailable, renamed: "flattened()")
  public func flatten() -> Self { fatalError() }

  @available(*, unavailable, renamed: "transposed()")
  public func transpose() -> Self { fatalError() }

  @available(*, unavailable, renamed: "transposed()")
  public var T: Self { fatalError() }

  @available(*, unavailable, renamed: "permuted(_:)")
  public func permute(_ axes: [Int]) -> Self { fatalError() }

  @available(*, unavailable, renamed: "expanded(_:)")
  public func unsqueeze(_ axis: Int) -> Self { fatalError() }

  @available(*, unavailable, renamed: "squeezed(_:)")
  public func squeeze(_ axis: Int) -> Self { fatalError() }

  @available(*, unavailable, message: "write stopGradient(x)")
  public func detach() -> Self { fatalError() }
}

extension Variable {
  @available(*, unavailable, message: "gradients are what backward() returns: c.backward()[w]")
  public var grad: Element { fatalError() }

  @available(*, unavailable, renamed: "value")
  public func item() -> Element { fatalError() }

  @available(*, unavailable, message: "a leaf to derive by is tape.parameter(value)")
  public func requiresGrad() -> Variable { fatalError() }
}
