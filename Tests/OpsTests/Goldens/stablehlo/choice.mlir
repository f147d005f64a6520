module @chainrule {
  // %arg0 is x
  func.func public @main(%arg0: tensor<f64>) -> (tensor<f64>, tensor<f64>) {
    %0 = stablehlo.constant dense<0x0000000000000000> : tensor<f64>
    %1 = stablehlo.compare LT, %0, %arg0, FLOAT : (tensor<f64>, tensor<f64>) -> tensor<i1>
    %2 = stablehlo.convert %1 : (tensor<i1>) -> tensor<f64>
    %3 = stablehlo.exponential %arg0 : tensor<f64>
    %4 = stablehlo.constant dense<0x3FF0000000000000> : tensor<f64>
    %5 = stablehlo.subtract %3, %4 : tensor<f64>
    %6 = stablehlo.compare NE, %2, %0, FLOAT : (tensor<f64>, tensor<f64>) -> tensor<i1>
    %7 = stablehlo.select %6, %arg0, %5 : tensor<i1>, tensor<f64>
    %8 = stablehlo.compare NE, %2, %0, FLOAT : (tensor<f64>, tensor<f64>) -> tensor<i1>
    %9 = stablehlo.select %8, %4, %0 : tensor<i1>, tensor<f64>
    %10 = stablehlo.compare NE, %2, %0, FLOAT : (tensor<f64>, tensor<f64>) -> tensor<i1>
    %11 = stablehlo.select %10, %0, %4 : tensor<i1>, tensor<f64>
    %12 = stablehlo.compare EQ, %3, %0, FLOAT : (tensor<f64>, tensor<f64>) -> tensor<i1>
    %13 = stablehlo.compare EQ, %11, %0, FLOAT : (tensor<f64>, tensor<f64>) -> tensor<i1>
    %14 = stablehlo.or %12, %13 : tensor<i1>
    %15 = stablehlo.multiply %3, %11 : tensor<f64>
    %16 = stablehlo.select %14, %0, %15 : tensor<i1>, tensor<f64>
    %17 = stablehlo.add %9, %16 : tensor<f64>
    return %7, %17 : tensor<f64>, tensor<f64>
  }
}
