"""What each keystroke in the search box costs at 100,000 journeys, against the bare full-text query; the 95th percentile."""
