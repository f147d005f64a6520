import Testing

@Suite("chainrule gradient")
struct GradientTests {
  @Test("text")
  func text() throws {
    let result = try Chainrule.run("gradient", "c = (w*x + b - y)^2", "w=5", "x=1", "b=1", "y=2")
    #expect(
      result.output == """
        c     = 16
        ∂c/∂w = 8
        ∂c/∂x = 40
        ∂c/∂b = 8
        ∂c/∂y = -8

        """)
  }

  @Test("second derivatives, each pair once")
  func hessian() throws {
    let result = try Chainrule.run("gradient", "f = x^2*y", "x=3", "y=1/2", "--order", "2")
    #expect(
      result.output == """
        f        = 4.5
        ∂f/∂x    = 3
        ∂f/∂y    = 9
        ∂²f/∂x²  = 1
        ∂²f/∂x∂y = 6
        ∂²f/∂y²  = 0

        """)
  }

  @Test("what is differentiated stands in parentheses where it is more than a word")
  func numerators() throws {
    #expect(try Chainrule.run("gradient", "1/x", "x=2").output == "1/x       = 0.5\n∂(1/x)/∂x = -0.25\n")
    #expect(try Chainrule.run("gradient", "log(x)", "x=2").output.hasSuffix("∂log(x)/∂x = 0.5\n"))
  }

  @Test("JSON has the documented keys")
  func json() throws {
    let result = try Chainrule.run("gradient", "c = w*log(b)", "w=1", "b=0", "--order=2", "--format=json")
    #expect(
      result.output == """
        {"output": "c", "value": "-inf", "gradient": {"w": "-inf", "b": "inf"}, \
        "hessian": {"w": {"w": 0, "b": "inf"}, "b": {"w": "inf", "b": "-inf"}}}

        """)
  }

  @Test("errors")
  func errors() throws {
    let result = try Chainrule.run("gradient", "f = x", "x=1", "--order", "3")
    #expect(
      result
        == Chainrule.Result(
          status: 2, output: "",
          errors: "chainrule: --order: expected a whole number from 1 to 2, found '3'\n"))
  }

  @Test("tensors have at most 8 dimensions")
  func ranks() throws {
    let result = try Chainrule.run("gradient", "c = sum(x^2)", "x=[[[[[1]]]]]", "--order", "2")
    #expect(
      result.errors == "chainrule: --order: the second derivative by x would have 10 dimensions; 8 are possible\n")
    #expect(try Chainrule.run("gradient", "c = sum(x^2)", "x=[[[[1]]]]", "--order", "2").status == 0)
  }

  /// A label that is no class would count as no example at all.
  @Test(arguments: ["[0, 2]", "[0, 0.5]", "[0, -1]"])
  func labelsAreClasses(labels: String) throws {
    let logits = "z=[[1, 2], [3, 4]]"
    let result = try Chainrule.run("gradient", "y = crossentropy(z, l)", logits, "l=\(labels)")
    #expect(
      result.errors == """
        chainrule: line 1, column 5: crossentropy: expected labels from 0 to 1
          y = crossentropy(z, l)
              ^

        """)
    #expect(try Chainrule.run("gradient", "y = crossentropy(z, l)", logits, "l=[0, 1]").status == 0)
  }
}
