import Kernels

/// Elements for which a thread is worth waking: 2 MB of `Float`, beyond what one core's caches hold.
private let worthAThread = 1 << 19

/// Does what is done element by element on as many threads as large operations may use, each a range of the elements.
func inShares(of count: Int, _ body: (_ start: Int, _ length: Int) -> Void) {
  let parts = min(ComputeThreads.count, count / worthAThread)
  guard parts > 1 else { return body(0, count) }
  withoutActuallyEscaping(body) { body in
    var shares = Shares(count: count, parts: parts, body: body)
    withUnsafeMutablePointer(to: &shares) {
      ck_parallel(
        parts, Int32(parts),
        { context, part in
          let shares = context!.assumingMemoryBound(to: Shares.self).pointee
          let start = part * shares.count / shares.parts
          shares.body(start, (part + 1) * shares.count / shares.parts - start)
        }, $0)
    }
  }
}

private struct Shares {
  let count, parts: Int
  let body: (Int, Int) -> Void
}
