"""The file of a simulated organisation: what it says, and every mistake with its place."""

import os

import pytest

from reconciler.backends.simulated.organisation_file import read_organisation
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.platform import Platform

GOOD = """
name = "Contoso"
site "Amsterdam" {}
site "Dublin" {}
site_link {
  sites = ["dublin", "Amsterdam"]
  cost  = 10
}
server "MBX1" { site = "dublin" }
server "EDGE1" { role = "edge" }
server "EDGE2" { role = "edge" }
edge_subscription "EDGE1" { site = "Amsterdam" }
certificate "mail" {
  subject    = "CN=mail.contoso.com,O=Contoso"
  not_before = "2026-01-01"
  not_after  = "2027-01-01"
}
accepted_domain "contoso.com" { default = true }
accepted_domain "Branch" { domain_name = "branch.com" }
"""
CERTIFICATE = 'certificate "c" {\n%s\n}'
WHOLE = CERTIFICATE % ('subject = "CN=a"\nnot_before = "2026-01-01"\nnot_after = "2027-01-01"\n%s')

TWO_INTERNAL = 'server "A" {}\n' + "".join(
    f'certificate "{n}" {{\nsubject = "CN={n}"\nnot_before = "2026-01-01"\n'
    'not_after = "2027-01-01"\ninternal_transport = true\n}\n'
    for n in ("a", "b")
)


def read(folder, text, platform=Platform()):  # noqa: B008 (frozen)
    (folder / "x.org.hcl").write_text(text, encoding="utf-8")
    return read_organisation(folder, "x.org.hcl", platform)


def problems(folder, text, **more):
    with pytest.raises(ReconcilerError) as caught:
        read(folder, text, **more)
    return [(d.code, d.span.line if d.span else 0) for d in caught.value.diagnostics]


def test_a_file_describes_what_no_cmdlet_makes(tmp_path):
    found = read(tmp_path, GOOD)
    estate = found.described
    assert (found.name, found.server, found.servers) == ("Contoso", "MBX1", ("MBX1", "EDGE1"))
    assert [s.site for s in estate.servers] == ["Dublin", "Amsterdam", ""]
    assert estate.links[0].cost == 10
    (certificate,) = estate.certificates
    assert certificate.subject == certificate.issuer == "CN=mail.contoso.com, O=Contoso"
    assert (certificate.domains, certificate.servers) == (("mail.contoso.com",), ("MBX1",))
    assert [(d.domain, d.is_default) for d in estate.accepted_domains] == [
        ("contoso.com", True),
        ("branch.com", False),
    ]


def test_what_is_described_has_the_same_thumbprint_in_every_run(tmp_path):
    marks = {read(tmp_path, GOOD).described.certificates[0].thumbprint for _ in range(2)}
    assert len(marks) == 1


def test_the_server_of_the_backends_role_carries_out_cmdlets(tmp_path):
    assert read(tmp_path, GOOD, Platform("2019", "edge")).server == "EDGE1"
    assert problems(tmp_path, 'server "A" { version = "2016" }') == [("no-executing-server", 1)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('sever "A" {}', "unknown-block"),
        ("color = 1", "unknown-argument"),
        ('server "A" { sit = "x" }', "unknown-argument"),
        ("server {}", "wrong-labels"),
        ('site "A" "B" {}', "wrong-labels"),
        ('server "A" {\n inner {}\n}', "unknown-block"),
        ('server "A" {}\nserver "a" {}', "duplicate-block"),
        ('server "A B" {}', "invalid-server"),
        ('server "A" { site = "Nowhere" }', "no-such-site"),
        ('server "A" { role = "hub" }', "invalid-choice"),
        ('site "S" {}\nserver "A" {\n role = "edge"\n site = "S"\n}', "edge-server-in-site"),
        ('site "S" {}\nsite "T" {}\nserver "A" {}', "missing-argument"),
        ('site_link {\n sites = ["a"]\n}', "missing-argument"),
        ('site "S" {}\nsite_link {\n sites = ["S"]\n cost = 1\n}', "site-link-too-short"),
        ("site_link {\n sites = []\n cost = 0\n}", "number-out-of-range"),
        ('edge_subscription "E" {}', "no-such-edge-server"),
        ("domain = var.x", "not-a-constant"),
        ('domain = lower("A")', "not-a-constant"),
        (CERTIFICATE % "", "missing-argument"),
        (WHOLE % 'thumbprint = "1"', "invalid-thumbprint"),
        (WHOLE % 'servers = ["NOSUCH"]', "no-such-server"),
        (CERTIFICATE % 'not_after = "soon"', "invalid-time"),
        (TWO_INTERNAL, "two-internal-certificates"),
        ('accepted_domain "a.com" { default = false }', "no-default-domain"),
    ],
)
def test_a_mistake_is_reported_with_its_place(tmp_path, text, code):
    found = problems(tmp_path, text)
    assert all(line for _, line in found)
    assert code in [one for one, _ in found]


def test_all_mistakes_are_reported_at_once(tmp_path):
    text = 'color = 1\nsite "S" {}\nserver "A" { site = "T" }\nnothing {}\n'
    assert [line for _, line in problems(tmp_path, text)] == [1, 4, 3]


def test_a_misspelt_name_is_suggested(tmp_path):
    with pytest.raises(ReconcilerError) as caught:
        read(tmp_path, 'site "Amsterdam" {}\nserver "A" { site = "Amsterdm" }')
    assert 'Did you mean "Amsterdam"?' in caught.value.diagnostics[0].detail


@pytest.mark.parametrize("path", ["../x.org.hcl", "a/../../x.org.hcl", "nowhere.org.hcl", "a\0b"])
def test_only_files_inside_the_project_are_read(tmp_path, path):
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "x.org.hcl").write_text(GOOD)
    with pytest.raises(ReconcilerError):
        read_organisation(project, path, Platform())


@pytest.mark.skipif(os.name != "posix", reason="named pipes and links")
def test_links_out_of_the_project_and_pipes_are_refused(tmp_path):
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "x.org.hcl").write_text(GOOD)
    (project / "link.org.hcl").symlink_to(tmp_path / "x.org.hcl")
    (project / "out").symlink_to(tmp_path)
    os.mkfifo(project / "pipe.org.hcl")
    for path in ("link.org.hcl", "out/x.org.hcl", "pipe.org.hcl"):
        with pytest.raises(ReconcilerError) as caught:
            read_organisation(project, path, Platform())
        assert caught.value.diagnostics[0].code == "not-an-ordinary-file"
