"""Web pages: what a browser would show of them, as lines and grids; also HTML inside Markdown and other text."""
