from __future__ import annotations

import pytest

from liaison.domain.grids import Column, ColumnKind, Grid

COLUMNS = (Column(label="City"), Column(label="Cases", kind=ColumnKind.COUNT))


def test_every_row_has_a_cell_for_each_column():
    grid = Grid(title="Cities", columns=COLUMNS, rows=(("Medan", 3), ("Jakarta", 4)), footing=("", 7))

    assert list(grid.column(1)) == [3, 4]
    assert [c.is_right_aligned for c in grid.columns] == [False, True]


@pytest.mark.parametrize("wrong", [{"rows": (("Medan",),)}, {"footing": ("", 7, 8)}])
def test_a_torn_row_is_refused(wrong):
    with pytest.raises(ValueError, match="2 columns"):
        Grid(title="Cities", columns=COLUMNS, **wrong)
