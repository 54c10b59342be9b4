"""What goes wrong: one plain function per human mistake, grouped by the cell it spoils."""
