// What the peers in C++ share: the workloads, written once for any number type, the clock and the report.
// The inputs are those of Tests/Benchmarks/Sources/Workloads; gradients are compared there.
#pragma once
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

template <class Number> Number rosenbrock(const std::vector<Number> &x) {
  Number sum = 0.0;
  for (size_t i = 0; i + 1 < x.size(); i++) {
    Number a = x[i + 1] - x[i] * x[i];
    Number b = 1.0 - x[i];
    sum += 100.0 * (a * a) + b * b;
  }
  return sum;
}

template <class Number, class Input>
std::vector<Number> layer(const std::vector<Input> &x, const std::vector<Number> &weights, size_t start,
                          size_t width) {
  using std::tanh;
  std::vector<Number> result(width);
  for (size_t j = 0; j < width; j++) {
    size_t row = start + j * (x.size() + 1);
    Number sum = weights[row + x.size()];
    for (size_t i = 0; i < x.size(); i++) sum += weights[row + i] * x[i];
    result[j] = tanh(sum);
  }
  return result;
}

template <class Number> Number network(const std::vector<Number> &weights, int points) {
  Number loss = 0.0;
  for (int k = 0; k < points; k++) {
    std::vector<double> point{k / 100.0, k * k % 100 / 100.0};
    std::vector<Number> hidden = layer(layer(point, weights, 0, 16), weights, 48, 16);
    Number error = layer(hidden, weights, 320, 1)[0] - double(k % 2);
    loss += error * error;
  }
  return loss;
}

template <class Number> Number sin_chain(const std::vector<Number> &x, int steps) {
  using std::sin;
  Number z = x[0];
  for (int i = 0; i < steps; i++) z = sin(z);
  return z;
}

inline double seconds(const std::function<void()> &body) {
  auto now = [] {
    timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
  };
  double start = now();
  body();
  return now() - start;
}

inline void print_numbers(const char *key, const std::vector<double> &numbers) {
  printf("\"%s\":[", key);
  for (size_t i = 0; i < numbers.size(); i++) printf("%s%.17g", i ? "," : "", numbers[i]);
  printf("]");
}

/// Records and walks `rounds` times, after once to warm up, and prints one line for the benchmarks.
inline void measure(const char *system, const char *workload, int size, int rounds,
                    const std::vector<double> &inputs,
                    const std::function<void(const std::vector<double> &)> &record,
                    const std::function<void(std::vector<double> &)> &backward) {
  std::vector<double> gradient(inputs.size()), forth, back, both;
  for (int round = -1; round < rounds; round++) {
    double f = seconds([&] { record(inputs); });
    double b = seconds([&] { backward(gradient); });
    if (round < 0) continue;
    forth.push_back(f);
    back.push_back(b);
    both.push_back(f + b);
  }
  printf("{\"system\":\"%s\",\"workload\":\"%s\",\"size\":%d,", system, workload, size);
  print_numbers("record", forth);
  printf(",");
  print_numbers("backward", back);
  printf(",");
  print_numbers("both", both);
  printf(",");
  print_numbers("gradient", gradient);
  printf("}\n");
}

/// The three workloads. `System` has a `Number`, `record(inputs, operations, f)` and `backward(gradient)`.
template <class System> int run(const char *name, int argc, char **argv) {
  using Number = typename System::Number;
  using Numbers = std::vector<Number>;
  int rounds = argc > 1 ? std::stoi(argv[1]) : 15;
  System system;
  auto one = [&](const char *workload, int size, size_t operations, const std::vector<double> &inputs, auto f) {
    measure(name, workload, size, rounds, inputs, [&](auto &x) { system.record(x, operations, f); },
            [&](auto &gradient) { system.backward(gradient); });
  };
  std::vector<double> variables(100000), weights(337);
  for (size_t i = 0; i < variables.size(); i++) variables[i] = -1.2 + double(i % 3);
  for (size_t k = 0; k < weights.size(); k++) weights[k] = double(k * 7919 % 13) / 13 - 0.5;
  one("Rosenbrock", 100000, 799992, variables, [](const Numbers &x) { return rosenbrock(x); });
  one("Network 2-16-16-1", 100, 64400, weights, [](const Numbers &x) { return network(x, 100); });
  one("Sin chain", 1000000, 1000000, {0.3}, [](const Numbers &x) { return sin_chain(x, 1000000); });
  return 0;
}
