import json
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_ledger_audit import LedgerAudit
from .common_papers import PaperCase
from .common_transfers import StoreTransferCase

RUN = "odoo.addons.store_transfer.models.ledger_check.run"


@tagged("post_install", "-at_install")
class TestLedgerCheckRuns(LedgerAudit, PaperCase, StoreTransferCase):
    """How a check is made, kept and told of."""

    def setUp(self):
        super().setUp()
        self.transfer = self.make_shipped_transfer({self.tea: 10})
        self.line = self.transfer.sudo().line_ids

    def break_ledger(self, change="received_quantity = 1"):
        self.corrupt(
            f"UPDATE store_transfer_line SET {change} WHERE id = %(line)s",
            line=self.line.id,
        )

    def get_checks(self):
        return self.env["store.transfer.ledger.check"].search(
            [("company_id", "=", self.company.id)]
        )

    def get_alarms(self, user=None):
        """Return the messages of checks that a user of head office has got."""
        partner = (user or self.head_office).partner_id
        return self.env["mail.message"].search(
            [
                ("model", "=", "store.transfer.ledger.check"),
                ("notified_partner_ids", "in", partner.ids),
            ]
        )

    def run_cron(self, name):
        with self.enter_registry_test_mode():
            self.env.ref(f"store_transfer.{name}").method_direct_trigger()

    def run_night(self):
        self.run_cron("ir_cron_ledger_check_nightly")
        self.run_cron("ir_cron_ledger_check")

    def press_in_background(self):
        with patch(f"{RUN}.MANY_MOVES", 1):
            return self.check_ledger()

    def test_finding_names_the_record_and_both_quantities(self):
        self.break_ledger()
        check = self.check_ledger()
        [finding] = check.finding_ids
        self.assertEqual(check.result, "1 transfer, 2 moves, 1 unexplained")
        self.assertEqual(finding.transfer_id, self.transfer)
        self.assertEqual(finding.product_id, self.tea)
        self.assertEqual(finding.what_text, "Received")
        self.assertEqual((finding.expected_text, finding.found_text), ("0", "1"))
        action = finding.action_open()
        self.assertEqual(action["res_model"], "store.transfer")
        self.assertEqual(action["res_id"], self.transfer.id)

    def test_texts_of_states_and_turns(self):
        self.corrupt(
            "UPDATE store_transfer SET state = 'done' WHERE id = %(transfer)s",
            transfer=self.transfer.id,
        )
        findings = self.check_ledger().finding_ids.grouped("rule")
        self.assertEqual(findings["state"].expected_text, "In Transit")
        self.assertEqual(findings["state"].found_text, "Done")
        told = findings["told_wrongly"]
        self.assertEqual(set(told.mapped("what_text")), {"Receive transfer"})
        self.assertIn(self.shop_staff.name, told.mapped("found_text"))

    def test_finding_of_goods_opens_the_product(self):
        self.corrupt(
            "UPDATE stock_quant SET quantity = 2 WHERE location_id = %(transit)s",
            transit=self.transit.id,
        )
        [finding] = self.check_ledger().finding_ids
        action = finding.action_open()
        self.assertEqual(action["res_model"], "product.product")
        self.assertEqual(action["res_id"], self.tea.id)

    def test_large_company_is_checked_in_the_background(self):
        check = self.press_in_background()
        self.assertEqual(check.state, "waiting")
        cron = self.env.ref("store_transfer.ir_cron_ledger_check")
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]))
        self.run_cron("ir_cron_ledger_check")
        self.assertEqual(check.state, "done")
        self.assertEqual(check.result, "1 transfer, 2 moves, 0 unexplained")
        self.assertEqual(check.user_id, self.head_office)

    def test_each_chosen_company_gets_a_check(self):
        other = self.env["res.company"].create({"name": "Other Goods"})
        self.head_office.company_ids += other
        checks = self.env["store.transfer.ledger.check"].with_user(self.head_office)
        companies = (self.company | other).ids
        checks = checks.with_context(allowed_company_ids=companies)
        action = checks.action_check_now()
        self.assertFalse(action["res_id"])
        made = checks.search([("company_id", "in", companies)])
        self.assertEqual(set(made.mapped("state")), {"done"})
        self.assertEqual(made.company_id.ids, sorted(companies, reverse=True))

    def test_company_of_others_is_not_checked(self):
        other = self.env["res.company"].create({"name": "Other Goods"})
        checks = self.env["store.transfer.ledger.check"].with_user(self.head_office)
        with self.assertRaises(AccessError):
            checks.with_context(allowed_company_ids=other.ids).action_check_now()

    def test_second_press_waits_for_the_first(self):
        check = self.press_in_background()
        self.assertEqual(self.press_in_background(), check)

    def test_check_that_a_killed_server_left_is_made(self):
        check = self.press_in_background()
        check.sudo().state = "running"
        self.run_cron("ir_cron_ledger_check")
        self.assertEqual(check.state, "done")

    def test_check_that_fails_says_so(self):
        check = self.press_in_background()
        failing = patch.object(
            type(check), "_find", side_effect=ZeroDivisionError, autospec=True
        )
        # In a test, a rollback would take back what was set up, too.
        with (
            failing,
            mute_logger(RUN),
            patch.object(type(self.env.cr), "rollback", lambda _cursor: None),
        ):
            self.run_cron("ir_cron_ledger_check")
        self.assertEqual(check.state, "failed")
        self.assertIn("could not be finished", check.result)
        self.assertEqual(self.check_ledger().state, "done")

    def test_each_night_by_nobody(self):
        self.run_night()
        check = self.get_checks()
        self.assertEqual(check.state, "done")
        self.assertFalse(check.user_id)
        self.assertFalse(self.get_alarms())

    def test_what_is_older_than_half_a_year_is_forgotten(self):
        self.break_ledger()
        old, recent = self.check_ledger(), self.check_ledger()
        for check, days in ((old, 181), (recent, 179)):
            self.corrupt(
                "UPDATE store_transfer_ledger_check"
                " SET create_date = create_date - %(days)s * INTERVAL '1 day'"
                " WHERE id = %(check)s",
                days=days,
                check=check.id,
            )
        findings = old.finding_ids
        self.assertTrue(findings)
        self.env["store.transfer.ledger.check"]._forget_old()
        self.assertEqual(self.get_checks(), recent)
        self.assertFalse(findings.exists())

    def test_alarm_tells_head_office_once(self):
        stranger = self._create_user(
            "stranger",
            "group_head_office",
            company=self.env["res.company"].create({"name": "Other Goods"}),
        )
        self.break_ledger()
        self.run_night()
        self.assertIn("1 unexplained", self.get_alarms().body)
        self.assertFalse(self.get_alarms(stranger))
        self.assertFalse(self.get_alarms(self.shop_approver))
        # The same is no news, also when its quantities have changed.
        self.break_ledger("received_quantity = 2")
        self.run_night()
        self.assertEqual(len(self.get_alarms()), 1)
        self.break_ledger("lost_quantity = 2")
        self.run_night()
        self.assertEqual(len(self.get_alarms()), 2)

    def test_alarm_says_when_it_was_where_its_reader_is(self):
        """At 20 o'clock of the 7th in UTC it is 4 o'clock of the 8th in Taipei."""
        london = self._create_user("london", "group_head_office")
        self.head_office.tz, london.tz = "Asia/Taipei", "Europe/London"
        self.break_ledger()
        with freeze_time("2030-05-07 20:00:00"):
            self.run_night()
        for user, moment in ((self.head_office, "05/08/2030"), (london, "05/07/2030")):
            self.assertIn(moment, self.get_alarms(user).subject)

    def test_who_waits_is_told_when_it_was_where_they_are(self):
        """At 20 o'clock of the 7th in UTC it is 4 o'clock of the 8th in Taipei."""
        self.head_office.tz = "Asia/Taipei"
        check = self.press_in_background()
        with freeze_time("2030-05-07 20:00:00"):
            self.run_cron("ir_cron_ledger_check")
        self.assertEqual(check.state, "done")
        self.env.cr.precommit.run()
        [told] = [
            json.loads(message)["payload"]
            for message in self.env["bus.bus"].sudo().search([]).mapped("message")
            if "simple_notification" in message
        ]
        self.assertIn("05/08/2030", told["title"])

    def test_what_comes_again_is_news(self):
        for change in ("received_quantity = 1", "received_quantity = 0"):
            self.break_ledger(change)
            self.run_night()
        self.assertEqual(len(self.get_alarms()), 1)
        self.break_ledger()
        self.run_night()
        self.assertEqual(len(self.get_alarms()), 2)

    def test_of_very_many_findings_the_first_are_kept(self):
        self.break_ledger("received_quantity = 1, lost_quantity = 1")
        with patch(f"{RUN}.MOST_FINDINGS", 1):
            check = self.check_ledger()
        self.assertEqual(check.finding_count, 2)
        self.assertEqual(len(check.finding_ids), 1)
        self.assertEqual(check.notice, "Shown are 1 of them, the first of each kind.")

    def test_all_is_read_as_it_is_at_one_moment(self):
        check = self.env["store.transfer.ledger.check"].new()
        with check._reading():
            self.env.cr.execute("SHOW transaction_isolation")
            self.assertEqual(self.env.cr.fetchone(), ("repeatable read",))

    def test_nothing_is_written_while_it_reads(self):
        check = self.env["store.transfer.ledger.check"].new()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(Exception, "read-only transaction"),
            check._reading(),
        ):
            self.env.cr.execute("DELETE FROM store_transfer_line")
        # Afterwards it can be written again.
        self.transfer.with_user(self.shop_staff).action_confirm_arrival()
        self.assertNothingUnexplained()

    def test_number_of_queries_does_not_grow(self):
        def count_queries():
            # What Odoo keeps beyond a request is known in life.
            self.find_unexplained()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.find_unexplained()
            return self.env.cr.sql_log_count - before

        few = count_queries()
        for _number in range(3):
            self.make_shipped_transfer({self.tea: 2, self.mug: 1})
        self.assertEqual(count_queries(), few)

    def test_paper(self):
        self.break_ledger()
        check = self.check_ledger()
        paper = self.print_paper("ledger_check", check, self.head_office)
        self.assertIn("1 transfer, 2 moves, 1 unexplained", paper.text)
        self.assertIn(self.transfer.name, paper.text)
        self.assertIn("Oolong Tea", paper.text)
        self.assertIn("Received 0 1", paper.text)

    def test_paper_of_many_findings_has_pages(self):
        self.break_ledger(
            "received_quantity = 1, lost_quantity = 1, returned_quantity = 3"
        )
        check = self.check_ledger()
        check.sudo().finding_ids = [
            (0, 0, check.sudo().finding_ids[0].copy_data()[0]) for _number in range(60)
        ]
        paper = self.print_paper("ledger_check", check, self.head_office)
        self.assertGreater(len(paper.pages), 1)
        self.assertIn("Page 2 of", paper.pages[1])

    def test_paper_waits_for_the_check(self):
        check = self.press_in_background()
        with self.assertRefused("Wait until the check is done"):
            check.action_print()
        report = self.env["report.store_transfer.report_ledger_check"]
        with self.assertRefused("Wait until", UserError):
            report.with_user(self.head_office)._get_report_values(check.ids)
