module @chainrule {
  // %arg0 is A
  // %arg1 is b
  func.func public @main(%arg0: tensor<2x2xf64>, %arg1: tensor<2x1xf64>) -> (tensor<f64>, tensor<2x2xf64>, tensor<2x1xf64>) {
    %0 = stablehlo.iota dim = 0 : tensor<2x2xf64>
    %1 = stablehlo.iota dim = 1 : tensor<2x2xf64>
    %2 = stablehlo.compare EQ, %0, %1, FLOAT : (tensor<2x2xf64>, tensor<2x2xf64>) -> tensor<2x2xi1>
    %3 = stablehlo.convert %2 : (tensor<2x2xi1>) -> tensor<2x2xf64>
    %4 = stablehlo.reshape %arg0 : (tensor<2x2xf64>) -> tensor<1x2x2xf64>
    %5 = stablehlo.reshape %3 : (tensor<2x2xf64>) -> tensor<1x2x2xf64>
    %6 = stablehlo.concatenate %4, %5, dim = 2 : (tensor<1x2x2xf64>, tensor<1x2x2xf64>) -> tensor<1x2x4xf64>
    %7 = stablehlo.constant dense<0> : tensor<i32>
    %8 = stablehlo.constant dense<2> : tensor<i32>
    %9 = stablehlo.constant dense<0x3FF0000000000000> : tensor<1xf64>
    %10:3 = stablehlo.while(%k = %7, %w = %6, %d = %9) : tensor<i32>, tensor<1x2x4xf64>, tensor<1xf64>
    cond {
      %11 = stablehlo.compare LT, %k, %8, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %11 : tensor<i1>
    } do {
      %12 = stablehlo.constant dense<0> : tensor<i32>
      %13 = stablehlo.iota dim = 1 : tensor<1x2xi32>
      %14 = stablehlo.broadcast_in_dim %k, dims = [] : (tensor<i32>) -> tensor<1x2xi32>
      %15 = stablehlo.compare EQ, %13, %14, SIGNED : (tensor<1x2xi32>, tensor<1x2xi32>) -> tensor<1x2xi1>
      %16 = stablehlo.dynamic_slice %w, %12, %12, %k, sizes = [1, 2, 1] : (tensor<1x2x4xf64>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x2x1xf64>
      %17 = stablehlo.reshape %16 : (tensor<1x2x1xf64>) -> tensor<1x2xf64>
      %18 = stablehlo.abs %17 : tensor<1x2xf64>
      %19 = stablehlo.compare LT, %13, %14, SIGNED : (tensor<1x2xi32>, tensor<1x2xi32>) -> tensor<1x2xi1>
      %20 = stablehlo.constant dense<0xBFF0000000000000> : tensor<1x2xf64>
      %21 = stablehlo.select %19, %20, %18 : tensor<1x2xi1>, tensor<1x2xf64>
      %22 = stablehlo.constant dense<0xFFF0000000000000> : tensor<f64>
      %23 = stablehlo.reduce(%21 init: %22) applies stablehlo.maximum across dimensions = [1] : (tensor<1x2xf64>, tensor<f64>) -> tensor<1xf64>
      %24 = stablehlo.broadcast_in_dim %23, dims = [0] : (tensor<1xf64>) -> tensor<1x2xf64>
      %25 = stablehlo.compare EQ, %21, %24, FLOAT : (tensor<1x2xf64>, tensor<1x2xf64>) -> tensor<1x2xi1>
      %26 = stablehlo.constant dense<2> : tensor<1x2xi32>
      %27 = stablehlo.select %25, %13, %26 : tensor<1x2xi1>, tensor<1x2xi32>
      %28 = stablehlo.constant dense<2> : tensor<i32>
      %29 = stablehlo.reduce(%27 init: %28) applies stablehlo.minimum across dimensions = [1] : (tensor<1x2xi32>, tensor<i32>) -> tensor<1xi32>
      %30 = stablehlo.broadcast_in_dim %29, dims = [0] : (tensor<1xi32>) -> tensor<1x2xi32>
      %31 = stablehlo.compare EQ, %13, %30, SIGNED : (tensor<1x2xi32>, tensor<1x2xi32>) -> tensor<1x2xi1>
      %32 = stablehlo.broadcast_in_dim %k, dims = [] : (tensor<i32>) -> tensor<1xi32>
      %33 = stablehlo.compare EQ, %29, %32, SIGNED : (tensor<1xi32>, tensor<1xi32>) -> tensor<1xi1>
      %34 = stablehlo.dynamic_slice %w, %12, %k, %12, sizes = [1, 1, 4] : (tensor<1x2x4xf64>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x1x4xf64>
      %35 = stablehlo.reshape %34 : (tensor<1x1x4xf64>) -> tensor<1x4xf64>
      %36 = stablehlo.broadcast_in_dim %31, dims = [0, 1] : (tensor<1x2xi1>) -> tensor<1x2x4xi1>
      %37 = stablehlo.constant dense<0x0000000000000000> : tensor<1x2x4xf64>
      %38 = stablehlo.select %36, %w, %37 : tensor<1x2x4xi1>, tensor<1x2x4xf64>
      %39 = stablehlo.constant dense<0x0000000000000000> : tensor<f64>
      %40 = stablehlo.reduce(%38 init: %39) applies stablehlo.add across dimensions = [1] : (tensor<1x2x4xf64>, tensor<f64>) -> tensor<1x4xf64>
      %41 = stablehlo.dynamic_slice %40, %12, %k, sizes = [1, 1] : (tensor<1x4xf64>, tensor<i32>, tensor<i32>) -> tensor<1x1xf64>
      %42 = stablehlo.reshape %41 : (tensor<1x1xf64>) -> tensor<1xf64>
      %43 = stablehlo.broadcast_in_dim %31, dims = [0, 1] : (tensor<1x2xi1>) -> tensor<1x2x4xi1>
      %44 = stablehlo.broadcast_in_dim %35, dims = [0, 2] : (tensor<1x4xf64>) -> tensor<1x2x4xf64>
      %45 = stablehlo.select %43, %44, %w : tensor<1x2x4xi1>, tensor<1x2x4xf64>
      %46 = stablehlo.broadcast_in_dim %42, dims = [0] : (tensor<1xf64>) -> tensor<1x4xf64>
      %47 = stablehlo.divide %40, %46 : tensor<1x4xf64>
      %48 = stablehlo.broadcast_in_dim %47, dims = [0, 2] : (tensor<1x4xf64>) -> tensor<1x2x4xf64>
      %49 = stablehlo.dynamic_slice %45, %12, %12, %k, sizes = [1, 2, 1] : (tensor<1x2x4xf64>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x2x1xf64>
      %50 = stablehlo.reshape %49 : (tensor<1x2x1xf64>) -> tensor<1x2xf64>
      %51 = stablehlo.broadcast_in_dim %50, dims = [0, 1] : (tensor<1x2xf64>) -> tensor<1x2x4xf64>
      %52 = stablehlo.multiply %51, %48 : tensor<1x2x4xf64>
      %53 = stablehlo.subtract %45, %52 : tensor<1x2x4xf64>
      %54 = stablehlo.broadcast_in_dim %15, dims = [0, 1] : (tensor<1x2xi1>) -> tensor<1x2x4xi1>
      %55 = stablehlo.select %54, %48, %53 : tensor<1x2x4xi1>, tensor<1x2x4xf64>
      %56 = stablehlo.constant dense<0xBFF0000000000000> : tensor<1xf64>
      %57 = stablehlo.select %33, %9, %56 : tensor<1xi1>, tensor<1xf64>
      %58 = stablehlo.multiply %42, %57 : tensor<1xf64>
      %59 = stablehlo.multiply %d, %58 : tensor<1xf64>
      %60 = stablehlo.constant dense<1> : tensor<i32>
      %61 = stablehlo.add %k, %60 : tensor<i32>
      stablehlo.return %61, %55, %59 : tensor<i32>, tensor<1x2x4xf64>, tensor<1xf64>
    }
    %62 = stablehlo.reshape %10#2 : (tensor<1xf64>) -> tensor<f64>
    %63 = stablehlo.slice %10#1 [0:1, 0:2, 2:4] : (tensor<1x2x4xf64>) -> tensor<1x2x2xf64>
    %64 = stablehlo.reshape %63 : (tensor<1x2x2xf64>) -> tensor<2x2xf64>
    %65 = stablehlo.dot_general %64, %arg1, contracting_dims = [1] x [0], precision = [HIGHEST, HIGHEST] : (tensor<2x2xf64>, tensor<2x1xf64>) -> tensor<2x1xf64>
    %66 = stablehlo.constant dense<0x0000000000000000> : tensor<f64>
    %67 = stablehlo.reduce(%65 init: %66) applies stablehlo.add across dimensions = [0, 1] : (tensor<2x1xf64>, tensor<f64>) -> tensor<f64>
    %68 = stablehlo.constant dense<0x3FF0000000000000> : tensor<2x1xf64>
    %69 = stablehlo.dot_general %68, %arg1, contracting_dims = [1] x [1], precision = [HIGHEST, HIGHEST] : (tensor<2x1xf64>, tensor<2x1xf64>) -> tensor<2x2xf64>
    %70 = stablehlo.dot_general %64, %68, contracting_dims = [0] x [0], precision = [HIGHEST, HIGHEST] : (tensor<2x2xf64>, tensor<2x1xf64>) -> tensor<2x1xf64>
    %71 = stablehlo.dot_general %64, %69, contracting_dims = [0] x [0], precision = [HIGHEST, HIGHEST] : (tensor<2x2xf64>, tensor<2x2xf64>) -> tensor<2x2xf64>
    %72 = stablehlo.dot_general %71, %64, contracting_dims = [1] x [1], precision = [HIGHEST, HIGHEST] : (tensor<2x2xf64>, tensor<2x2xf64>) -> tensor<2x2xf64>
    %73 = stablehlo.negate %72 : tensor<2x2xf64>
    return %67, %73, %70 : tensor<f64>, tensor<2x2xf64>, tensor<2x1xf64>
  }
}
