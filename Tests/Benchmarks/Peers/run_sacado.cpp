// Sacado's reverse mode (RAD): its arena is reused from one gradient to the next.
#include "harness.hpp"
#include <Sacado_trad.hpp>

struct SacadoSystem {
  using Number = Sacado::Rad::ADvar<double>;
  std::vector<Number> variables;

  template <class F> void record(const std::vector<double> &x, size_t, F f) {
    variables.assign(x.begin(), x.end());
    Number y = f(variables);
  }

  void backward(std::vector<double> &gradient) {
    Number::Gradcomp();
    for (size_t i = 0; i < gradient.size(); i++) gradient[i] = variables[i].adj();
  }
};

int main(int argc, char **argv) { return run<SacadoSystem>("Sacado RAD", argc, argv); }
