import base64
import io

from PIL import Image

from odoo.tests import tagged

from ..models.count import apply
from .common_scan import ScanCase, make_photo


@tagged("post_install", "-at_install")
class TestPhotos(ScanCase):
    """Photos come like scans: late, twice, broken; each is kept once."""

    def photo(self, line, image, **values):
        return {"kind": "photo", "line_id": line.id, "image": image, **values}

    def get_size(self, photo):
        return Image.open(io.BytesIO(base64.b64decode(photo))).size

    def test_a_photo(self):
        count = self.start(self.make_shipped_transfer())
        line = self.get_line(count, self.tea)
        since = count.get_screen()["now"]
        for image_format in ("JPEG", "PNG"):
            with self.subTest(image_format):
                [result] = self.send(count, self.photo(line, make_photo(image_format)))
                self.assertEqual(result["status"], "counted", result)
        self.assertEqual(self.get_size(line.photo), (40, 30))
        self.assertTrue(self.get_row(count, self.tea)["has_photo"])
        [row] = count.get_changes(since)["rows"]
        self.assertTrue(row["has_photo"])
        self.assertFalse(count.get_screen()["undoable"])

    def test_pictures_of_every_depth(self):
        """Kept, or refused in words; never an error that stops the scans beside it."""
        count = self.start(self.make_shipped_transfer())
        line = self.get_line(count, self.tea)
        for mode in ("1", "L", "LA", "P", "RGBA", "I;16", "CMYK"):
            with self.subTest(mode):
                content = io.BytesIO()
                image_format = "JPEG" if mode == "CMYK" else "PNG"
                Image.new(mode, (2500, 2000)).save(content, image_format)
                image = base64.b64encode(content.getvalue()).decode()
                results = self.send(
                    count,
                    self.photo(line, image),
                    {"kind": "scan", "barcode": "TEA-001"},
                )
                self.assertIn(results[0]["status"], ("counted", "refused"))
                self.assertEqual(results[1]["status"], "counted")

    def test_what_is_sent_twice_is_kept_once(self):
        count = self.start(self.make_shipped_transfer())
        line = self.get_line(count, self.tea)
        old, new = (
            self.photo(line, make_photo(size=size), uuid=size_name * 8)
            for size_name, size in (("o", (40, 30)), ("n", (50, 60)))
        )
        self.send(count, old)
        self.send(count, new)
        self.send(count, old)
        self.assertEqual(self.get_size(line.photo), (50, 60), "The newer one stays")
        scans = self.env["store.transfer.count.scan"].search(
            [("count_id", "=", count.id)]
        )
        self.assertEqual(scans.mapped("kind"), ["photo", "photo"])

    def test_a_bad_photo_is_told_and_stops_nothing(self):
        count = self.start(self.make_shipped_transfer())
        line = self.get_line(count, self.tea)
        svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>'
        bad = [
            None,
            "",
            5,
            {},
            "no base64 at all",
            base64.b64encode(b"a text").decode(),
            base64.b64encode(svg).decode(),
            make_photo("BMP"),
            # A small file that unpacks to gigabytes.
            make_photo("PNG", size=(9000, 9000)),
        ]
        for image in bad:
            with self.subTest(str(image)[:30]):
                results = self.send(
                    count,
                    self.photo(line, image),
                    {"kind": "scan", "barcode": "TEA-001"},
                )
                self.assertEqual(
                    [result["status"] for result in results], ["refused", "counted"]
                )
                self.assertRegex(
                    results[0]["message"], "photo of .*Oolong.* no picture"
                )
        self.assertFalse(line.photo)
        self.assertEqual(line.counted_quantity, len(bad))

    def test_a_photo_that_is_too_large(self):
        count = self.start(self.make_shipped_transfer())
        line = self.get_line(count, self.tea)
        self.patch(apply, "LARGEST_PHOTO", 200)
        [result] = self.send(count, self.photo(line, make_photo()))
        self.assertEqual(result["status"], "refused")
        self.assertIn("is larger than", result["message"])

    def test_a_photo_of_another_count(self):
        count = self.start(self.make_shipped_transfer())
        other = self.get_line(self.start(self.make_shipped_transfer()), self.tea)
        [result] = self.send(count, self.photo(other, make_photo()))
        self.assertEqual(result["status"], "refused")
        self.assertIn("not on this screen", result["message"])
        self.assertFalse(other.photo)

    def test_a_photo_that_comes_after_the_submit(self):
        """It was taken in time: the difference shows it."""
        transfer = self.make_shipped_transfer(lines={self.tea: 3})
        count = self.start(transfer)
        line = self.get_line(count, self.tea)
        self.scan(count, "TEA-001")
        count.action_submit()
        results = self.send(
            count,
            self.photo(line, make_photo()),
            {"kind": "scan", "barcode": "TEA-001"},
            self.photo(line, make_photo(size=(50, 60))),
        )
        self.assertEqual(
            [result["status"] for result in results], ["counted", "closed", "refused"]
        )
        self.assertIn("has a photo of it", results[2]["message"])
        discrepancy = self.env["store.transfer.discrepancy"].search(
            [("transfer_id", "=", transfer.id)]
        )
        self.assertEqual(self.get_size(line.photo), (40, 30))
        self.assertEqual(self.get_size(discrepancy.photo), (40, 30))
