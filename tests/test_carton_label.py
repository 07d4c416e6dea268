from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_papers import Paper
from .common_pick import PickCase


@tagged("post_install", "-at_install")
class TestCartonLabel(PickCase):
    """Who packs a carton prints its label, before it is known how many there are."""

    def begin_cartons(self, pick, number_of_cartons):
        """Begin cartons; return their numbers."""
        results = self.send(pick, *[{"kind": "carton"}] * number_of_cartons)
        return [result["carton"] for result in results]

    def begin_two(self):
        pick = self.start_pick(self.make_approved({self.tea: 5}))
        return pick, self.begin_cartons(pick, 2)

    def print_action(self, action, user):
        """Print what an action says as ``user``, as the browser of theirs does."""
        self.assertEqual(action["type"], "ir.actions.report")
        reports = self.env["ir.actions.report"].with_user(user)
        reports = reports.with_context(
            force_report_rendering=True, lang="en_US", **action["context"]
        )
        render = {
            "qweb-pdf": reports._render_qweb_pdf,
            "qweb-text": reports._render_qweb_text,
        }[action["report_type"]]
        return render(action["report_name"], action["context"]["active_ids"])[0]

    def test_only_its_own_label(self):
        pick, [first, second] = self.begin_two()
        action = pick.action_print_carton(second)
        paper = Paper(self.print_action(action, self.ec_staff))
        [page] = paper.pages
        self.assertEqual(paper.get_size(), (100, 150))
        self.assertIn("Carton 2", page)
        self.assertIn("Shop North", page)
        self.assertNotIn("of 2", page)
        self.assertNotIn(first, page)
        self.assertEqual(paper.codes[second], "Code128")

    def test_on_a_label_printer(self):
        self.ec.transfer_new_carton_label = "carton_labels_zpl"
        pick, [first, second] = self.begin_two()
        action = pick.action_print_carton(first)
        text = self.print_action(action, self.ec_staff).decode()
        self.assertEqual(text.count("^XA"), 1)
        self.assertIn("Carton 1", text)
        self.assertIn(f"^FD{first}^FS", text)
        self.assertNotIn(second, text)

    def test_on_a4_paper(self):
        self.ec.transfer_new_carton_label = "carton_labels_sheet"
        pick, [first, _second] = self.begin_two()
        action = pick.action_print_carton(first)
        paper = Paper(self.print_action(action, self.ec_staff))
        self.assertEqual(paper.get_size(), (210, 297))
        self.assertEqual(paper.codes[first], "Code128")
        self.assertEqual(len(paper.pages), 1)

    def test_a_screen_knows_whether_its_store_wants_it(self):
        pick = self.start_pick(self.make_approved({self.tea: 5}))
        self.assertIs(pick.get_screen()["policies"]["prints_labels"], False)
        self.ec.transfer_new_carton_label = "carton_labels"
        self.assertIs(pick.get_screen()["policies"]["prints_labels"], True)

    def test_no_carton_of_another_transfer(self):
        pick, _cartons = self.begin_two()
        other = self.start_pick(self.make_approved({self.mug: 1}))
        [carton] = self.begin_cartons(other, 1)
        for name in (carton, "CT-nothing", False, [carton]):
            with self.assertRefused("Choose one of those that are"):
                pick.action_print_carton(name)

    def test_a_report_prints_no_carton_of_another_transfer(self):
        pick, [first, _second] = self.begin_two()
        other = self.start_pick(self.make_approved({self.mug: 1}))
        self.begin_cartons(other, 1)
        action = pick.action_print_carton(first)
        action["context"]["active_ids"] = other.transfer_id.ids
        action["report_name"] = "store_transfer.report_carton_labels_zpl"
        action["report_type"] = "qweb-text"
        self.assertEqual(self.print_action(action, self.ec_staff).strip(), b"")

    def test_nobody_prints_it_but_who_picks(self):
        pick, [first, _second] = self.begin_two()
        for user in (self.shop_staff, self.shop_approver):
            with self.assertRaises(AccessError):
                pick.with_user(user).action_print_carton(first)

    def test_what_has_left_is_packed_no_more(self):
        pick, [first, _second] = self.begin_two()
        self.send(
            pick,
            {"kind": "scan", "barcode": "TEA-001", "carton": first},
        )
        self.submit_pick(pick)
        with self.assertRefused("this pick list is over"):
            pick.action_print_carton(first)
        # What is still to ship is picked in a list of its own.
        pick = self.start_pick(pick.transfer_id)
        with self.assertRefused("Choose one of those that are"):
            pick.action_print_carton(first)
