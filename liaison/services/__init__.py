"""What an officer does: plain functions on a session, one user action each."""
