"""What a phone's camera sees, for the browser tests."""

import io
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw
from reportlab.graphics.barcode import createBarcodeDrawing

from odoo.tests import BaseCase, common
from odoo.tests.common import ChromeBrowser

# Chromium plays a file of JPEG pictures at this speed, again and again.
FRAMES_PER_SECOND = 30
SIZE = (640, 480)


class CameraBrowser(ChromeBrowser):
    """A browser whose camera shows a film, and is allowed without a question."""

    film = None

    def _spawn_chrome(self, cmd):
        *command, url = cmd
        return super()._spawn_chrome(
            [
                *command,
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                f"--use-file-for-fake-video-capture={self.film}",
                url,
            ]
        )


class CameraCase(BaseCase):
    """A browser test in front of a camera."""

    def show_camera(self, *scenes):
        """Show the camera ``(symbology, code, seconds)``, one after the other."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        film = Path(folder.name, "pieces.mjpeg")
        make_film(film, *scenes)
        self.patch(CameraBrowser, "film", film)
        # The test's own browser has no camera.
        self.patch(common, "ChromeBrowser", CameraBrowser)


def make_film(path, *scenes):
    """Write a film of ``(symbology, code, seconds)``; no code is an empty table."""
    with path.open("wb") as film:
        for symbology, code, seconds in scenes:
            content = io.BytesIO()
            draw_scene(symbology, code).save(content, "JPEG", quality=90)
            film.write(content.getvalue() * round(seconds * FRAMES_PER_SECOND))


def draw_scene(symbology, code):
    scene = Image.new("RGB", SIZE, "#b8a890")
    if code:
        label = draw_barcode(symbology, code)
        left, top = ((SIZE[side] - label.size[side]) // 2 for side in (0, 1))
        scene.paste(label, (left, top))
    return scene


def draw_barcode(symbology, code, width=440, height=200):
    """Draw the bars that reportlab lays out; its own pictures need one library more."""
    drawing = createBarcodeDrawing(symbology, value=code, humanReadable=False)
    bars = drawing.contents[0].draw().contents
    scale = width / drawing.width
    label = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(label)
    for bar in bars:
        if bar.fillColor:
            left, right = (round(x * scale) for x in (bar.x, bar.x + bar.width))
            pen.rectangle([left, 20, right - 1, height - 20], fill="black")
    return label
