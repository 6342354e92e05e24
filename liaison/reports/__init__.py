"""Paper: gather the figures, lay them out, write the PDF."""
