"""What the examples and the test samples are made from: invented bodies, drawn in text layouts and containers.

Nothing here uses the library's own layouts: what it draws, it draws as published pages do, so that reading it back is a test.
"""
