"""PyTorch on the CPU: eager with raw tensors and with nn.Module, and compiled."""

import sys

import tensors as t
import torch
import torch.nn.functional as F

torch.set_num_threads(t.THREADS)
WAY = sys.argv[3]  # raw, module, compiled, kept


def loss_of(z, y, classifier):
    return F.cross_entropy(z, y) if classifier else 0.5 * torch.sum((z - y) ** 2) / z.shape[0]


def raw(weights, biases, classifier):
    """Parameters and the function of a batch that gives the loss, with plain tensors."""
    parameters = [torch.tensor(p, requires_grad=True) for pair in zip(weights, biases) for p in pair]

    def forward(x, y):
        a = x
        for l in range(len(weights)):
            z = torch.addmm(parameters[2 * l + 1], a, parameters[2 * l])
            last = l == len(weights) - 1
            a = z if classifier and last else torch.relu(z) if classifier else torch.sigmoid(z)
        return loss_of(a, y, classifier)

    return parameters, forward


def module(weights, biases, classifier):
    layers = []
    for l, (w, b) in enumerate(zip(weights, biases)):
        linear = torch.nn.Linear(*w.shape)
        linear.weight.data, linear.bias.data = torch.tensor(w.T.copy()), torch.tensor(b)
        last = l == len(weights) - 1
        layers += [linear] + ([] if classifier and last else [torch.nn.ReLU() if classifier else torch.nn.Sigmoid()])
    model = torch.nn.Sequential(*layers)
    return list(model.parameters()), lambda x, y: loss_of(model(x), y, classifier)


def measure_network(layers, batch, classifier, rate, steps):
    weights, biases, inputs, labels = t.network(layers, batch)
    parameters, forward = (module if WAY == "module" else raw)(weights, biases, classifier)
    if WAY == "compiled":
        forward = torch.compile(forward)
    xs = [torch.tensor(x) for x in inputs]
    ys = [torch.tensor(y) if classifier else F.one_hot(torch.tensor(y), 10).float() for y in labels]
    optimizer = torch.optim.SGD(parameters, lr=rate) if WAY == "module" else None

    def one(k):
        loss = forward(xs[k % t.BATCHES], ys[k % t.BATCHES])
        if optimizer:
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
        else:
            for p in parameters:
                p.grad = None
            loss.backward()
            with torch.no_grad():
                for p in parameters:
                    p -= rate * p.grad
        return loss

    def round_of_steps():
        for k in range(steps):
            last = one(k)
        return last.item()

    loss = round_of_steps()
    seconds = [s / steps for s in t.times(round_of_steps)]
    t.report(system(), t.name(layers), seconds, loss)


def system():
    words = {"raw": "eager", "module": "nn.Module", "compiled": "compiled", "kept": "eager, memory kept"}
    return f"PyTorch {torch.__version__.split('+')[0]}, {words[WAY]}"


def measure_four():
    a, b, c, d = (torch.tensor(v, requires_grad=True) for v in t.four())
    forward = lambda a, b, c, d: ((a * b + c) * d).sum()
    if WAY == "compiled":
        forward = torch.compile(forward)

    def step():
        a.grad = b.grad = c.grad = d.grad = None
        loss = forward(a, b, c, d)
        loss.backward()
        return loss

    loss = step().item()
    t.report(system(), "four", t.times(step, 1000), loss)


def measure_ten_million():
    w, b, x, y = (torch.tensor(v) for v in t.ten_million())
    w.requires_grad_()
    b.requires_grad_()
    forward = lambda w, b, x, y: torch.mean((torch.sigmoid(w * x + b) - y) ** 2)
    if WAY == "compiled":
        forward = torch.compile(forward)
        forward(w[:8], b[:8], x[:8], y[:8])
    t.forget_most_resident()
    before = t.resident("VmRSS")

    def step():
        w.grad = b.grad = None
        loss = forward(w, b, x, y)
        loss.backward()
        return loss

    loss = step().item()
    seconds = t.times(step)
    t.report(system(), "ten million", seconds, loss, t.resident("VmHWM") - before)


measure_ten_million()
if WAY != "kept":
    measure_four()
    for network in t.NETWORKS:
        measure_network(*network)
