"""A real store for each walk, copied from one prepared per session."""

from tests.services.conftest import clock, prepared_store, store

__all__ = ["clock", "prepared_store", "store"]
