// The table of one variant's kernels: a function pointer for each line of the list.
#ifndef CHAINRULE_TABLE_H
#define CHAINRULE_TABLE_H

#include "ChainruleKernels.h"

#define CK_FUNCTION(result, name, parameters, arguments) result(*name) parameters;

#define CK_T float
#define CK_S float
struct ck_table_f32 {
#include "include/KernelList.h"
};
#undef CK_T
#undef CK_S

#define CK_T double
#define CK_S double
struct ck_table_f64 {
#include "include/KernelList.h"
};
#undef CK_T
#undef CK_S
#undef CK_FUNCTION

extern const struct ck_table_f32 ck_portable_f32, ck_avx2_f32, ck_avx512_f32;
extern const struct ck_table_f64 ck_portable_f64, ck_avx2_f64, ck_avx512_f64;

#endif
