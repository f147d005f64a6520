"""Matrix products by NumPy's BLAS, in float32."""

import tensors as t
import numpy as np

for size in t.MATRICES:
    a, b, c = t.matrix(size, 7), t.matrix(size, 11), np.empty((size, size), np.float32)
    body = lambda: np.matmul(a, b, out=c)
    body()
    repetitions = max(1, int(2e-3 / t.times(body, 1, 1)[0]))
    t.report(f"NumPy {np.__version__}", f"product {size}", t.times(body, repetitions), c.sum(dtype=np.float64))
