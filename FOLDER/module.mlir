module @chainrule {
  // %arg0 is weights.0
  // %arg1 is biases.0
  // %arg2 is rate
  // %arg3 is step
  // %arg4 is inputs
  // %arg5 is targets
  func.func public @main(%arg0: tensor<1x1xf64>, %arg1: tensor<1xf64>, %arg2: tensor<f64>, %arg3: tensor<f64>, %arg4: tensor<5x1xf64>, %arg5: tensor<5x1xf64>) -> (tensor<1x1xf64>, tensor<1xf64>, tensor<f64>) {
    %0 = stablehlo.dot_general %arg4, %arg0, contracting_dims = [1] x [0], precision = [HIGHEST, HIGHEST] : (tensor<5x1xf64>, tensor<1x1xf64>) -> tensor<5x1xf64>
    %1 = stablehlo.broadcast_in_dim %arg1, dims = [1] : (tensor<1xf64>) -> tensor<5x1xf64>
    %2 = stablehlo.add %0, %1 : tensor<5x1xf64>
    %3 = stablehlo.subtract %2, %arg5 : tensor<5x1xf64>
    %4 = stablehlo.multiply %3, %3 : tensor<5x1xf64>
    %5 = stablehlo.constant dense<0x0000000000000000> : tensor<f64>
    %6 = stablehlo.reduce(%4 init: %5) applies stablehlo.add across dimensions = [0, 1] : (tensor<5x1xf64>, tensor<f64>) -> tensor<f64>
    %7 = stablehlo.constant dense<0x3FE0000000000000> : tensor<f64>
    %8 = stablehlo.multiply %7, %6 : tensor<f64>
    %9 = stablehlo.constant dense<0x4014000000000000> : tensor<f64>
    %10 = stablehlo.divide %8, %9 : tensor<f64>
    %11 = stablehlo.constant dense<0x4000000000000000> : tensor<5x1xf64>
    %12 = stablehlo.multiply %11, %3 : tensor<5x1xf64>
    %13 = stablehlo.constant dense<0x3FB999999999999A> : tensor<5x1xf64>
    %14 = stablehlo.multiply %12, %13 : tensor<5x1xf64>
    %15 = stablehlo.reduce(%14 init: %5) applies stablehlo.add across dimensions = [0] : (tensor<5x1xf64>, tensor<f64>) -> tensor<1xf64>
    %16 = stablehlo.reshape %15 : (tensor<1xf64>) -> tensor<1x1xf64>
    %17 = stablehlo.reshape %16 : (tensor<1x1xf64>) -> tensor<1xf64>
    %18 = stablehlo.dot_general %arg4, %14, contracting_dims = [0] x [0], precision = [HIGHEST, HIGHEST] : (tensor<5x1xf64>, tensor<5x1xf64>) -> tensor<1x1xf64>
    %19 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<f64>) -> tensor<1x1xf64>
    %20 = stablehlo.multiply %19, %18 : tensor<1x1xf64>
    %21 = stablehlo.subtract %arg0, %20 : tensor<1x1xf64>
    %22 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<f64>) -> tensor<1xf64>
    %23 = stablehlo.multiply %22, %17 : tensor<1xf64>
    %24 = stablehlo.subtract %arg1, %23 : tensor<1xf64>
    return %21, %24, %10 : tensor<1x1xf64>, tensor<1xf64>, tensor<f64>
  }
}
