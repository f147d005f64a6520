// Chooses the variant and sends every public call to it.

#include <stdatomic.h>

#include "Table.h"

struct Variant {
  const struct ck_table_f32 *f32;
  const struct ck_table_f64 *f64;
};

static const struct Variant variants[] = {
    [CK_PORTABLE] = {&ck_portable_f32, &ck_portable_f64},
#if defined(__x86_64__)
    [CK_AVX2] = {&ck_avx2_f32, &ck_avx2_f64},
    [CK_AVX512] = {&ck_avx512_f32, &ck_avx512_f64},
#endif
};

static bool supported(int variant) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
  return variant == CK_PORTABLE || (variant == CK_AVX2 && avx2) || (variant == CK_AVX512 && avx512);
#else
  return variant == CK_PORTABLE;
#endif
}

static int best = CK_PORTABLE;
static _Thread_local int forced = -1;
// Whether any thread ever forced one: looking up what belongs to a thread takes as long as a small array.
static atomic_bool is_any_forced;

// Runs when the program is loaded, before any thread: no lock, no check in the calls.
__attribute__((constructor)) static void choose_best(void) {
  for (best = CK_AVX512; !supported(best); best--) {
  }
}

int ck_variant(void) {
  if (!atomic_load_explicit(&is_any_forced, memory_order_relaxed)) return best;
  return forced < 0 ? best : forced;
}

bool ck_force_variant(int variant) {
  if (variant >= 0 && !supported(variant)) return false;
  forced = variant;
  atomic_store_explicit(&is_any_forced, true, memory_order_relaxed);
  return true;
}

#define CK_FUNCTION(result, name, parameters, arguments) \
  result CK_NAME(name) parameters { return variants[ck_variant()].CK_TABLE->name arguments; }

#define CK_T float
#define CK_S float
#define CK_NAME(name) ck_##name##_f32
#define CK_TABLE f32
#include "include/KernelList.h"
#undef CK_T
#undef CK_S
#undef CK_NAME
#undef CK_TABLE

#define CK_T double
#define CK_S double
#define CK_NAME(name) ck_##name##_f64
#define CK_TABLE f64
#include "include/KernelList.h"
#undef CK_T
#undef CK_S
#undef CK_NAME
#undef CK_TABLE
#undef CK_FUNCTION

#define CK_T void
#define CK_S double
#define CK_FUNCTION(result, name, parameters, arguments)                       \
  result ck_##name CK_OF_EITHER parameters {                                   \
    const struct Variant *variant = &variants[ck_variant()];                   \
    if (single) return variant->f32->name arguments;                           \
    return variant->f64->name arguments;                                       \
  }
#include "include/KernelList.h"
