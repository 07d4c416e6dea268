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
# Each screen is opened as by a link on the page: the web client starts only once.
LOOK = """
const screens = SCREENS;
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
const leaveFor = async (path) => {
    for (const screen of document.querySelectorAll(".o_action_manager > *")) {
        screen.setAttribute("data-left", "");
    }
    const link = Object.assign(document.createElement("a"), { href: path });
    document.body.append(link);
    link.click();
    link.remove();
    await see(".o_action_manager > :not([data-left])");
};
const look = async (ours) => {
    await see(ours);
    const options = {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
        // Of each card Odoo makes an article that is a link.
        rules: { "aria-allowed-role": { enabled: false } },
        elementRef: true,
    };
    const { violations } = await window.axe.run(document, options);
    return violations.flatMap(({ id, nodes }) =>
        nodes
            .filter(({ element }) => element.closest(ours))
            .filter(({ element }) => !element.closest("THEIRS"))
            .map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`)
    );
};
const script = document.createElement("script");
script.src = "/web/content/SCRIPT";
script.onload = async () => {
    const found = [];
    for (const [index, { path, ours, ready, presses }] of screens.entries()) {
        if (index) {
            await leaveFor(path);
        }
        await see(ready);
        for (const selector of presses) {
            (await see(selector)).click();
        }
        found.push(...(await look(ours)).map((fault) => `${path}: ${fault}`));
    }
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

    def look(self, user, *screens):
        """Look at one screen after the other as ``user``."""
        first = screens[0]
        self.browser_js(
            first["path"],
            code=LOOK.replace("SCRIPT", str(self.axe.id))
            .replace("SCREENS", json.dumps(screens))
            .replace("THEIRS", THEIRS),
            ready=f"!!document.querySelector({json.dumps(first['ready'])})",
            login=user.login,
        )

    def screen(self, path, ours, ready=None, presses=()):
        """Describe a screen, which is there once it shows ``ready``.

        :param ours: selector of the part of the page that is ours
        :param presses: selectors of what is pressed first, one after the other
        """
        return {
            "path": path,
            "ours": ours,
            "ready": ready or ours,
            "presses": presses,
        }

    def records(self, path):
        """Describe a list, or the cards that a phone has in its place."""
        return self.screen(
            path,
            ".o_list_renderer, .o_kanban_renderer",
            ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)",
        )

    def question(self, path, step):
        """Describe what is asked when a button of a form is pressed."""
        presses = (*self.other_steps, f"button[name={step}]")
        return self.screen(path, ".modal-body, .modal-footer", ".o_form_view", presses)

    @no_retry
    def test_staff_who_receive(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 3})
        action = transfer.with_user(self.shop_staff).action_scan()
        other = self.make_shipped_transfer({self.tea: 10})
        other.with_user(self.shop_approver).action_scan()
        path = "/odoo/store-transfer-count"
        count = f"{path}/{action['params']['count_id']}"
        self.look(
            self.shop_staff,
            self.screen(path, ".o_count_chooser"),
            self.screen(count, ".o_count_screen", ".o_count_row"),
        )

    @no_retry
    def test_staff_who_ship(self):
        shipped = self.make_shipped_transfer({self.tea: 10})
        lines = {self.tea: 10, self.mug: 3}
        pick = self.start_pick(self.make_approved(lines))
        packed = self.start_pick(self.make_approved(lines))
        carton = {"uuid": "new-carton", "kind": "carton"}
        scan = {"kind": "scan", "barcode": self.tea.barcode, "carton": "new-carton"}
        self.send(packed, carton, scan)
        self.start_pick(self.make_approved({self.tea: 10}), self.ec_approver)
        # Of these, one can't be shipped whole.
        many = self.make_approved({self.tea: 10}) + self.make_approved({self.tea: 100})
        action = many.with_user(self.ec_staff).action_open_many_ship()
        path = "/odoo/store-transfer-pick"
        self.look(
            self.ec_staff,
            self.screen(f"{path}/{pick.id}", ".o_count_screen", ".o_count_row"),
            self.screen(path, ".o_count_chooser"),
            self.screen(f"{path}/{packed.id}", ".o_count_screen", ".o_count_row"),
            self.screen(
                f"/odoo/store.transfer.many/{action['res_id']}",
                ".o_form_sheet",
                ".o_form_sheet .alert a",
            ),
            self.question(
                f"/odoo/store-transfer-outbound/{shipped.id}", "action_undo_shipment"
            ),
        )

    @no_retry
    def test_approver_who_receives(self):
        self.submit(self.make_transfer(lines={self.tea: 10}))
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 3})
        self.count(transfer, {self.tea: 7, self.mug: 4})
        discrepancy = self.get_discrepancies(transfer)[:1]
        counted = self.make_shipped_transfer({self.tea: 10})
        self.count(counted, {self.tea: 10})
        path = "/odoo/store-transfer-differences"
        self.look(
            self.shop_approver,
            self.records("/odoo/action-store_transfer.action_store_transfer_work"),
            self.records(path),
            self.screen(f"{path}/{discrepancy.id}", ".o_form_sheet"),
            self.question(
                f"/odoo/store-transfer-inbound/{counted.id}", "action_undo_count"
            ),
        )

    @no_retry
    def test_approver_who_looks_at_the_trail(self):
        transfer = self.make_shipped_transfer({self.mug: 3})
        trail = "action-store_transfer.action_store_transfer_event"
        path = f"/odoo/store-transfer-outbound/{transfer.id}/{trail}"
        self.look(self.ec_approver, self.records(path))

    @no_retry
    def test_head_office(self):
        self.make_shipped_transfer({self.mug: 3})
        upload = self.env["store.transfer.import"].with_user(self.head_office)
        upload = upload.create(
            {
                "company_id": self.company.id,
                "file": base64.b64encode(b"Filiale,Artikel\nSHN,TEA-001\n"),
                "file_name": "foreign.csv",
            }
        )
        upload.action_check()
        path = "/odoo/action-store_transfer.action_store_transfer_import"
        self.look(
            self.head_office,
            self.screen(f"{path}/new", ".o_form_sheet"),
            self.screen(
                "/odoo/store-transfer-overview",
                ".o_kanban_renderer",
                ".o_transfer_figure",
            ),
            self.screen(
                f"{path}/{upload.id}", ".o_import_columns", ".o_import_column select"
            ),
        )


@tagged("post_install", "-at_install")
class TestAccessibilityOnPhone(TestAccessibility):
    browser_size = "375x667"
    touch_enabled = True
    other_steps = (".o_statusbar_buttons button[title=More]",)
