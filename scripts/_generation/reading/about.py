"""What a file is, before anything is made of it, and what it says of the API as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from scripts._generation.findings import SpecError, one_line
from scripts._generation.reading.bundle import METHODS


def check_version(document: dict[str, Any], path: str) -> None:
    """Refuse what is not OpenAPI 3.0 or 3.1, and say what it is.

    Raises:
        SpecError: it is another version, or something else.
    """
    if "swagger" in document:
        raise SpecError(
            f"{path}: it is Swagger {document['swagger']}; OpenAPI 3.0 or 3.1 is needed: convert it, "
            "for instance with https://converter.swagger.io"
        )
    stated = document.get("openapi")
    if stated is None:
        other = next(
            (key for key in ("asyncapi", "arazzo", "overlay", "raml") if key in document), None
        )
        raise SpecError(
            f"{path}: it is not OpenAPI, but {other}"
            if other
            else f"{path}: it is not OpenAPI: it has no key 'openapi'"
        )
    version = str(stated)
    if version.split(".")[:2] not in (["3", "0"], ["3", "1"]):
        raise SpecError(f"{path}: it is OpenAPI {version}; 3.0 or 3.1 is needed")
    if not isinstance(document.get("paths", {}), dict):
        raise SpecError(f"{path}: its paths are no mapping")


def told_of(document: dict[str, Any]) -> Iterator[str]:
    """Lines about what is no part of the package: servers and security, which its users say to the client, and what the API calls."""
    servers = document.get("servers")
    for server in servers if isinstance(servers, list) else ():
        if isinstance(server, dict):
            variables = server.get("variables")
            named = ", ".join(
                f"{name} is {value.get('default')} unless given"
                for name, value in (variables.items() if isinstance(variables, dict) else ())
                if isinstance(value, dict)
            )
            told = f"server: {server.get('url')}{f' ({named})' if named else ''}"
            yield one_line(told)
    components = document.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, dict) else None
    for name, scheme in schemes.items() if isinstance(schemes, dict) else ():
        if isinstance(scheme, dict):
            yield one_line(f"security: {name}: {_scheme(scheme)}")
    webhooks = document.get("webhooks")
    for kind, names in (
        ("webhooks", webhooks if isinstance(webhooks, dict) else ()),
        ("callbacks", _callbacks(document)),
    ):
        if names:
            yield one_line(
                f"{kind}: {', '.join(names)}: no part of the package, as the API calls them"
            )


def _callbacks(document: dict[str, Any]) -> list[str]:
    """The names of the callbacks of all operations, each once."""
    paths = document.get("paths")
    items = paths.values() if isinstance(paths, dict) else ()
    operations = [
        item.get(method) for item in items if isinstance(item, dict) for method in METHODS
    ]
    found: dict[str, None] = {}
    for each in operations:
        stated = each.get("callbacks") if isinstance(each, dict) else None
        found |= dict.fromkeys(stated if isinstance(stated, dict) else ())
    return list(found)


def _scheme(scheme: dict[str, Any]) -> str:
    kind = scheme.get("type")
    if kind == "apiKey":
        return f"a key in the {scheme.get('in')} {scheme.get('name')}"
    if kind == "http":
        return f"HTTP {scheme.get('scheme')}"
    if kind == "oauth2":
        flows = scheme.get("flows")
        return f"OAuth 2.0, {', '.join(flows) if isinstance(flows, dict) else 'no flow stated'}"
    return str(scheme.get("$ref", kind))


def server_path(document: dict[str, Any]) -> str:
    """The path of the first server, such as ``/dpc``; empty where none is stated, or what is stated is no URL."""
    servers = document.get("servers")
    server = servers[0] if isinstance(servers, list) and servers else None
    if not isinstance(server, dict):
        return ""
    path = str(server.get("url", ""))
    variables = server.get("variables")
    for name, value in variables.items() if isinstance(variables, dict) else ():
        if isinstance(value, dict):
            path = path.replace(f"{{{name}}}", str(value.get("default", "")))
    if "{" in path:
        return ""  # nobody knows what a variable without a default stands for
    try:
        path = urlsplit(urljoin("https://host/", path)).path.strip("/")
    except ValueError:  # it is no URL; the server is told as it stands there
        return ""
    return f"/{encoded(path)}" if path else ""


def version_of(document: dict[str, Any]) -> str:
    """The version that paths begin with, such as ``/v1``, that of most if there are several; empty where none does."""
    paths = document.get("paths")
    matches = [re.match("/v[0-9]+(?=/)", str(path)) for path in paths or ()]
    found = Counter(match[0] for match in matches if match)
    return found.most_common(1)[0][0] if found else ""


def encoded(text: str) -> str:
    """What stands in a path beside its parameters, as a URL has it (RFC 3986, section 3.3); what is encoded already stays."""
    return quote(
        re.sub("%(?![0-9A-Fa-f]{2})", "%25", text), safe="/?#%!$&'()*+,;=:@", errors="surrogatepass"
    )
