module @chainrule {
  // %arg0 is z
  func.func public @main(%arg0: tensor<3xf64>) -> (tensor<f64>, tensor<3xf64>) {
    %0 = stablehlo.constant dense<0xFFF0000000000000> : tensor<f64>
    %1 = stablehlo.reduce(%arg0 init: %0) applies stablehlo.maximum across dimensions = [0] : (tensor<3xf64>, tensor<f64>) -> tensor<f64>
    %2 = stablehlo.reshape %1 : (tensor<f64>) -> tensor<1xf64>
    %3 = stablehlo.broadcast_in_dim %2, dims = [0] : (tensor<1xf64>) -> tensor<3xf64>
    %4 = stablehlo.subtract %arg0, %3 : tensor<3xf64>
    %5 = stablehlo.exponential %4 : tensor<3xf64>
    %6 = stablehlo.constant dense<0x0000000000000000> : tensor<f64>
    %7 = stablehlo.reduce(%5 init: %6) applies stablehlo.add across dimensions = [0] : (tensor<3xf64>, tensor<f64>) -> tensor<f64>
    %8 = stablehlo.reshape %7 : (tensor<f64>) -> tensor<1xf64>
    %9 = stablehlo.log %8 : tensor<1xf64>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0] : (tensor<1xf64>) -> tensor<3xf64>
    %11 = stablehlo.subtract %4, %10 : tensor<3xf64>
    %12 = stablehlo.slice %11 [1:2:1] : (tensor<3xf64>) -> tensor<1xf64>
    %13 = stablehlo.reshape %12 : (tensor<1xf64>) -> tensor<f64>
    %14 = stablehlo.negate %13 : tensor<f64>
    %15 = stablehlo.constant dense<0xBFF0000000000000> : tensor<1xf64>
    %16 = stablehlo.pad %15, %6, low = [1], high = [1], interior = [0] : (tensor<1xf64>, tensor<f64>) -> tensor<3xf64>
    %17 = stablehlo.exponential %11 : tensor<3xf64>
    %18 = stablehlo.reduce(%16 init: %6) applies stablehlo.add across dimensions = [0] : (tensor<3xf64>, tensor<f64>) -> tensor<f64>
    %19 = stablehlo.reshape %18 : (tensor<f64>) -> tensor<1xf64>
    %20 = stablehlo.broadcast_in_dim %19, dims = [0] : (tensor<1xf64>) -> tensor<3xf64>
    %21 = stablehlo.multiply %17, %20 : tensor<3xf64>
    %22 = stablehlo.subtract %16, %21 : tensor<3xf64>
    return %14, %22 : tensor<f64>, tensor<3xf64>
  }
}
