"""What an officer knows: rules, drafts, values, errors. Standard library and small field libraries only."""
