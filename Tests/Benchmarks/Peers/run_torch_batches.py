"""PyTorch on functions at many points: written for all points at once, eager, in double precision, one thread."""

import harness
import torch

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def network(points, weights):
    x = points[:, :2]
    for start, fan_in, width in [(0, 2, 16), (48, 16, 16), (320, 16, 1)]:
        rows = weights[start : start + width * (fan_in + 1)].reshape(width, fan_in + 1)
        x = torch.tanh(x @ rows[:, :fan_in].T + rows[:, fan_in])
    return (x[:, 0] - points[:, 2]) ** 2


def rosenbrock(p):
    return 100 * (p[:, 1] - p[:, 0] ** 2) ** 2 + (1 - p[:, 0]) ** 2


def asian_option(draws, p):
    spot, strike, rate, volatility, maturity = p
    step = maturity / draws.shape[1]
    growth = torch.cumsum((rate - 0.5 * volatility**2) * step + volatility * torch.sqrt(step) * draws, 1)
    return torch.exp(-rate * maturity) * torch.relu((spot * torch.exp(growth)).mean(1) - strike)


def measure(workload, f, *arguments):
    """The gradient of the sum by the last argument."""

    def once():
        arguments[-1].grad = None
        f(*arguments).sum().backward()

    arguments[-1].requires_grad_()
    once()
    times = [harness.seconds(once)[0] for _ in range(harness.rounds(15))]
    # The paths of the option are others than ours.
    gradient = [] if workload == "Asian option" else arguments[-1].grad.flatten()[:337]
    harness.report(f"PyTorch {torch.__version__}, eager", workload, len(arguments[0]), times, gradient)


k = torch.arange(3_200)
points = torch.stack([k % 100 / 100, k * k % 100 / 100, (k % 2).double()], 1)
measure("Network 2-16-16-1", network, points.double(), torch.tensor(harness.WEIGHTS))
k = torch.arange(100_000)
measure("Rosenbrock", rosenbrock, torch.stack([-1.2 + (k + column) % 37 / 15 for column in range(2)], 1).double())
measure("Asian option", asian_option, torch.randn(100_000, 100), torch.tensor([100, 105, 0.03, 0.2, 1.0]))
