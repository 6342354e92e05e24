"""The encrypted store: engine, journal, search, backup, migrations."""
