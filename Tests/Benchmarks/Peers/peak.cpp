// The most that one core does: fused multiply-adds of registers, as many independent ones as hide their latency.
// Arguments: threads, rounds. Reports the seconds of 2³⁰ operations; a product and a sum count as two.
#include <chrono>
#include <cstdio>
#include <cstdlib>

typedef float Eight __attribute__((vector_size(32)));
typedef float Sixteen __attribute__((vector_size(64)));
constexpr int CHAINS = 12;

template <typename Lanes>
static inline __attribute__((always_inline)) double seconds(float factor) {
  Lanes x[CHAINS], f = Lanes{} + factor, s = Lanes{} + 1e-3f;
  for (auto& v : x) v = Lanes{} + 1.0f;
  auto start = std::chrono::steady_clock::now();
  for (long i = 0; i < (1L << 30) / (2 * CHAINS * (long)sizeof(Lanes) / 4); i++) {
#pragma GCC unroll 12
    for (int k = 0; k < CHAINS; k++) {
      x[k] = x[k] * f + s;
      asm volatile("" : "+v"(x[k]));
    }
  }
  std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  volatile float sink = x[0][0] + x[CHAINS - 1][1];
  (void)sink;
  return time.count();
}

__attribute__((target("avx2,fma"))) static double eight(float factor) { return seconds<Eight>(factor); }
__attribute__((target("avx512f"))) static double sixteen(float factor) { return seconds<Sixteen>(factor); }

int main(int, char** arguments) {
  auto seconds = __builtin_cpu_supports("avx512f") ? sixteen : eight;
  std::printf("{\"system\": \"peak\", \"workload\": \"peak\", \"threads\": %s, \"loss\": 0, \"seconds\": [", arguments[1]);
  for (int round = 0; round < std::atoi(arguments[2]); round++)
    std::printf("%s%.9f", round ? ", " : "", seconds(0.999f));
  std::printf("]}\n");
}
