// ADOL-C on functions at many points: recorded once at the first, then evaluated and walked back at each. The workloads are
// those of Tests/Benchmarks/Sources/Batch.
#include "harness.hpp"
#include <adolc/adolc.h>
#include <random>

using Numbers = std::vector<adouble>;

static adouble squared_error(const Numbers &p) {
  std::vector<adouble> weights(p.begin() + 3, p.end()), x(p.begin(), p.begin() + 2);
  adouble error = layer(layer(layer(x, weights, 0, 16), weights, 48, 16), weights, 320, 1)[0] - p[2];
  return error * error;
}

static adouble asian_option(const Numbers &p) {
  size_t steps = p.size() - 5;
  const adouble *shared = p.data() + steps;
  adouble rate = shared[2], volatility = shared[3], maturity = shared[4], step = maturity / double(steps);
  adouble drift = (rate - 0.5 * volatility * volatility) * step, spread = volatility * sqrt(step);
  adouble price = shared[0], sum = 0;
  for (size_t i = 0; i < steps; i++) {
    price = price * exp(drift + spread * p[i]);
    sum += price;
  }
  return exp(-(rate * maturity)) * fmax(sum / double(steps) - shared[1], 0.0);
}

/// `points` has rows of numbers; the shared ones stand behind those of each point.
static void one(const char *workload, int rounds, size_t width, const std::vector<double> &points,
                const std::vector<double> &shared, adouble (*f)(const Numbers &)) {
  size_t count = points.size() / width, inputs = width + shared.size();
  std::vector<double> x(inputs), slopes(inputs), gradient(shared.size()), times;
  std::copy(points.begin(), points.begin() + width, x.begin());
  std::copy(shared.begin(), shared.end(), x.begin() + width);
  double value, seed = 1;
  trace_on(1);
  {
    Numbers variables(inputs);
    for (size_t i = 0; i < inputs; i++) variables[i] <<= x[i];
    f(variables) >>= value;
  }
  trace_off();
  for (int round = -1; round < rounds; round++) {
    double time = seconds([&] {
      std::fill(gradient.begin(), gradient.end(), 0);
      for (size_t k = 0; k < count; k++) {
        std::copy(points.begin() + k * width, points.begin() + (k + 1) * width, x.begin());
        zos_forward(1, 1, inputs, 1, x.data(), &value);
        fos_reverse(1, 1, inputs, &seed, slopes.data());
        for (size_t i = 0; i < gradient.size(); i++) gradient[i] += slopes[width + i];
      }
    });
    if (round >= 0) times.push_back(time);
  }
  printf("{\"system\":\"ADOL-C, recorded once\",\"workload\":\"%s\",\"size\":%zu,", workload, count);
  print_numbers("both", times);
  printf(",");
  // The paths of the option are others than ours.
  print_numbers("gradient", gradient.size() == 5 ? std::vector<double>() : gradient);
  printf("}\n");
}

int main(int argc, char **argv) {
  int rounds = argc > 1 ? std::stoi(argv[1]) : 15;
  std::vector<double> weights(337), points, pairs, draws;
  for (size_t k = 0; k < weights.size(); k++) weights[k] = double(k * 7919 % 13) / 13 - 0.5;
  for (size_t k = 0; k < 3200; k++) {
    for (double x : {double(k % 100) / 100, double(k * k % 100) / 100, double(k % 2)}) points.push_back(x);
  }
  for (size_t k = 0; k < 100000; k++) {
    for (size_t column : {0, 1}) pairs.push_back(-1.2 + double((k + column) % 37) / 15);
  }
  std::mt19937_64 generator(1);
  std::normal_distribution<double> normal;
  // A twentieth of the paths: each takes as long as any other.
  for (size_t k = 0; k < 5000 * 100; k++) draws.push_back(normal(generator));
  one("Network 2-16-16-1", rounds, 3, points, weights, squared_error);
  one("Rosenbrock", rounds, 2, pairs, {}, rosenbrock<adouble>);
  one("Asian option", rounds, 100, draws, {100, 105, 0.03, 0.2, 1}, asian_option);
}
