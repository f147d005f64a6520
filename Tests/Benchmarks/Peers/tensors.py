"""What the peers in Python share for tensors: data by the formulas of Sources/Tensor, the clock and the report.

Arguments: threads, rounds, and optionally which of the ways to run. Must be imported before NumPy, PyTorch and JAX: it
binds the process to as many cores as it may have threads.
"""

import json
import os
import statistics
import sys
import time

THREADS, ROUNDS = int(sys.argv[1]), int(sys.argv[2])
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:THREADS])
for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = str(THREADS)

import numpy as np

BATCHES = 8
NETWORKS = [  # layers, batch, classifier, learning rate, steps of a round
    ([784, 30, 10], 10, False, 0.5, 400),
    ([784, 128, 10], 32, True, 0.05, 100),
    ([784, 512, 512, 10], 128, True, 0.05, 10),
    ([784, 2048, 2048, 10], 256, True, 0.05, 2),
]
MATRICES = [64, 128, 256, 512, 1024, 2048]
COUNT = 10_000_000


def network(layers, batch):
    """Weights, biases, inputs [batches, batch, inputs] and labels [batches, batch]."""
    weights = []
    for l in range(1, len(layers)):
        rows, columns = layers[l - 1], layers[l]
        k = np.arange(rows * columns, dtype=np.int64)
        values = ((k * 7919 + l) % 10007).astype(np.float32) / np.float32(10007) - np.float32(0.5)
        weights.append((values * (2 / np.sqrt(np.float32(rows)))).reshape(rows, columns))
    biases = [np.zeros(n, np.float32) for n in layers[1:]]
    k = np.arange(batch * layers[0], dtype=np.int64)
    inputs = [((k * 104_729 + b * 31) % 1009).astype(np.float32) / np.float32(1009) for b in range(BATCHES)]
    labels = [(np.arange(batch) * 7 + b) % 10 for b in range(BATCHES)]
    return weights, biases, np.stack(inputs).reshape(BATCHES, batch, -1), np.stack(labels)


def four():
    return [(np.arange(4) + k).astype(np.float32) / 4 + np.float32(0.5) for k in range(4)]


def vector(factor, shift):
    k = np.arange(COUNT, dtype=np.int64)
    return (k * factor % 1009).astype(np.float32) / np.float32(1009) + np.float32(shift)


def ten_million():
    """w, b, x, y"""
    return vector(7, -0.5), vector(11, -0.5), vector(13, -0.5), vector(17, 0)


def matrix(size, factor):
    k = np.arange(size * size, dtype=np.int64)
    return ((k * factor % 1009).astype(np.float32) / np.float32(1009) - np.float32(0.5)).reshape(size, size)


def times(body, repetitions=1, rounds=None):
    """Seconds per repetition, by rounds."""
    result = []
    for _ in range(rounds or ROUNDS):
        start = time.perf_counter()
        for _ in range(repetitions):
            body()
        result.append((time.perf_counter() - start) / repetitions)
    return result


def name(layers):
    return "-".join(map(str, layers))


def resident(field):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith(field))


def forget_most_resident():
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def report(system, workload, seconds, loss, megabytes=None):
    line = {"system": system, "workload": workload, "threads": THREADS, "seconds": sorted(seconds), "loss": float(loss)}
    print(json.dumps(line | {"megabytes": megabytes}), flush=True)
