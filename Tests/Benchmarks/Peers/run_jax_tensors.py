"""JAX on the CPU: each step a compiled call, and all steps of a round in one compiled scan."""

import os

import tensors as t

if t.THREADS == 1:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import jax.numpy as np


def loss_of(parameters, x, y, classifier):
    a = x
    for l in range(len(parameters) // 2):
        z = a @ parameters[2 * l] + parameters[2 * l + 1]
        last = l == len(parameters) // 2 - 1
        a = z if classifier and last else jax.nn.relu(z) if classifier else jax.nn.sigmoid(z)
    if classifier:
        return -np.mean(np.take_along_axis(jax.nn.log_softmax(a), y[:, None], 1))
    return 0.5 * np.sum((a - y) ** 2) / a.shape[0]


def measure_network(layers, batch, classifier, rate, steps):
    weights, biases, inputs, labels = t.network(layers, batch)
    start = [np.array(p) for pair in zip(weights, biases) for p in pair]
    xs, ys = np.array(inputs), np.array(labels) if classifier else jax.nn.one_hot(labels, 10)

    def step(parameters, batch):
        loss, gradients = jax.value_and_grad(loss_of)(parameters, *batch, classifier)
        return [p - rate * g for p, g in zip(parameters, gradients)], loss

    single = jax.jit(step, donate_argnums=0)
    batches = [(xs[k], ys[k]) for k in range(t.BATCHES)]

    def round_of_calls():
        nonlocal parameters
        for k in range(steps):
            parameters, loss = single(parameters, batches[k % t.BATCHES])
        return jax.block_until_ready(loss)

    order = np.arange(steps) % t.BATCHES
    scan = jax.jit(
        lambda parameters: jax.lax.scan(lambda p, k: step(p, (xs[k], ys[k])), parameters, order), donate_argnums=0)

    def round_in_one():
        nonlocal parameters
        parameters, losses = jax.block_until_ready(scan(parameters))
        return losses[-1]

    for words, body in [("each step compiled", round_of_calls), ("one scan", round_in_one)]:
        parameters = [np.array(p) for p in start]
        loss = body()
        t.report(f"JAX {jax.__version__}, {words}", t.name(layers), [s / steps for s in t.times(body)], loss)


def measure(workload, f, inputs, wanted, repetitions):
    call = jax.jit(jax.value_and_grad(f, argnums=tuple(range(wanted))))
    inputs = [np.array(v) for v in inputs]
    jax.block_until_ready(inputs)
    t.forget_most_resident()
    before = t.resident("VmRSS")
    step = lambda: jax.block_until_ready(call(*inputs))
    loss = step()[0]
    seconds = t.times(step, repetitions)
    t.report(f"JAX {jax.__version__}, each step compiled", workload, seconds, loss, t.resident("VmHWM") - before)


measure("ten million", lambda w, b, x, y: np.mean((jax.nn.sigmoid(w * x + b) - y) ** 2), t.ten_million(), 2, 1)
measure("four", lambda a, b, c, d: np.sum((a * b + c) * d), t.four(), 4, 1000)
for network in t.NETWORKS:
    measure_network(*network)
