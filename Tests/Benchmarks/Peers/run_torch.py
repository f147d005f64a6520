"""PyTorch on the CPU, each scalar a tensor, one thread."""

import harness
import torch

torch.set_num_threads(1)


def record(f, inputs):
    x = [torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in inputs]
    y = f(x)

    def walk():
        y.backward()
        return [v.grad.item() for v in x]

    return walk


harness.run(f"PyTorch {torch.__version__}, scalars", record, torch.sin, torch.tanh, (2_000, 2, 20_000))
