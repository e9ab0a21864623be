"""Projects, with what the generated class does not have."""

from __future__ import annotations

from matillion_api.api.projects import Projects as GeneratedProjects
from matillion_api.models.project import Project

from matillion_async._groups.by_hand import ByHand


class Projects(ByHand, GeneratedProjects):
    """Projects of the account. Most other things belong to one project."""

    async def find(self, project: str) -> Project:
        """Find a project by its exact name, or by its id.

        There is no such call in the API: the listing is walked, and kept for five minutes. A name that is not
        in it is looked up afresh.

        Args:
            project: exact name or id of the project.

        Raises:
            ResourceNameError: there is none, or several; the message and ``candidates`` tell what is near.
        """
        return await self._naming_session.find_project(project)
