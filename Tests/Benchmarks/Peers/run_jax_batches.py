"""JAX on functions at many points: written for one point, vmap over the points, compiled, one thread."""

import os

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import harness
import jax
import jax.numpy as np

jax.config.update("jax_enable_x64", True)


def network(point, weights):
    x = point[:2]
    for start, fan_in, width in [(0, 2, 16), (48, 16, 16), (320, 16, 1)]:
        rows = weights[start : start + width * (fan_in + 1)].reshape(width, fan_in + 1)
        x = np.tanh(rows[:, :fan_in] @ x + rows[:, fan_in])
    return (x[0] - point[2]) ** 2


def rosenbrock(p):
    return 100 * (p[1] - p[0] ** 2) ** 2 + (1 - p[0]) ** 2


def asian_option(draws, p):
    spot, strike, rate, volatility, maturity = p
    step = maturity / draws.shape[0]
    prices = spot * np.exp(np.cumsum((rate - 0.5 * volatility**2) * step + volatility * np.sqrt(step) * draws))
    return np.exp(-rate * maturity) * np.maximum(np.mean(prices) - strike, 0)


def given(workload, gradient):
    """The paths of the option are others than ours."""
    return [] if workload == "Asian option" else gradient.flatten()[:337]


def measure(workload, f, *arguments):
    compiled = jax.jit(f)
    once = lambda: jax.block_until_ready(compiled(*arguments))
    gradient = once()[1]
    times = [harness.seconds(once)[0] for _ in range(harness.rounds(15))]
    harness.report(f"JAX {jax.__version__}, vmap, compiled", workload, len(arguments[0]), times, given(workload, gradient))


k = np.arange(3_200)
points = np.stack([k % 100 / 100, k * k % 100 / 100, k % 2], axis=1)
total = lambda f: lambda points, shared: np.sum(jax.vmap(f, (0, None))(points, shared))
measure("Network 2-16-16-1", jax.value_and_grad(total(network), 1), points, np.array(harness.WEIGHTS))
k = np.arange(100_000)
points = np.stack([-1.2 + (k + column) % 37 / 15 for column in range(2)], axis=1)
measure("Rosenbrock", jax.vmap(jax.value_and_grad(rosenbrock)), points)
draws = jax.random.normal(jax.random.key(1), (100_000, 100))
measure("Asian option", jax.value_and_grad(total(asian_option), 1), draws, np.array([100, 105, 0.03, 0.2, 1.0]))
