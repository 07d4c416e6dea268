"""Photos as they are kept: small, and really photos."""

import base64
import io

from PIL import Image

from odoo.tools.image import image_process

LARGEST_PHOTO = 10 * 1024**2
MOST_PIXELS = 50_000_000
PHOTO_FORMATS = ("JPEG", "PNG")
# As the field of a row keeps it.
PHOTO_SIZE = (1920, 1920)


def read_photo(image):
    """Return a picture that every browser shows, as small as it is kept; or None.

    :param image: as base64; so is what is returned
    """
    try:
        content = base64.b64decode(image, validate=True)
        with Image.open(io.BytesIO(content), formats=PHOTO_FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            picture.load()
        return base64.b64encode(image_process(content, size=PHOTO_SIZE))
    # Broken files make Pillow raise whatever its readers stumble over.
    except Exception:  # noqa: BLE001
        return None


def get_ids_with_image(records, field):
    """Return the ids of the records that have an image, without loading it."""
    # In sudo: what is asked is whether there is one.
    attachments = records.env["ir.attachment"].sudo()
    found = attachments._read_group(
        [
            ("res_model", "=", records._name),
            ("res_field", "=", field),
            ("res_id", "in", records.ids),
        ],
        ["res_id"],
    )
    return {res_id for (res_id,) in found}
