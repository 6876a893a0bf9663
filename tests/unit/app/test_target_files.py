import pytest
from app_bench import Run, block

from reconciler.app import planning, target_files
from reconciler.app.planning import Options
from reconciler.model.diagnostic import ReconcilerError


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("a.b\nc.d\n", ["a.b", "c.d"]),
        ("\ufeffa.b\r\n\r\n\tc.d  \r\n", ["a.b", "c.d"]),
        ("# one\n  # two\na.b # three\n#c.d", ["a.b"]),
        ('a.b["x # y"] # z', ['a.b["x # y"]']),
        ('a.b["\\" # y"]', ['a.b["\\" # y"]']),
        ("a.b#c", ["a.b#c"]),
        ('a.*["ams*"]', ['a.*["ams*"]']),
        ("a.b\na.b", ["a.b"]),
    ],
)
def test_each_line_is_an_address_or_a_comment(tmp_path, text, addresses):
    (tmp_path / "f").write_text(text, encoding="utf-8", newline="")
    assert list(target_files.read(tmp_path, ["f"])) == addresses


def test_several_files_are_read_in_order(tmp_path):
    (tmp_path / "f").write_text("a.b")
    (tmp_path / "g").write_text("c.d")
    assert list(target_files.read(tmp_path, ["g", "f"])) == ["c.d", "a.b"]


def test_a_file_that_names_nothing_is_not_taken_for_everything(tmp_path):
    (tmp_path / "f").write_text("# all of it is a comment\n")
    (tmp_path / "g").write_bytes(b"a.b\n\xff\n")
    with pytest.raises(ReconcilerError) as caught:
        target_files.read(tmp_path, ["f", "none", "g"])
    codes = [(d.code, d.span and (d.span.path, d.span.line)) for d in caught.value.diagnostics]
    assert codes == [
        ("no-addresses", ("f", 1)),
        ("unreadable-file", ("none", 1)),
        ("invalid-utf8", ("g", 2)),
    ]


def test_what_names_no_object_is_reported_with_file_and_line(tmp_path):
    run = Run(tmp_path)
    run.write(block("a") + block("b"))
    (tmp_path / "f").write_text("send_connector.a\nsend_connector.nope\n")
    places = target_files.read(tmp_path, ["f"])
    options = Options(
        targets=tuple(places), places={("-target", line): at for line, at in places.items()}
    )
    with pytest.raises(ReconcilerError) as caught:
        planning.make(run.project, options, lambda _event: None)
    (found,) = caught.value.diagnostics
    assert (found.code, found.span.path, found.span.line) == ("unknown-address", "f", 2)
