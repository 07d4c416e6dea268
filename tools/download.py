"""Files that are made when they are fetched."""

from urllib.parse import quote


def get_download_action(record, field, name, extension="xlsx"):
    """Return the action that fetches a binary field as a file called ``name``."""
    return {
        "type": "ir.actions.act_url",
        "url": f"/web/content/{record._name}/{record.id}/{field}?download=true"
        f"&filename={quote(name)}.{extension}",
        "target": "self",
    }
