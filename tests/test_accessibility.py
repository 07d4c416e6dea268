import base64
import json
import os
from pathlib import Path

from odoo.tests import no_retry, tagged

from .common_discrepancies import DiscrepancyCase
from .common_tours import ShipTourCase

# Named by ./dev test, which has it from npm.
AXE = "STORE_TRANSFER_AXE"
# What Odoo's own widgets draw in our lists and forms is as it is everywhere in Odoo.
THEIRS = (
    ".o_list_record_selector, .o_list_actions_header, .o_optional_columns_dropdown,"
    " .o_optional_columns_dropdown_toggle, .o-dropdown, [name=activity_ids],"
    " .o_field_badge, .o_field_statusbar, .o-mail-Chatter, th.o_list_button,"
    " th.o_priority_cell, .o_group_header th"
)
LOOK = """
const script = document.createElement("script");
script.src = "/web/content/SCRIPT";
const see = async (selector) => {
    for (let tries = 0; tries < 200; tries++) {
        const element = document.querySelector(selector);
        if (element) {
            return element;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`This is not there: ${selector}`);
};
script.onload = async () => {
    for (const selector of PRESSES) {
        (await see(selector)).click();
    }
    await see("OURS");
    const options = {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
        // Of each card Odoo makes an article that is a link.
        rules: { "aria-allowed-role": { enabled: false } },
        elementRef: true,
    };
    const { violations } = await window.axe.run(document, options);
    const found = violations.flatMap(({ id, nodes }) =>
        nodes
            .filter(({ element }) => element.closest("OURS"))
            .filter(({ element }) => !element.closest("THEIRS"))
            .map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`)
    );
    if (found.length) {
        console.error(found.join("\\n"));
    } else {
        console.log("test successful");
    }
};
document.head.append(script);
"""


@tagged("post_install", "-at_install")
class TestAccessibility(DiscrepancyCase, ShipTourCase):
    """Everybody can read and use our screens: axe-core finds no fault in them."""

    # Where a step stands that is not the first one of a form.
    other_steps = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.axe = cls.env["ir.attachment"].create(
            {
                "name": "axe.js",
                "mimetype": "application/javascript",
                "raw": Path(os.environ[AXE]).read_bytes(),
                "public": True,
            }
        )

    def look(self, path, ours, user, ready=None, presses=()):
        """Look at a page as ``user``, once it shows ``ready``.

        :param ours: selector of the part of the page that is ours
        :param presses: selectors of what is pressed first, one after the other
        """
        self.browser_js(
            path,
            code=LOOK.replace("SCRIPT", str(self.axe.id))
            .replace("PRESSES", json.dumps(presses))
            .replace("OURS", ours)
            .replace("THEIRS", THEIRS),
            ready=f"!!document.querySelector('{ready or ours}')",
            login=user.login,
        )

    def open_count(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 3})
        action = transfer.with_user(self.shop_staff).action_scan()
        return action["params"]["count_id"]

    @no_retry
    def test_count(self):
        path = f"/odoo/store-transfer-count/{self.open_count()}"
        self.look(path, ".o_count_screen", self.shop_staff, ".o_count_row")

    @no_retry
    def test_chooser(self):
        self.make_shipped_transfer()
        self.look("/odoo/store-transfer-count", ".o_count_chooser", self.shop_staff)

    @no_retry
    def test_ship(self):
        transfer = self.make_transfer(lines={self.tea: 10, self.mug: 3})
        self.submit(transfer)
        self.approve(transfer)
        self.look("/odoo/store-transfer-pick", ".o_count_chooser", self.ec_staff)
        action = transfer.with_user(self.ec_staff).action_pick()
        path = f"/odoo/store-transfer-pick/{action['params']['pick_id']}"
        self.look(path, ".o_count_screen", self.ec_staff, ".o_count_row")

    @no_retry
    def test_ship_with_cartons(self):
        pick = self.start_pick(self.make_approved({self.tea: 10, self.mug: 3}))
        carton = {"uuid": "new-carton", "kind": "carton"}
        scan = {"kind": "scan", "barcode": self.tea.barcode, "carton": "new-carton"}
        self.send(pick, carton, scan)
        path = f"/odoo/store-transfer-pick/{pick.id}"
        self.look(path, ".o_count_screen", self.ec_staff, ".o_count_row")

    @no_retry
    def test_my_work(self):
        waiting = self.make_transfer(lines={self.tea: 10})
        self.submit(waiting)
        self.make_shipped_transfer({self.mug: 3})
        self.look(
            "/odoo/action-store_transfer.action_store_transfer_work",
            ".o_list_renderer, .o_kanban_renderer",
            self.shop_approver,
            ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)",
        )

    @no_retry
    def test_trail(self):
        transfer = self.make_shipped_transfer({self.mug: 3})
        trail = "action-store_transfer.action_store_transfer_event"
        self.look(
            f"/odoo/store-transfer-outbound/{transfer.id}/{trail}",
            ".o_list_renderer, .o_kanban_renderer",
            self.ec_approver,
            ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)",
        )

    @no_retry
    def test_overview(self):
        self.make_shipped_transfer({self.mug: 3})
        self.look(
            "/odoo/store-transfer-overview",
            ".o_kanban_renderer",
            self.head_office,
            ".o_transfer_figure",
        )

    @no_retry
    def test_many_at_once(self):
        transfers = self.make_approved({self.tea: 10}) + self.make_approved(
            {self.tea: 100}
        )
        action = transfers.with_user(self.ec_staff).action_open_many_ship()
        self.look(
            f"/odoo/store.transfer.many/{action['res_id']}",
            ".o_form_sheet",
            self.ec_staff,
            ".o_form_sheet .alert a",
        )

    @no_retry
    def test_undo_shipment(self):
        transfer = self.make_shipped_transfer({self.tea: 10})
        self.look(
            f"/odoo/store-transfer-outbound/{transfer.id}",
            ".modal-body, .modal-footer",
            self.ec_staff,
            ".o_form_view",
            (*self.other_steps, "button[name=action_undo_shipment]"),
        )

    @no_retry
    def test_undo_count(self):
        transfer = self.make_shipped_transfer({self.tea: 10})
        self.count(transfer, {self.tea: 10})
        self.look(
            f"/odoo/store-transfer-inbound/{transfer.id}",
            ".modal-body, .modal-footer",
            self.shop_approver,
            ".o_form_view",
            (*self.other_steps, "button[name=action_undo_count]"),
        )

    @no_retry
    def test_import(self):
        self.look(
            "/odoo/action-store_transfer.action_store_transfer_import/new",
            ".o_form_sheet",
            self.head_office,
        )

    @no_retry
    def test_columns_of_an_import(self):
        upload = self.env["store.transfer.import"].with_user(self.head_office)
        upload = upload.create(
            {
                "company_id": self.company.id,
                "file": base64.b64encode(b"Filiale,Artikel\nSHN,TEA-001\n"),
                "file_name": "foreign.csv",
            }
        )
        upload.action_check()
        self.look(
            f"/odoo/action-store_transfer.action_store_transfer_import/{upload.id}",
            ".o_import_columns",
            self.head_office,
            ".o_import_column select",
        )

    @no_retry
    def test_differences(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 3})
        self.count(transfer, {self.tea: 7, self.mug: 4})
        self.look(
            "/odoo/store-transfer-differences",
            ".o_list_renderer, .o_kanban_renderer",
            self.shop_approver,
        )
        discrepancy = self.get_discrepancies(transfer)[:1]
        self.look(
            f"/odoo/store-transfer-differences/{discrepancy.id}",
            ".o_form_sheet",
            self.shop_approver,
        )


@tagged("post_install", "-at_install")
class TestAccessibilityOnPhone(TestAccessibility):
    browser_size = "375x667"
    touch_enabled = True
    other_steps = (".o_statusbar_buttons button[title=More]",)
