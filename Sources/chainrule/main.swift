import Train
print("chainrule")
