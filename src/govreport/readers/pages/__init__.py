"""Pages of characters and drawn lines, as PDF and OFD have them, put together as lines and grids of a document."""
