import io

from reconciler.app import estate
from reconciler.cli.main import main
from reconciler.engine.estate import Draft, Page, Taken
from reconciler.model.address import Address
from reconciler.model.plan import Action, Change, Difference
from reconciler.views import taken

AT = Address("send_connector", "a")
CHANGE = Change(AT, Action.UPDATE, {}, {}, (Difference("port", 25, 26),))
DOUBTFUL = Taken(Draft((Page("send_connectors.hcl", "", 1, 1),)), 1, (CHANGE,))


def test_what_would_change_is_named_where_the_proof_fails():
    assert taken.text(DOUBTFUL).endswith(
        "The plan with these files: 1 to import.\n"
        "These objects would change. See what with reconciler plan, and correct the files:\n"
        "  send_connector.a (port)\n"
    )
    assert taken.document(DOUBTFUL)["changes"] == ["send_connector.a"]


def test_a_proof_that_fails_is_an_error_to_the_shell(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(estate, "run", lambda *_, **__: DOUBTFUL)
    for flags in ((), ("-json",)):
        out = io.StringIO()
        words = ("estate", "import", *flags)
        assert main(words, {}, io.StringIO(), out, io.StringIO()) == 1
        assert "send_connector.a" in out.getvalue()
