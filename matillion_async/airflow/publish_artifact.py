"""Publish a folder as a task."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from matillion_async import UNSET, MatillionError
from matillion_async.airflow._names import AirflowException, BaseOperator
from matillion_async.airflow.hook import DEFAULT_CONNECTION, MatillionHook


class MatillionPublishArtifactOperator(BaseOperator):
    """Publishes the files below a folder as a version; the folder is on the worker, such as in the DAG's bundle.

    >>> publish = MatillionPublishArtifactOperator(
    ...     task_id="publish",
    ...     project="Sales",
    ...     folder="/opt/airflow/sales",
    ...     version_name="{{ ds_nodash }}",
    ...     environment_name="Production",
    ... )

    The task returns the name of the version. An upload is never sent twice: after a lost response the version is looked for.

    Args:
        project: id or exact name of the project.
        folder: its paths are those in the project.
        version_name: name of the new version.
        environment_name: the environment to publish to.
        branch: Git branch that the files are from.
        commit_hash: Git commit that the files are from.
        exclude: patterns as in a ``.gitignore``, of files that are not published.
        allow_secrets: names of files that are published although they look like secrets.
        matillion_conn_id: id of the connection.
        **kwargs: as of any operator.
    """

    template_fields: ClassVar[Sequence[str]] = (
        "project",
        "folder",
        "version_name",
        "environment_name",
        "branch",
        "commit_hash",
        "exclude",
        "allow_secrets",
        "matillion_conn_id",
    )
    ui_color = "#d9f2e6"

    def __init__(
        self,
        *,
        project: str,
        folder: str | os.PathLike[str],
        version_name: str,
        environment_name: str,
        branch: str | None = None,
        commit_hash: str | None = None,
        exclude: str | Iterable[str] = (),
        allow_secrets: str | Iterable[str] = (),
        matillion_conn_id: str = DEFAULT_CONNECTION,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.project = project
        self.folder = os.fspath(folder)
        self.version_name = version_name
        self.environment_name = environment_name
        self.branch = branch
        self.commit_hash = commit_hash
        self.exclude = exclude
        self.allow_secrets = allow_secrets
        self.matillion_conn_id = matillion_conn_id

    def execute(self, context: Any) -> str:
        """Publish the files.

        Raises:
            AirflowException: they cannot be published; the message says whether the version is there all the same.
        """
        hook = MatillionHook(self.matillion_conn_id)
        try:
            published = hook.run(
                lambda client: client.artifacts.publish(
                    self.project,
                    self.folder,
                    version_name=self.version_name,
                    environment_name=self.environment_name,
                    branch=UNSET if self.branch is None else self.branch,
                    commit_hash=UNSET if self.commit_hash is None else self.commit_hash,
                    exclude=self.exclude,
                    allow_secrets=self.allow_secrets,
                )
            )
        except MatillionError as error:
            raise AirflowException(str(error)) from error
        finally:
            hook.close()
        self.log.info("published %d files as %s", len(published.files), published.version_name)
        return published.version_name
