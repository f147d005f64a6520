module @chainrule {
  // %arg0 is w
  // %arg1 is x
  func.func public @main(%arg0: tensor<f64>, %arg1: tensor<f64>) -> (tensor<f64>, tensor<f64>, tensor<f64>) {
    %0 = stablehlo.multiply %arg0, %arg1 : tensor<f64>
    %1 = stablehlo.constant dense<0x4000000000000000> : tensor<f64>
    %2 = stablehlo.subtract %0, %1 : tensor<f64>
    %3 = stablehlo.multiply %2, %2 : tensor<f64>
    %4 = stablehlo.multiply %1, %2 : tensor<f64>
    %5 = stablehlo.constant dense<0x0000000000000000> : tensor<f64>
    %6 = stablehlo.compare EQ, %arg1, %5, FLOAT : (tensor<f64>, tensor<f64>) -> tensor<i1>
    %7 = stablehlo.compare EQ, %4, %5, FLOAT : (tensor<f64>, tensor<f64>) -> tensor<i1>
    %8 = stablehlo.or %6, %7 : tensor<i1>
    %9 = stablehlo.multiply %arg1, %4 : tensor<f64>
    %10 = stablehlo.select %8, %5, %9 : tensor<i1>, tensor<f64>
    %11 = stablehlo.compare EQ, %arg0, %5, FLOAT : (tensor<f64>, tensor<f64>) -> tensor<i1>
    %12 = stablehlo.compare EQ, %4, %5, FLOAT : (tensor<f64>, tensor<f64>) -> tensor<i1>
    %13 = stablehlo.or %11, %12 : tensor<i1>
    %14 = stablehlo.multiply %arg0, %4 : tensor<f64>
    %15 = stablehlo.select %13, %5, %14 : tensor<i1>, tensor<f64>
    return %3, %10, %15 : tensor<f64>, tensor<f64>, tensor<f64>
  }
}
