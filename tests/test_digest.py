from datetime import datetime

from freezegun import freeze_time
from lxml import html

from odoo.tests import tagged

from odoo.addons.store_transfer.models.digest.digest import FiguresOfDigests

from .common_report import ReportCase, at

# A Wednesday: of the seven days before it, the history is the last six.
SENT = datetime(2030, 5, 8, 3)


class DigestCase(ReportCase):
    """The digest that the system sends, as its recipients read it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.digest = cls.env.ref("store_transfer.digest")
        cls.digest.user_ids = cls.head_office
        cls.head_office.tz = "Asia/Taipei"

    def send(self, digest=None, moment=SENT):
        """Send it, and return ``{who it is for: what is in it}``."""
        digest = digest or self.digest
        before = self.env["mail.mail"].search([])
        # Each mail is written as by a server that knows nothing yet.
        self.env.flush_all()
        self.env.invalidate_all()
        with freeze_time(moment):
            digest.with_user(self.env.ref("base.user_root")).action_send()
        mails = self.env["mail.mail"].search([]) - before
        return {mail.email_to: html.fromstring(mail.body_html) for mail in mails}

    def get_body(self, user=None, **values):
        return self.send(**values)[(user or self.head_office).email_formatted]

    def get_rows(self, body):
        """Return ``{label: [text of each column]}`` of all that is told in rows."""
        return {
            row.xpath("string(th)").strip(): [
                cell.text_content().strip() for cell in row.xpath("td")
            ]
            for row in body.xpath("//tr[th and td]")
        }

    def get_text(self, body):
        return " ".join(body.text_content().split())


@tagged("post_install", "-at_install")
class TestDigest(DigestCase):
    """What head office reads in the morning, with each figure computed by hand."""

    def test_what_happened(self):
        """Shipped: 15, 8, 3, 2 and 4; received: 15, 5, 3 and 3.

        Four are finished, of 710 that was shipped for them three tea at 30 are lost.
        Of 33 asked for by these 26 came, and of five transfers that were due one was
        on time and in full.
        """
        self.make_history()
        rows = self.get_rows(self.get_body())
        for label, week, before in (
            ("Pieces shipped", "32", "0"),
            ("Pieces received", "26", "0"),
            ("Transfers finished", "4", "0"),
            ("Lost of these, at cost", "$\xa090", "$\xa00"),
            ("Shrink of these", "12.7 %", "–"),
            ("Fill rate of what was due", "78.8 %", "–"),
            ("On time in full of what was due", "20.0 %", "–"),
        ):
            self.assertEqual(rows[label], [week, before], label)

    def test_how_it_stands(self):
        """Two tea at 30 are on their way since the 2nd; three are short since."""
        history = self.make_history()
        short = self.make_shipped({self.tea: 10})
        self.run_at(at(3), self.count, short, {self.tea: 7})
        body = self.get_body()
        rows = self.get_rows(body)
        for label, number, value in (
            ("In transit", "–", "$\xa0150"),
            ("In transit for over 30 days", "–", "$\xa00"),
            ("Transfers that are late", "2", "$\xa0150"),
            ("Differences not settled", "1", "$\xa090"),
            ("Differences past their deadline", "1", "$\xa090"),
        ):
            self.assertEqual(rows[label], [number, value], label)
        [on_the_way] = history.filtered(lambda one: one.state == "in_transit")
        links = [
            [link.text_content(), link.get("href").rpartition("/store-transfer/")[2]]
            for link in body.xpath("//a[contains(@href, '/store-transfer/')]")
        ]
        names = [on_the_way.name, short.name]
        self.assertEqual(links, [[name, name] for name in names])
        self.assertIn(
            "EC Warehouse → Shop North In Transit 6 days", self.get_text(body)
        )

    def test_what_waits_for_a_day(self):
        self.make_history()
        text = self.get_text(self.get_body(moment=at(3, 12)))
        self.assertIn("EC Warehouse → Shop North In Transit 1 day ", f"{text} ")
        self.assertNotIn("1 days", text)

    def test_a_currency_without_cents(self):
        self.make_history()
        self.env.company.currency_id.rounding = 1
        rows = self.get_rows(self.get_body())
        self.assertEqual(rows["Lost of these, at cost"], ["$\xa090", "$\xa00"])

    def test_over_thirty_days(self):
        self.make_history()
        rows = self.get_rows(self.get_body(moment=datetime(2030, 6, 20)))
        self.assertEqual(rows["In transit for over 30 days"], ["–", "$\xa060"])
        self.assertEqual(rows["Pieces shipped"], ["0", "0"])

    def test_a_week_later_it_is_what_was_before(self):
        self.make_history()
        rows = self.get_rows(self.get_body(moment=datetime(2030, 5, 15, 3)))
        self.assertEqual(rows["Pieces shipped"], ["0", "32"])
        self.assertEqual(rows["Fill rate of what was due"], ["–", "78.8 %"])

    def test_days_begin_where_the_reader_is(self):
        """At 17 o'clock of the 8th in UTC it is the 9th in Taipei."""
        self.make_history()
        body = self.get_body(moment=datetime(2030, 5, 8, 17))
        self.assertIn("05/02/2030 – 05/08/2030", self.get_text(body))

    def test_it_tells_of_as_many_days_as_it_is_sent_for(self):
        self.make_history()
        self.digest.periodicity = "daily"
        body = self.get_body(moment=at(7))
        self.assertEqual(self.get_rows(body)["Pieces received"], ["3", "0"])
        self.assertIn("Yesterday", self.get_text(body))

    def test_what_the_ledger_says(self):
        self.assertIn("The ledger was not checked yet", self.get_text(self.get_body()))
        self.make_history()
        checks = self.env["store.transfer.ledger.check"].with_user(self.head_office)
        checks.action_check_now()
        self.assertRegex(
            self.get_text(self.get_body()), "5 transfers, [0-9]+ moves, 0 unexplained"
        )

    def test_when_the_ledger_was_checked_where_the_reader_is(self):
        """At 20 o'clock of the 7th in UTC it is 4 o'clock of the 8th in Taipei."""
        checks = self.env["store.transfer.ledger.check"].with_user(self.head_office)
        with freeze_time(datetime(2030, 5, 7, 20)):
            checks.action_check_now()
        self.assertRegex(self.get_text(self.get_body()), "05/08/2030 0?4:00:00")

    def test_what_it_opens_is_there(self):
        paths = {
            link.get("href")
            for link in self.get_body().xpath("//a[contains(@href, '/odoo/store-')]")
        }
        self.assertEqual(len(paths), 3)
        for path in paths:
            name = path.rpartition("/")[2]
            self.assertTrue(
                self.env["ir.actions.actions"].search([("path", "=", name)])
            )

    def test_in_the_language_of_each(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        other = self._create_user("other_office", "group_head_office")
        other.lang = "zh_TW"
        template = self.env.ref("store_transfer.digest_waiting")
        words = {"Waits Longest": "等待最久"}
        template.update_field_translations("arch_db", {"zh_TW": words})
        self.make_history()
        mails = self.send()
        for user, days, title in (
            (self.head_office, "05/01/2030 – 05/07/2030", "Waits Longest"),
            (other, "2030/05/01 – 2030/05/07", "等待最久"),
        ):
            text = self.get_text(mails[user.email_formatted])
            self.assertIn(days, text)
            self.assertIn(title, text)


@tagged("post_install", "-at_install")
class TestRecipients(DigestCase):
    """Who gets it, and what of it they may see."""

    def test_it_comes_each_monday(self):
        self.assertEqual(self.digest.next_run_date.weekday(), 0)
        self.assertEqual(self.digest.periodicity, "weekly")

    def test_head_office_gets_it_and_others_do_not(self):
        new = self._create_user("new_office", "group_head_office")
        self.assertIn(new, self.digest.user_ids)
        for user in (self.ec_staff, self.shop_approver, self.inventory_user):
            self.assertNotIn(user, self.digest.user_ids)

    def test_who_leaves_head_office_gets_it_no_more(self):
        group = self.env.ref("store_transfer.group_head_office")
        self.head_office.group_ids -= group
        self.assertNotIn(self.head_office, self.digest.user_ids)
        group.user_ids += self.shop_approver
        self.assertIn(self.shop_approver, self.digest.user_ids)

    def test_who_has_unsubscribed_is_not_subscribed_again(self):
        self.digest.with_user(self.head_office).action_unsubscribe()
        self.head_office.company_ids += self.env.company
        self.assertNotIn(self.head_office, self.digest.user_ids)

    def test_others_read_no_figures(self):
        self.make_history()
        self.digest.user_ids += self.shop_approver | self.inventory_user
        mails = self.send()
        for user in (self.shop_approver, self.inventory_user):
            body = mails[user.email_formatted]
            self.assertFalse(self.get_rows(body))
            self.assertIn("are for head office", self.get_text(body))

    def test_another_digest_says_nothing_of_them(self):
        self.make_history()
        other = self.digest.copy({"has_transfer_figures": False})
        other.user_ids = self.head_office | self.shop_approver
        for body in self.send(other).values():
            self.assertFalse(self.get_rows(body))
            self.assertNotIn("head office", self.get_text(body))

    def test_each_company_for_itself(self):
        """A recipient of two is told of both, of nothing else; here is one of them."""
        self.make_history()
        other = self.env["res.company"].create({"name": "Isle Goods"})
        self.env["res.company"].create({"name": "Strange Goods"})
        self.head_office.company_ids += other
        text = self.get_text(self.get_body())
        self.assertIn("Formosa Goods", text)
        self.assertIn("Isle Goods", text)
        self.assertNotIn("Strange Goods", text)
        self.digest.company_id = other
        body = self.get_body()
        self.assertEqual(self.get_rows(body)["Pieces shipped"], ["0", "0"])
        self.assertEqual(body.text_content().count("Waits Longest"), 0)

    def test_a_company_that_the_recipient_may_not_enter(self):
        self.digest.company_id = self.env["res.company"].create({"name": "Isle Goods"})
        self.assertFalse(self.get_rows(self.get_body()))

    def test_who_unsubscribes_by_the_link_in_it(self):
        [link] = self.get_body().xpath("//a[contains(@href, '/unsubscribe?token=')]")
        self.assertIn(f"/digest/{self.digest.id}/", link.get("href"))


@tagged("post_install", "-at_install")
class TestCostOfDigest(DigestCase):
    """What is read for it does not depend on how many get it, of how many companies."""

    def count_queries(self):
        """Return how many queries it takes to tell all recipients."""
        self.env.flush_all()
        self.env.invalidate_all()
        digest = self.digest.with_user(self.env.ref("base.user_root"))
        digest = digest.with_context(**FiguresOfDigests().context)
        readers = digest.user_ids
        readers.company_ids.mapped("currency_id.symbol")
        before = self.env.cr.sql_log_count
        with freeze_time(SENT):
            told = [digest._get_transfer_figures(user) for user in readers]
        return len(sum(told, [])), self.env.cr.sql_log_count - before

    def add_company(self, name):
        company = self.env["res.company"].create({"name": name})
        self._get_company_warehouse(company, name, name)
        return company

    def test_queries(self):
        self.make_history()
        self.count_queries()
        told, cost_of_few = self.count_queries()
        self.assertEqual(told, 1)
        for number in range(6):
            user = self._create_user(f"office_{number}", "group_head_office")
            user.tz = "Asia/Taipei"
        for number in range(3):
            self.digest.user_ids.company_ids += self.add_company(f"C{number}")
        self.count_queries()
        told, cost_of_many = self.count_queries()
        self.assertEqual(told, 7 * 4)
        self.assertLessEqual(cost_of_many, cost_of_few + 2)

    def test_nobody_hands_figures_in(self):
        self.make_history()
        forged = {FiguresOfDigests.key: {"known": {}}}
        rows = self.get_rows(self.get_body(digest=self.digest.with_context(**forged)))
        self.assertEqual(rows["Pieces shipped"], ["32", "0"])

    def test_head_office_of_no_store(self):
        company = self.env["res.company"].create({"name": "Isle Goods"})
        stores = self.env["stock.warehouse"].search([("company_id", "=", company.id)])
        stores.active = False
        user = self._create_user("isle", "group_head_office", company=company)
        self.digest.user_ids = user
        text = self.get_text(self.get_body(user))
        self.assertIn("No company of yours has a store", text)
