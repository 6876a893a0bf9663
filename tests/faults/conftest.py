import pytest
from fault_bench import Bench


@pytest.fixture
def bench(tmp_path):
    """An empty project in a folder of its own, with the simulated Exchange."""
    root = tmp_path / "project"
    root.mkdir()
    return Bench(root)
