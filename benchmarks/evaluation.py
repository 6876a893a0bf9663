"""The program of one benchmark: evaluates every argument of every instance of the resource blocks in
the current folder, and says how many values that were. Plans nothing.
"""

import gc
from pathlib import Path

from reconciler.catalog.index import everything
from reconciler.config.blocks import Configuration
from reconciler.config.expand import instances
from reconciler.config.load import load
from reconciler.engine.sight import Sight
from reconciler.model.diagnostic import Collector


def values(configuration: Configuration) -> int:
    """How many values there are, each of them evaluated."""
    problems = Collector()
    sight = Sight(configuration, everything(), {}, "default", problems)
    count = 0
    for block in configuration.resources:
        programs = [sight.program(argument.expr) for argument in block.arguments.values()]
        for names in (instances(block, sight.evaluate, sight.scope, problems) or {}).values():
            scope = sight.instance(names)
            count += len([program(scope) for program in programs])
    problems.stop_on_errors()
    return count


def main() -> None:
    gc.set_threshold(200_000, 20, 20)  # as our own entry does
    problems = Collector()
    configuration = load(Path(), problems)
    problems.stop_on_errors()
    print(f"{values(configuration)} values")


if __name__ == "__main__":
    main()
