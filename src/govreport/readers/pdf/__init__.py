"""PDF: characters and lines of pages, as lines and grids of a document."""
