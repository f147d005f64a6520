"""What the peers in Python share: the workloads, written once for any number type, the clock and the report.

The inputs are those of Tests/Benchmarks/Sources/Workloads; gradients are compared there.
"""

import json
import os
import sys
import threading
import time

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"


def rosenbrock(x, size):
    total = 0.0
    for i in range(size - 1):
        a = x[i + 1] - x[i] * x[i]
        b = 1.0 - x[i]
        total = total + (100.0 * (a * a) + b * b)
    return total


def network(weights, points, tanh):
    def layer(x, start, width):
        result = []
        for j in range(width):
            row = start + j * (len(x) + 1)
            total = weights[row + len(x)]
            for i in range(len(x)):
                total = total + weights[row + i] * x[i]
            result.append(tanh(total))
        return result

    loss = 0.0
    for k in range(points):
        hidden = layer(layer([k / 100, k * k % 100 / 100], 0, 16), 48, 16)
        error = layer(hidden, 320, 1)[0] - float(k % 2)
        loss = loss + error * error
    return loss


def sin_chain(x, steps, sin):
    z = x[0]
    for _ in range(steps):
        z = sin(z)
    return z


def variables(size):
    return [-1.2 + i % 3 for i in range(size)]


WEIGHTS = [(k * 7919 % 13) / 13 - 0.5 for k in range(337)]


def seconds(body):
    start = time.process_time()
    result = body()
    return time.process_time() - start, result


def report(system, workload, size, both, gradient, record=None, backward=None):
    line = {"system": system, "workload": workload, "size": size, "record": record, "backward": backward}
    print(json.dumps(line | {"both": both, "gradient": [float(g) for g in gradient]}), flush=True)


def rounds(most):
    return min(int(sys.argv[1]) if len(sys.argv) > 1 else most, most)


def measure(system, workload, size, record, inputs, f):
    """`record(f, inputs)` computes f and returns the function that walks back and gives the gradient."""
    forth, back = [], []
    for _ in range(rounds(5) + 1):
        t, walk = seconds(lambda: record(f, inputs))
        forth.append(t)
        t, gradient = seconds(walk)
        back.append(t)
        del walk
    forth, back = forth[1:], back[1:]  # the first round warms up
    report(system, workload, size, [f + b for f, b in zip(forth, back)], gradient, forth, back)


def run(system, record, sin, tanh, sizes):
    """The three workloads at `sizes`: variables, points, steps."""

    def all_of_them():
        n, points, steps = sizes
        measure(system, "Rosenbrock", n, record, variables(n), lambda x: rosenbrock(x, n))
        measure(system, "Network 2-16-16-1", points, record, WEIGHTS, lambda w: network(w, points, tanh))
        measure(system, "Sin chain", steps, record, [0.3], lambda x: sin_chain(x, steps, sin))

    # Some walk by recursion: a deep chain needs a deep stack.
    sys.setrecursionlimit(1_000_000)
    threading.stack_size(1 << 29)
    thread = threading.Thread(target=all_of_them)
    thread.start()
    thread.join()
