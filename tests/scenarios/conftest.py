import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def environment(tmp_path_factory):
    """An environment of our own: no user's settings, a cache that the whole session shares."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("RECONCILER_")
    }
    cache = tmp_path_factory.getbasetemp().parent / "cache"
    return {**kept, "RECONCILER_CACHE_DIR": str(cache), "NO_COLOR": "1", "COLUMNS": "100"}
