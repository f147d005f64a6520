// ADOL-C, tape in memory. It allocates its buffers at each recording and pays for their size, so they are given as
// tightly as the workload allows without a file; and the values are kept while recording (`keep`), so that the reverse
// sweep can follow at once.
#include "harness.hpp"
#include <adolc/adolc.h>

struct ADOLC {
  using Number = adouble;
  size_t inputs = 0;

  template <class F> void record(const std::vector<double> &x, size_t operations, F f) {
    inputs = x.size();
    size_t statements = operations + 3 * inputs + 1000;
    trace_on(1, 1, 2 * statements, 4 * statements, statements, 2 * statements);
    {
      std::vector<adouble> variables(x.size());
      for (size_t i = 0; i < x.size(); i++) variables[i] <<= x[i];
      double value;
      f(variables) >>= value;
    }
    trace_off();
  }

  void backward(std::vector<double> &gradient) {
    double seed = 1;
    fos_reverse(1, 1, inputs, &seed, gradient.data());
  }
};

int main(int argc, char **argv) { return run<ADOLC>("ADOL-C, in memory", argc, argv); }
