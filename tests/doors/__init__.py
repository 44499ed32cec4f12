"""The same truth through every door: ties as the graph holds them, and as each way to read them tells them."""
