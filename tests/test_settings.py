"""Settings: what is refused, how it is said, and that secrets stay secret."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from bot.settings import Secret, Settings, SettingsError

NEW, OLD = ("bmV3" * 10 + "bmU=", "b2xk" * 10 + "b2w=")
ROOT = Path(__file__).resolve().parent.parent
GOOD = {
    "DAYLARK_APP_ID": "cli_0123456789abcdef",
    "DAYLARK_APP_SECRET": "very-secret",
    "DAYLARK_VERIFICATION_TOKEN": "token-of-proof",
}


def test_the_few_required_ones_are_enough() -> None:
    settings = Settings.read(GOOD)
    assert settings.app_id == "cli_0123456789abcdef"
    assert settings.app_secret.reveal() == "very-secret"
    assert (settings.port, settings.domain, settings.transport) == (8421, "feishu", "webhook")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("DAYLARK_APP_ID", "Credentials & Basic Info"),
        ("DAYLARK_APP_SECRET", "Credentials & Basic Info"),
        ("DAYLARK_VERIFICATION_TOKEN", "Encryption Strategy"),
    ],
)
def test_a_missing_one_is_named_with_where_to_find_it(name: str, hint: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.read({k: v for k, v in GOOD.items() if k != name})
    assert name in str(refused.value)
    assert hint in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_long_connection_needs_no_verification_token() -> None:
    del_token = {k: v for k, v in GOOD.items() if k != "DAYLARK_VERIFICATION_TOKEN"}
    assert Settings.read({**del_token, "DAYLARK_TRANSPORT": "longconn"}).verification_token == ""


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DAYLARK_APPID", "x", "did you mean DAYLARK_APP_ID?"),
        ("DAYLARK_TIMEZONE", "x", "did you mean DAYLARK_DEFAULT_TIMEZONE?"),
        ("DAYLARK_TRANSPORT", "pigeon", "not one of webhook, longconn"),
        ("DAYLARK_PORT", "many", "not a port number"),
        ("DAYLARK_SECRET_KEYS", "password", "make one with python -c"),
        ("DAYLARK_PUBLIC_URL", "bot.example", "no http(s) address"),
        ("DAYLARK_PORT", "70000", "not a port number"),
        ("DAYLARK_DEFAULT_TIMEZONE", "Mars/Olympus", "write it like Asia/Shanghai"),
        ("DAYLARK_DOMAIN", "example", "neither feishu, lark nor an http(s) address"),
        ("DAYLARK_DATABASE_URL", "mysql://x", "sqlite:/// or postgresql://"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(name: str, value: str, says: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.read({**GOOD, name: value})
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_lists_are_split_at_commas() -> None:
    settings = Settings.read({**GOOD, "DAYLARK_ADMINS": "ou_1, ou_2,", "DAYLARK_SECRET_KEYS": f"{NEW}, {OLD}"})
    assert settings.admins == ("ou_1", "ou_2")
    assert [key.reveal() for key in settings.secret_keys] == [NEW, OLD]


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("DAYLARK_APP_ID=cli_file\nDAYLARK_APP_SECRET=s\nDAYLARK_VERIFICATION_TOKEN=v\nOTHER=1\n")
    assert Settings.read({}, dotenv=env_file).app_id == "cli_file"
    assert Settings.read({"DAYLARK_APP_ID": "cli_environment"}, dotenv=env_file).app_id == "cli_environment"


def test_secrets_never_show_themselves() -> None:
    settings = Settings.read({**GOOD, "DAYLARK_ENCRYPT_KEY": "hidden-key", "DAYLARK_SECRET_KEYS": NEW})
    for shown in (
        repr(settings),
        str(settings),
        f"{settings.app_secret}",
        f"{settings.encrypt_key!r}",
        str(settings.app_secret),
    ):
        for secret in ("very-secret", "token-of-proof", "hidden-key", NEW):
            assert secret not in shown
    assert repr(Secret("")) == "Secret('')"


def test_serve_without_settings_ends_with_two_and_one_line(tmp_path: Path) -> None:
    env = {k: v for k, v in os.environ.items() if not k.startswith("DAYLARK_")}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "serve"], cwd=tmp_path, env={**env, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert re.fullmatch(r"daylark: missing setting DAYLARK_APP_ID: .*\n", done.stderr)


@pytest.mark.parametrize("page", ["README.md"])
def test_the_readme_names_every_setting(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    missing = [f"DAYLARK_{f.name.upper()}" for f in fields(Settings) if f"DAYLARK_{f.name.upper()}" not in text]
    assert missing == []
