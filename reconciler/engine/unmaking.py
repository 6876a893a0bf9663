"""What state knows and nobody wants any more: deletions, and the reason of each. Pure."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from reconciler.config.expand import Names, repetition, switch
from reconciler.engine import adopting, incumbents
from reconciler.engine.letting_go import is_let_go
from reconciler.engine.resolve import Resolver
from reconciler.engine.situation import Situation
from reconciler.engine.targets import (
    Chosen,
    Edges,
    Selection,
    closure,
    every,
    inverse,
    matcher,
)
from reconciler.engine.uses import address_of
from reconciler.lang.shape import DYNAMIC
from reconciler.lang.value import unknown
from reconciler.model.address import Address, Key
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.plan import Action, Change, Mode
from reconciler.model.state import Instance
from reconciler.model.values import Values

_UNREASONED = {Mode.DESTROY: "", Mode.UNDO: "delete-because-undone"}
"""Why, where the configuration is not asked."""


class Unmaking:
    """Answers which rows may go, and how."""

    def __init__(self, at: Situation, resolver: Resolver, moved: Container[Address] = ()) -> None:
        self._at = at
        self._moved = moved
        self._resolver = resolver
        self._blocks = {address_of(block): block for block in at.configuration.blocks()}
        self._spared = incumbents.spared(at)

    def chosen(self, selection: Selection) -> Chosen:
        """Which rows the targets permit to be unmade. What an excluded object uses stays with
        it; a destroyed one takes its users along.
        """
        rows = self._at.state.instances
        used = {row.address.block: row.dependencies for row in rows}
        wanted = selection.wanted
        if self._at.mode is Mode.DESTROY and self._at.targets:
            wanted = self._with_users(inverse(used))
        if self._at.mode is Mode.UNDO:
            wanted = every(wanted, self._at.undo.unmade.__contains__)
        unwanted = selection.unwanted
        kept = closure({r.address.block for r in rows if unwanted(r.address)}, used)
        return lambda a: wanted(a) and not unwanted(a) and a.block not in kept

    def _with_users(self, users: Edges) -> Chosen:
        meant = matcher(self._at.targets)
        rows = self._at.state.instances
        along = closure({r.address.block for r in rows if meant(r.address)}, users)
        return lambda address: meant(address) or address.block in along

    def change(self, row: Instance, now: Values | None) -> Change:
        """Forgotten where it is gone already, or is to stay in Exchange."""
        forgotten = now is None or self._stays(row)
        return Change(
            row.address,
            Action.FORGET if forgotten else Action.DELETE,
            now or row.values,
            None,
            before_sensitive=row.sensitive,
            reason="delete-because-deposed" if row.deposed else self._why_gone(row),
            deposed=row.deposed,
        )

    def _stays(self, row: Instance) -> bool:
        """Whether the object is to outlive its row."""
        if self._lasts(row) or self._is_spared(row):
            return True
        if self._at.mode is Mode.UNDO:
            return row.address in self._at.undo.released
        return self._at.mode is Mode.NORMAL and is_let_go(self._at.configuration, row.address)

    def _lasts(self, row: Instance) -> bool:
        """Whether Exchange never removes it."""
        rtype = self._resolver.types[row.address.type]
        return adopting.is_let_go(rtype, self._resolver.platforms[row.backend])

    def _is_spared(self, row: Instance) -> bool:
        """Whether Exchange does not remove this one."""
        return (row.backend, row.handle) in self._spared

    def _why_gone(self, row: Instance) -> str:
        if self._is_spared(row):
            return incumbents.SPARED
        return "forget-because-lasting" if self._lasts(row) else self._why(row.address)

    def _why(self, address: Address) -> str:
        """The reason of a deletion, in Terraform's vocabulary."""
        block = self._blocks.get(address.block)
        if self._at.mode in _UNREASONED:
            released = address in self._at.undo.released
            return "forget-because-undone" if released else _UNREASONED[self._at.mode]
        if block is None and address in self._moved:
            return "delete-because-no-move-target"
        if not self._resolver.sight.house.stands(address.module):
            return "delete-because-no-module"
        if block is None:
            return "delete-because-no-resource-config"
        match repetition(block), address.key:
            case "count", int():
                return "delete-because-count-index"
            case "for_each", str():
                return "delete-because-each-key"
            case "", None:
                return "delete-because-not-enabled"
            case _:
                return "delete-because-wrong-repetition"

    def protected(
        self, changes: Iterable[Change], rows: Mapping[Address, Instance]
    ) -> Iterator[Diagnostic]:
        """Deletions that prevent_destroy forbids; what is spared was to be deleted, too."""
        for change in changes:
            goes = change.action is Action.DELETE or change.reason == incumbents.SPARED
            if goes and self._is_protected(rows[change.address]):
                yield refusal(change.address, "destroy")

    def _is_protected(self, row: Instance) -> bool:
        """What the block says; what state remembers, where it says nothing or is gone."""
        block = self._blocks.get(row.address.block)
        expr = block.lifecycle.prevent_destroy if block else None
        if expr is None:
            return row.protected
        sight = self._resolver.sight
        try:
            scope = sight.instance(_names(row.address.key), module=row.address.module)
            value = sight.evaluate(expr, scope)
        except (ReconcilerError, KeyError):  # KeyError: its module is not there any more
            return row.protected
        said = switch("prevent_destroy", value, expr.span)
        return said if isinstance(said, bool) else row.protected


def _names(key: Key) -> Names:
    """What the expressions of an instance see that is unmade."""
    blank = unknown(DYNAMIC)
    return {
        "each": {"key": blank if key is None else str(key), "value": blank},
        "count": {"index": blank if isinstance(key, str | None) else key},
    }


def refusal(address: Address, what: str) -> Diagnostic:
    found = error(
        "protected",
        "The object is protected",
        f"The plan would {what} {address}, whose lifecycle says prevent_destroy. State remembers "
        "that even where the block is gone. If it is meant, set prevent_destroy = false and apply, "
        f"or where the block is gone run reconciler state unprotect '{address}', and then make the "
        "change; or leave it out of this run with -exclude.",
    )
    return replace(found, address=str(address))
