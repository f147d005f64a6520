// All families of kernels for one element type, and the variant's table of them.

#include "Lanes.h"
#include "Shuffles.h"

#include "Elementwise.h"
#include "Selection.h"
#include "Broadcast.h"
#include "Reductions.h"
#include "Exponential.h"
#include "Logarithm.h"
#include "Trigonometry.h"
#include "Libm.h"
#include "Steps.h"
#include "Movement.h"
#include "Softmax.h"
#include "Tiles.h"
#include "Dots.h"
#include "Packing.h"
#include "Gemm.h"
#include "Factorization.h"
#include "Strips.h"

#define CK_T T
#define CK_S T
#define CK_FUNCTION(result, name, parameters, arguments) .name = F(name),
const struct F(ck_table) TABLE(F()) = {
#include "include/KernelList.h"
};
#undef CK_FUNCTION
#undef CK_T
#undef CK_S
