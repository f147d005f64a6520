import ChainruleKernels

/// Elements for which a thread is worth waking: 2 MB of `Float`, beyond what one core's caches hold.
private let worthAThread = 1 << 19

/// Does what is done element by element on as many threads as large operations may use, each a range of the elements.
func inShares(of count: Int, _ body: (_ start: Int, _ length: Int) -> Void) {
  let parts = max(1, min(ComputeThreads.count, count / worthAThread))
  inParts(parts) { part in
    let start = part * count / parts
    body(start, (part + 1) * count / parts - start)
  }
}

/// Calls `body` with each part, on as many threads.
func inParts(_ parts: Int, _ body: (_ part: Int) -> Void) {
  guard parts > 1 else { return body(0) }
  withoutActuallyEscaping(body) { body in
    var body = body
    withUnsafeMutablePointer(to: &body) {
      ck_parallel(
        parts, Int32(parts), { body, part in body!.assumingMemoryBound(to: ((Int) -> Void).self).pointee(part) }, $0)
    }
  }
}
