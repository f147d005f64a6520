"""Epochs on MNIST by PyTorch (eager, raw tensors) and by JAX (an epoch in one compiled scan), on one thread.

    .build/peers/bin/python Tests/Benchmarks/Peers/mnist.py FOLDER 784,30,10 [SEED]

The same work as `chainrule train --limit 50000`: shuffled mini-batches of 10 from 50,000 images, sigmoid neurons, weights
from a normal distribution of deviation 1/√inputs, biases 0; 10,000 test images are scored after each epoch. Two layers
of weights of 30 hidden neurons learn with the quadratic cost and η = 3, of others with cross-entropy, η = 0.5 and λ = 5.
Prints the seconds of each epoch and the right answers.
"""

import gzip
import os
import sys
import time

os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
import jax
import jax.numpy as jnp
import numpy as np
import torch

torch.set_num_threads(1)
folder, layers = sys.argv[1], [int(n) for n in sys.argv[2].split(",")]
seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
quadratic = layers[1] == 30
rate, decay, epochs = (3.0, 0.0, 30) if quadratic else (0.5, 5 / 50_000, 30)


def read(name):
    with gzip.open(os.path.join(folder, name)) as file:
        data = np.frombuffer(file.read(), np.uint8)
    return data[16:].reshape(-1, 784).astype(np.float32) / 255 if "images" in name else data[8:]


x, labels = read("train-images-idx3-ubyte.gz")[:50_000], read("train-labels-idx1-ubyte.gz")[:50_000]
test, answers = read("t10k-images-idx3-ubyte.gz"), read("t10k-labels-idx1-ubyte.gz")
y = np.eye(10, dtype=np.float32)[labels]
random = np.random.default_rng(seed)
start = []
for n, m in zip(layers, layers[1:]):
    start += [(random.standard_normal((n, m)) / np.sqrt(n)).astype(np.float32), np.zeros(m, np.float32)]


def run(system, epoch, score):
    for _ in range(3 if system.startswith("PyTorch") and "--all" not in sys.argv else epochs):
        order = random.permutation(50_000).reshape(-1, 10)
        begin = time.perf_counter()
        epoch(order)
        right = score()
        print(f"{system}: {time.perf_counter() - begin:.3f} s, {right} / 10000", flush=True)


def torch_epochs():
    parameters = [torch.tensor(p, requires_grad=True) for p in start]
    X, Y, T = torch.tensor(x), torch.tensor(y), torch.tensor(test)

    def scores(a):
        for l in range(len(parameters) // 2):
            z = torch.addmm(parameters[2 * l + 1], a, parameters[2 * l])
            a = torch.sigmoid(z)
        return z, a

    def epoch(order):
        for indices in torch.tensor(order):
            z, a = scores(X[indices])
            target = Y[indices]
            if quadratic:
                loss = 0.5 * torch.sum((a - target) ** 2) / 10
            else:
                loss = torch.nn.functional.binary_cross_entropy_with_logits(z, target, reduction="sum") / 10
            for p in parameters:
                p.grad = None
            loss.backward()
            with torch.no_grad():
                for p in parameters:
                    p -= rate * (p.grad + decay * p if decay and p.dim() == 2 else p.grad)

    def score():
        with torch.no_grad():
            return int((scores(T)[1].argmax(1).numpy() == answers).sum())

    run(f"PyTorch {torch.__version__.split('+')[0]}, eager", epoch, score)


def jax_epochs():
    X, Y, T = jnp.array(x), jnp.array(y), jnp.array(test)

    def scores(parameters, a):
        for l in range(len(parameters) // 2):
            z = a @ parameters[2 * l] + parameters[2 * l + 1]
            a = jax.nn.sigmoid(z)
        return z, a

    def cost(parameters, x, y):
        z, a = scores(parameters, x)
        if quadratic:
            return 0.5 * jnp.sum((a - y) ** 2) / 10
        penalty = decay / 2 * sum(jnp.sum(p**2) for p in parameters if p.ndim == 2)
        return jnp.sum(jax.nn.softplus(z) - y * z) / 10 + penalty

    def step(parameters, indices):
        gradients = jax.grad(cost)(parameters, X[indices], Y[indices])
        return [p - rate * g for p, g in zip(parameters, gradients)], None

    whole = jax.jit(lambda parameters, order: jax.lax.scan(step, parameters, order)[0], donate_argnums=0)
    scored = jax.jit(lambda parameters: scores(parameters, T)[1].argmax(1))
    parameters = [jnp.array(p) for p in start]

    def epoch(order):
        nonlocal parameters
        parameters = jax.block_until_ready(whole(parameters, order))

    run(f"JAX {jax.__version__}, one scan", epoch, lambda: int((np.asarray(scored(parameters)) == answers).sum()))


torch_epochs()
jax_epochs()
