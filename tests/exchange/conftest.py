"""What the tests of files coming in and going out share."""

import pytest

from liaison.i18n import Language


@pytest.fixture(scope="session")
def english():
    return Language("en")
