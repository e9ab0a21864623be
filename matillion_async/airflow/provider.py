"""What Airflow is told of this provider, by the entry point ``apache_airflow_provider``."""

from __future__ import annotations

from typing import Any

from matillion_async._version import __version__

HOOK = "matillion_async.airflow.hook.MatillionHook"
LINK = "matillion_async.airflow.links.MatillionLink"

FIELDS = {
    "region": ("Region", "eu1, us1 or au1: where the account lives"),
    "rate_limits": ("Rate limits", "such as 60/min,5/s; found out unless given"),
    "token_url": ("Token URL", "has a default"),
    "audience": ("Audience", "has a default"),
}
"""What a connection keeps in its extra: labels and descriptions. Each is an argument of ``MatillionClient``."""
HIDDEN = ["schema", "port"]
RELABELING = {
    "login": "Client id",
    "password": "Client secret",
    "host": "Base URL, in place of a region",
}
PLACEHOLDERS = {"login": "made in the Matillion Hub", "region": "eu1", "rate_limits": "60/min,5/s"}


def get_provider_info() -> dict[str, Any]:
    """The provider: its connections, and the links of its operators."""
    return {
        "package-name": "matillion-async",
        "name": "Matillion",
        "description": "Pipelines, artifacts and AI agents of Matillion's Data Productivity Cloud.",
        "versions": [__version__],
        "connection-types": [
            {
                "connection-type": "matillion",
                "hook-class-name": HOOK,
                "hook-name": "Matillion",
                # From Airflow 3.2 on the form is made of these; before, of two methods of the hook.
                "ui-field-behaviour": {
                    "hidden-fields": HIDDEN,
                    "relabeling": RELABELING,
                    "placeholders": PLACEHOLDERS,
                },
                "conn-fields": {
                    name: {
                        "label": label,
                        "description": description,
                        "schema": {"type": ["string", "null"]},
                    }
                    for name, (label, description) in FIELDS.items()
                },
            }
        ],
        "extra-links": [LINK],
    }
