"""Table models over plain row tuples."""
