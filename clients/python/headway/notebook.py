"""The live element for a page, such as a notebook's."""

import html

from .client import Client

_DAY_SECONDS = 86_400


def element(client: Client, job_id: str, label: str = "") -> str:
    """The HTML of the live element for a job, with a token that can watch this job alone, for a day.

    The server has to allow the page's origin (http.allowed-origins).
    """
    attributes = {"server": client.url, "topic": f"job:{job_id}", "label": label}
    if client.token():
        body = {"topic": f"job:{job_id}", "ttl_seconds": _DAY_SECONDS}
        attributes["token"] = client.request("POST", "/api/v1/links", body)["token"]
    said = " ".join(f'{name}="{html.escape(value)}"' for name, value in attributes.items())
    script = html.escape(f"{client.url}/headway.js")
    return f'<script src="{script}"></script><headway-progress {said}></headway-progress>'
