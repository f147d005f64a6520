import Train
print("benchmarks")
