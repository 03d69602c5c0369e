"""Binding: the pieces of a layout and the labels of the forms → cells. The heart of the library."""
