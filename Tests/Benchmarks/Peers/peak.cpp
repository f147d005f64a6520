// The most that one core does: fused multiply-adds of registers, as many independent ones as hide their latency.
// Arguments: threads, rounds. Reports the seconds of 2³⁰ operations; a product and a sum count as two.
#include <chrono>
#include <cstdio>
#include <cstdlib>

typedef float Eight __attribute__((vector_size(32)));
typedef float Sixteen __attribute__((vector_size(64)));
constexpr int CHAINS = 10;

template <typename Lanes>
static inline __attribute__((always_inline)) double seconds(float factor) {
  Lanes f = Lanes{} + factor, s = Lanes{} + 1e-3f, a = s, b = s, c = s, d = s, e = s, g = s, h = s, i = s, j = s, k = s;
  auto start = std::chrono::steady_clock::now();
  for (long n = 0; n < (1L << 30) / (2 * CHAINS * (long)sizeof(Lanes) / 4); n++) {
    a = a * f + s, b = b * f + s, c = c * f + s, d = d * f + s, e = e * f + s;
    g = g * f + s, h = h * f + s, i = i * f + s, j = j * f + s, k = k * f + s;
    // Opaque to the compiler, which would otherwise compute one chain for all.
    asm volatile("" : "+v"(a), "+v"(b), "+v"(c), "+v"(d), "+v"(e), "+v"(g), "+v"(h), "+v"(i), "+v"(j), "+v"(k));
  }
  std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  volatile float sink = (a + b + c + d + e + g + h + i + j + k)[0];
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
