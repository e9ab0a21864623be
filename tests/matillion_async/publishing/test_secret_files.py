"""What looks like a secret is published only by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from matillion_async import InvalidRequestError
from matillion_async._publishing.artifact_files import collect_files
from matillion_async._publishing.secret_files import is_secret_name

KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n"


def refusal(folder: Path, *allowed: str) -> str:
    with pytest.raises(InvalidRequestError) as caught:
        collect_files(folder, allow_secrets=allowed)
    return caught.value.message


@pytest.mark.parametrize(
    "name",
    [
        *(".env", ".ENV", ".env.production", "prod.env", "id_rsa", "id_ed25519", "id_ecdsa_sk"),
        *(".netrc", "_netrc", ".pgpass", ".npmrc", ".pypirc", ".git-credentials", "credentials"),
        *("credentials.json", "secrets.yaml", "secret.toml", "client_secret_12.json"),
        *(
            ".envrc",
            "prod.tfvars",
            "x.auto.tfvars.json",
            "kubeconfig",
            "kubeconfig.yaml",
            "a.kubeconfig",
        ),
        *("a.p8", "a.key", "sub/.aws/config", ".aws/credentials", ".kube/config", "x/.ssh/config"),
        *("sub/.envrc", ".docker/config.json", ".vault-token", ".tfvars"),
        *("service-account-prod.json", "store.jks", "a.p12", "a.pfx", "terraform.tfstate"),
    ],
)
def test_names(name: str) -> None:
    """Files of these names usually hold secrets, in any case of letters."""
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    [
        *(".env.example", ".env.template", "environment.yaml", "env", "id_rsa.pub", "rsa"),
        *("secrets.orch.yaml", "load_credentials.sql", "key.pem", "secret_santa.json", "config"),
        *("aws/config", ".kube/notes", "kube/config", "keys.sql", "tfvars.md", "a.envrc.md"),
    ],
)
def test_other_names(name: str) -> None:
    """Files of these do not, or what is in them tells."""
    assert not is_secret_name(name)


def test_what_looks_like_a_secret_is_refused(tmp_path: Path) -> None:
    """By its name, or by a private key in it, wherever; the message says what to do."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/.env").write_text("PASSWORD=x")
    (tmp_path / "key.pem").write_text(KEY)
    (tmp_path / "cert.pem").write_text("-----BEGIN CERTIFICATE-----\nMIIE\n")
    (tmp_path / "long.sql").write_text("x" * (65_536 - 12) + KEY)
    (tmp_path / "settings.txt").symlink_to("sub/.env")
    advice = "exclude it, or allow it by its name (allow_secrets)"
    assert (
        f"4 file(s) in {str(tmp_path)!r} cannot be published, exclude or change them: "
        f"'key.pem' holds a private key: {advice}; "
        f"'long.sql' holds a private key: {advice}; "
        f"'settings.txt' looks like a secret by its name: {advice}; "
        f"'sub/.env' looks like a secret by its name: {advice}"
    ) == refusal(tmp_path)
    everything = ["key.pem", "long.sql", "settings.txt", "sub/.env"]
    assert ["cert.pem", *everything] == [
        file.name for file in collect_files(tmp_path, allow_secrets=everything)
    ]
    assert "1 file(s)" in refusal(tmp_path, *everything[1:])


@pytest.mark.parametrize("folder", [".ssh", ".aws", ".kube"])
def test_a_secret_by_its_folder(tmp_path: Path, folder: str) -> None:
    """Also where a link of another name leads to it."""
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "config").write_text("x")
    (tmp_path / "settings.txt").symlink_to(f"{folder}/config")
    found = refusal(tmp_path)
    assert found.startswith("2 file(s)")
    assert f"'{folder}/config' looks like a secret by its name" in found


def test_a_key_of_putty(tmp_path: Path) -> None:
    """Its text tells, whatever its name is."""
    (tmp_path / "notes.txt").write_text("PuTTY-User-Key-File-3: ssh-ed25519\n")
    assert "'notes.txt' holds a private key" in refusal(tmp_path)


def test_what_is_excluded_is_not_looked_at(tmp_path: Path) -> None:
    """A secret that is not published is not a problem."""
    (tmp_path / ".env").write_text("PASSWORD=x")
    (tmp_path / "x.yaml").write_text("x")
    (tmp_path / ".gitignore").write_text(".env\n")
    assert ["x.yaml"] == [file.name for file in collect_files(tmp_path)]


def test_a_name_that_is_no_file(tmp_path: Path) -> None:
    """It is a mistake, such as one of spelling; one string is one name."""
    (tmp_path / ".env").write_text("PASSWORD=x")
    assert refusal(tmp_path, ".env", "x/.env").endswith(
        "'x/.env' is in allow_secrets, and there is no such file"
    )
    assert [".env"] == [file.name for file in collect_files(tmp_path, allow_secrets=".env")]


def test_rules_that_are_a_link(tmp_path: Path) -> None:
    """Git reads no .gitignore that is a link, so that what it leaves out would be published."""
    (tmp_path / "rules").write_text("*.log")
    (tmp_path / ".gitignore").symlink_to("rules")
    assert "'.gitignore' is not a file, so that its patterns do not count" == refusal(tmp_path)
