"""The link from a task to what it has started."""

from __future__ import annotations

from typing import Any

from matillion_async.airflow._names import BaseOperatorLink, XCom

URL = "url"
"""The XCom that has the address; it is pushed before the task waits."""


class MatillionLink(BaseOperatorLink):
    """Opens the run in Matillion."""

    name = "Matillion"
    xcom_key = URL  # where Airflow 3 looks for the address as long as the task goes on

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        """The address of the run; empty as long as there is none."""
        return str(XCom.get_value(key=URL, ti_key=ti_key) or "")
