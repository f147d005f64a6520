module @chainrule {
  // %arg0 is x
  // %arg1 is W
  // %arg2 is b
  func.func public @main(%arg0: tensor<1x2xf64>, %arg1: tensor<2x3xf64>, %arg2: tensor<3xf64>) -> (tensor<f64>, tensor<1x2xf64>, tensor<2x3xf64>, tensor<3xf64>) {
    %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0], precision = [HIGHEST, HIGHEST] : (tensor<1x2xf64>, tensor<2x3xf64>) -> tensor<1x3xf64>
    %1 = stablehlo.broadcast_in_dim %arg2, dims = [1] : (tensor<3xf64>) -> tensor<1x3xf64>
    %2 = stablehlo.add %0, %1 : tensor<1x3xf64>
    %3 = stablehlo.tanh %2 : tensor<1x3xf64>
    %4 = stablehlo.multiply %3, %3 : tensor<1x3xf64>
    %5 = stablehlo.constant dense<0x0000000000000000> : tensor<f64>
    %6 = stablehlo.reduce(%4 init: %5) applies stablehlo.add across dimensions = [0, 1] : (tensor<1x3xf64>, tensor<f64>) -> tensor<f64>
    %7 = stablehlo.constant dense<0x4000000000000000> : tensor<f64>
    %8 = stablehlo.divide %6, %7 : tensor<f64>
    %9 = stablehlo.constant dense<0x4000000000000000> : tensor<1x3xf64>
    %10 = stablehlo.multiply %9, %3 : tensor<1x3xf64>
    %11 = stablehlo.constant dense<0x3FE0000000000000> : tensor<1x3xf64>
    %12 = stablehlo.multiply %10, %11 : tensor<1x3xf64>
    %13 = stablehlo.multiply %9, %2 : tensor<1x3xf64>
    %14 = stablehlo.abs %13 : tensor<1x3xf64>
    %15 = stablehlo.negate %14 : tensor<1x3xf64>
    %16 = stablehlo.exponential %15 : tensor<1x3xf64>
    %17 = stablehlo.constant dense<0x3FF0000000000000> : tensor<1x3xf64>
    %18 = stablehlo.add %17, %16 : tensor<1x3xf64>
    %19 = stablehlo.multiply %18, %18 : tensor<1x3xf64>
    %20 = stablehlo.divide %16, %19 : tensor<1x3xf64>
    %21 = stablehlo.constant dense<0x4010000000000000> : tensor<1x3xf64>
    %22 = stablehlo.multiply %21, %20 : tensor<1x3xf64>
    %23 = stablehlo.constant dense<0x0000000000000000> : tensor<1x3xf64>
    %24 = stablehlo.compare EQ, %22, %23, FLOAT : (tensor<1x3xf64>, tensor<1x3xf64>) -> tensor<1x3xi1>
    %25 = stablehlo.compare EQ, %12, %23, FLOAT : (tensor<1x3xf64>, tensor<1x3xf64>) -> tensor<1x3xi1>
    %26 = stablehlo.or %24, %25 : tensor<1x3xi1>
    %27 = stablehlo.multiply %22, %12 : tensor<1x3xf64>
    %28 = stablehlo.select %26, %23, %27 : tensor<1x3xi1>, tensor<1x3xf64>
    %29 = stablehlo.reduce(%28 init: %5) applies stablehlo.add across dimensions = [0] : (tensor<1x3xf64>, tensor<f64>) -> tensor<3xf64>
    %30 = stablehlo.reshape %29 : (tensor<3xf64>) -> tensor<1x3xf64>
    %31 = stablehlo.reshape %30 : (tensor<1x3xf64>) -> tensor<3xf64>
    %32 = stablehlo.dot_general %28, %arg1, contracting_dims = [1] x [1], precision = [HIGHEST, HIGHEST] : (tensor<1x3xf64>, tensor<2x3xf64>) -> tensor<1x2xf64>
    %33 = stablehlo.dot_general %arg0, %28, contracting_dims = [0] x [0], precision = [HIGHEST, HIGHEST] : (tensor<1x2xf64>, tensor<1x3xf64>) -> tensor<2x3xf64>
    return %8, %32, %33, %31 : tensor<f64>, tensor<1x2xf64>, tensor<2x3xf64>, tensor<3xf64>
  }
}
