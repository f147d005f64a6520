"""JAX as it is meant to be used: the same functions written with arrays, compiled, one thread.

Not a tape of scalars: a compiler that sees whole arrays at once. It shows what there is to gain by tensors.
"""

import os

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import harness
import jax
import jax.numpy as np

jax.config.update("jax_enable_x64", True)


def rosenbrock(x):
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def network(weights):
    k = np.arange(100)
    x = np.stack([k / 100, k * k % 100 / 100], axis=1)
    for start, fan_in, width in [(0, 2, 16), (48, 16, 16), (320, 16, 1)]:
        rows = weights[start : start + width * (fan_in + 1)].reshape(width, fan_in + 1)
        x = np.tanh(x @ rows[:, :fan_in].T + rows[:, fan_in])
    return np.sum((x[:, 0] - k % 2) ** 2)


def sin_chain(x):
    return jax.lax.scan(lambda z, _: (np.sin(z), None), x[0], length=1_000_000)[0]


def measure(workload, size, f, inputs):
    gradient_of = jax.jit(jax.value_and_grad(f))
    x = np.array(inputs)
    once = lambda: jax.block_until_ready(gradient_of(x))
    _, gradient = once()
    times = [harness.seconds(once)[0] for _ in range(harness.rounds(15))]
    harness.report(f"JAX {jax.__version__}, arrays, compiled", workload, size, times, gradient)


measure("Rosenbrock", 100_000, rosenbrock, harness.variables(100_000))
measure("Network 2-16-16-1", 100, network, harness.WEIGHTS)
measure("Sin chain", 1_000_000, sin_chain, [0.3])
