"""A page of 200 rows at the start, the middle and the end of 100,000 journeys, against the bare sqlcipher3 query."""
