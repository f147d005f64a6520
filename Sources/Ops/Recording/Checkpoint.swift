/// f(x), of which only the result is kept: the operations in between are forgotten at once, and recorded again when the
/// backward walk comes to them.
///
/// Memory for time: a chain of n expensive steps, each in a checkpoint, keeps n results instead of all that was computed
/// on the way, and computes each step twice.
///
/// ```swift
/// var h = x
/// for w in weights { h = checkpoint(h) { tanh(matmul($0, w)) } }
/// ```
/// f may use other variables of the tape; their gradients are right too, of every order. It must do the same each time
/// it is called, and name or keep nothing of what it records. Where the tape does not record, f is simply called.
/// - Complexity: f once now and once in each backward walk.
public func checkpoint<E: Number>(
  _ x: Variable<E>, _ f: @escaping (Variable<E>) -> Variable<E>
) -> Variable<E> {
  guard let tape = x.tape, tape.isRecording else { return f(x) }
  let (start, low) = (tape.mark(), tape.count)
  let y = f(x)
  guard let node = y.node, node >= low else { return y }
  let (value, isTensor, inputs) = (y.unreportedTensor, y.isTensor, tape.inputs(since: low))
  tape.rewind(to: start)
  return tape.recordForgotten("checkpoint", value, isTensor: isTensor, inputs: inputs, again: { f(x) }) { upstream in
    (f(x) * upstream).reduced(.sum)
  }
}
