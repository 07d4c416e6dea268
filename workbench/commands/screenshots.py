"""Take the pictures in static/description/screenshots anew.

They are taken in a headless Chromium, in a fresh database with the demo data, which is
dropped afterwards. With names, only these are taken."""

import io
import tempfile
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from .. import (
    chrome,
    dashboard_check,
    databases,
    demo,
    odoo_server,
    postgres,
    printing,
)
from ..cache import LOGS, ROOT
from ..console import Failure, say
from ..test_database import install
from .run import served

ENVIRONMENT = "odoo"
PASSES_ARGUMENTS_ON = False
FOLDER = ROOT / "static" / "description" / "screenshots"

DESKTOP = {"width": 1280, "height": 800}
# Twice the points, as a phone has: small letters stay sharp.
PHONE = {"width": 390, "height": 844, "scale": 2, "is_phone": True}

# Of a page of paper, in points.
PAPER_WIDTH = 840

CHARTS_ARE_STILL = """
    Object.values(window.Chart?.instances || {}).length > 0
    && Object.values(Chart.instances).every((chart) => !Chart.animator.running(chart))
"""

HEADINGS = ("Expected date", "From store", "To store(s)", "SKU", "Quantity", "Remark")
ROWS_WITH_ERRORS = (
    (date(2026, 11, 30), "EC", "XY, TC", "TEA-001", 24, "Winter promotion"),
    (date(2026, 11, 30), "EC", "XY, TP", "TEA-002", 12, "Winter promotion"),
    ("30th of November", "EC", "KH", "TEA-003", 12, None),
    (date(2026, 12, 1), "EC", "TN", "TEE-004", 0, None),
    (date(2026, 12, 1), "TC", "TN", "COF-002", 6, None),
)
FOREIGN_ROWS = (
    ("Lieferdatum", "Filiale", "Artikel", "Stück", "Regal"),
    (date(2026, 11, 30), "XY", "TEA-001", 24, "Window"),
    (date(2026, 11, 30), "TC", "TEA-002", 12, None),
)

IS_SETTLED = """
    document.readyState === "complete" && document.fonts.status === "loaded"
    && !document.querySelector(".o_loading_indicator, .o_blockUI")
    && [...document.images].every((image) => image.complete)
"""
STOP_ANIMATIONS = """
    document.head.appendChild(document.createElement("style")).textContent =
        "*, ::before, ::after {animation: none !important; transition: none !important}"
"""
# What a scanner does that acts as a keyboard.
SCAN = """
    for (const key of [..."%s", "Enter"]) {
        document.body.dispatchEvent(
            new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true})
        );
    }
"""
# Two frames later, what was asked for has been drawn.
NEXT_FRAMES = """
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
        .then(() => true)
"""


def add_arguments(parser):
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PICTURES))


def run(arguments):
    unknown = set(arguments.names) - set(PICTURES)
    if unknown:
        raise Failure(f"There is no picture {', '.join(sorted(unknown))}.")
    # Without a font for it, Chinese would be nothing but boxes.
    printing.ensure()
    postgres.start()
    odoo_server.prepare()
    FOLDER.mkdir(parents=True, exist_ok=True)
    names = arguments.names or list(PICTURES)
    with _demo_database() as database:
        for pictures, prepare in (
            (SCREEN_PICTURES, None),
            (TILL_PICTURES, demo.ensure_till),
            (DASHBOARD_PICTURES, _install_dashboards),
        ):
            wanted = [name for name in names if name in pictures]
            if wanted and prepare:
                prepare(database)
            _take(wanted, database)
    return 0


def _install_dashboards(database):
    odoo_server.change_modules(
        "Installing Dashboards", database, f"--init={dashboard_check.APP}"
    )


@contextmanager
def _demo_database():
    """Give the name of a fresh database with the demo data."""
    database = databases.name("screenshots")
    with databases.in_use(database):
        install("demo", database)
        try:
            yield database
        finally:
            databases.drop(database)


def _take(names, database):
    if not names:
        return
    log = LOGS / "screenshots.log"
    with served(database, log) as (url, _server), chrome.open_page() as page:
        for name in names:
            # A paper is a picture already.
            content = PICTURES[name](Visit(url, database, page)) or page.take_picture()
            _save(content, FOLDER / f"{name}.png")


def _save(content, path):
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        few_colours = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    few_colours.save(path, optimize=True)
    say(f"    {path.relative_to(ROOT)} ({path.stat().st_size // 1024} kB)")


class Visit:
    """What somebody does in the browser until there is something to see."""

    def __init__(self, url, database, page):
        self.url = url
        self.database = database
        self.page = page

    def log_in(self, login, screen, lang="en_US"):
        import requests

        self.session = requests.Session()
        user = self._call(
            "/web/session/authenticate",
            {"db": self.database, "login": login, "password": login},
        )
        self.call("res.users", "write", [user["uid"]], {"lang": lang})
        self.page.set_screen(**screen)
        self.page.set_cookie(self.url, "session_id", self.session.cookies["session_id"])

    def call(self, model, method, *arguments, **options):
        parameters = {"model": model, "method": method}
        return self._call(
            f"/web/dataset/call_kw/{model}/{method}",
            {**parameters, "args": arguments, "kwargs": options},
        )

    def _call(self, path, parameters):
        answer = self.session.post(
            self.url + path, json={"jsonrpc": "2.0", "params": parameters}, timeout=60
        ).json()
        if "error" in answer:
            raise Failure(f"{path}: {answer['error']['data']['message']}")
        return answer["result"]

    def download(self, path):
        answer = self.session.get(self.url + path, timeout=60)
        if answer.headers["Content-Type"] != "application/pdf":
            raise Failure(f"{path} is no PDF: {answer.text[:300]}")
        return answer.content

    def find_transfer(self, *domain):
        """Return the transfer with the most lines."""
        return self.call(
            "store.transfer", "search", list(domain), limit=1, order="line_count desc"
        )[0]

    def open(self, path, selector):
        self.page.go(f"{self.url}/odoo/{path}")
        self.see(selector)

    def click(self, selector):
        self.page.click(selector)

    def see(self, selector):
        """Wait until this is there, and stands still."""
        self.page.see(selector)
        self.page.evaluate(STOP_ANIMATIONS)
        self.page.wait_for(IS_SETTLED)
        self.page.evaluate(NEXT_FRAMES)
        self.page.wait_for(IS_SETTLED)


def _list(visit):
    visit.log_in("ec.staff", DESKTOP)
    visit.open("store-transfer-outbound", ".o_list_view .o_data_row")


def _transfer(visit):
    visit.log_in("ec.staff", DESKTOP)
    transfer = visit.find_transfer(
        ("state", "=", "in_transit"), ("to_ship_quantity", ">", 0)
    )
    visit.open(f"store-transfer-outbound/{transfer}", ".o-mail-Message")


def _ship(visit):
    visit.log_in("ec.staff", DESKTOP)
    transfer = visit.find_transfer(("state", "=", "approved"), ("kind", "=", "between"))
    visit.open(f"store-transfer-outbound/{transfer}", ".o_form_view")
    visit.click("button[name=action_open_ship]")
    visit.see(".modal .o_data_row")


def _work(visit, login="ec.staff", screen=DESKTOP, lang="en_US"):
    visit.log_in(login, screen, lang)
    rows = ".o_list_view .o_data_row, .o_kanban_record:not(.o_kanban_ghost)"
    visit.open("action-store_transfer.action_store_transfer_work", rows)


def _work_on_phone_in_chinese(visit):
    _work(visit, "xinyi.approver", PHONE, "zh_TW")


def _pick(visit, screen=DESKTOP):
    """Open a pick list, and scan some pieces."""
    visit.log_in("ec.staff", screen)
    transfer = visit.find_transfer(
        ("state", "=", "approved"), ("kind", "=", "between"), ("is_to_ship", "=", True)
    )
    action = visit.call("store.transfer", "action_pick", [transfer])
    pick = action["params"]["pick_id"]
    [first, second, *_others] = visit.call("store.transfer.pick", "get_screen", [pick])[
        "rows"
    ]
    visit.open(f"store-transfer-pick/{pick}", ".o_count_screen .o_count_row")
    for row in (first, first, second):
        visit.page.evaluate(SCAN % (row["lot"] or row["sku"]))
        visit.see(f".o_count_active[data-sku='{row['sku']}']")
    visit.see(".o_count_sync[data-kind=saved]")


def _pick_on_phone(visit):
    _pick(visit, PHONE)


def _import(visit):
    visit.log_in("ec.staff", DESKTOP)
    visit.open("store-transfer-outbound", ".o_list_view .o_data_row")
    visit.click(".o_control_panel_main_buttons button:not(.o_list_button_add)")
    rows = (HEADINGS, *ROWS_WITH_ERRORS)
    _upload(visit, "transfers.xlsx", rows, "[name=finding_ids] .o_data_row")


def _import_foreign_layout(visit):
    visit.log_in("head.office", DESKTOP)
    visit.open("action-store_transfer.action_store_transfer_import/new", ".o_form_view")
    _upload(visit, "Winter.xlsx", FOREIGN_ROWS, ".o_import_column select")


def _upload(visit, name, rows, selector):
    """Upload a workbook of these rows, and wait for what the import says of it."""
    import openpyxl

    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        workbook.save(path)
        visit.page.choose_file(".o_form_view input[type=file]", path)
        visit.see(selector)


def _overview(visit, screen=DESKTOP, lang="en_US"):
    visit.log_in("head.office", screen, lang)
    visit.open("store-transfer-overview", ".o_kanban_record canvas")


def _overview_in_chinese(visit):
    _overview(visit, lang="zh_TW")


def _overview_on_phone_in_chinese(visit):
    _overview(visit, PHONE, "zh_TW")


def _report(visit):
    visit.log_in("head.office", DESKTOP)
    visit.open("store-transfer-analysis", ".o_pivot table tbody tr")


def _ledger(visit):
    visit.log_in("head.office", DESKTOP)
    visit.open("store-transfer-ledger", ".o_list_view")
    visit.click("button[name=action_check_now]")
    visit.see(".o_form_view")


def _dashboard(visit):
    visit.log_in("head.office", DESKTOP)
    [dashboard] = visit.call(
        "spreadsheet.dashboard", "search", [("name", "=", "Store Transfer")]
    )
    visit.open(f"dashboards?dashboard_id={dashboard}", ".o-spreadsheet")
    # While they grow, charts show less than there is.
    visit.page.wait_for(CHARTS_ARE_STILL)


def _differences(visit):
    visit.log_in("head.office", DESKTOP)
    path = "action-store_transfer.action_store_transfer_discrepancy"
    visit.open(path, ".o_list_view .o_data_row")


def _list_in_chinese(visit):
    visit.log_in("xinyi.staff", DESKTOP, "zh_TW")
    visit.open("store-transfer-inbound", ".o_list_view .o_data_row")


def _cards_on_phone(visit):
    visit.log_in("xinyi.staff", PHONE)
    visit.open("store-transfer-inbound", ".o_kanban_record:not(.o_kanban_ghost)")


def _open_count(visit, screen, lang="en_US"):
    """Open a count that is half done, and scan some pieces."""
    visit.log_in("taichung.staff", screen, lang)
    transfer = visit.find_transfer(("state", "=", "arrived"))
    action = visit.call("store.transfer", "action_scan", [transfer])
    count = action["params"]["count_id"]
    visit.open(f"store-transfer-count/{count}", ".o_count_screen")
    for sku in ("HOM-008", "GFT-003"):
        visit.page.evaluate(SCAN % sku)
        visit.see(f".o_count_active[data-sku='{sku}']")
    visit.click("[data-filter=all]")
    visit.page.evaluate(SCAN % "GFT-003")
    visit.see(".o_count_sync[data-kind=saved]")


def _count(visit):
    _open_count(visit, DESKTOP)


def _count_on_phone(visit):
    _open_count(visit, PHONE)


def _count_on_phone_in_chinese(visit):
    _open_count(visit, PHONE, "zh_TW")


def _print(visit, paper, login, domain, lang="en_US"):
    """Return the first page of a paper, as it comes out of the printer."""
    import pypdfium2

    visit.log_in(login, DESKTOP, lang)
    # The session keeps the language of who has logged in.
    visit.log_in(login, DESKTOP, lang)
    transfers = visit.call("store.transfer", "search", domain, order="line_count desc")
    pdf = visit.download(
        f"/report/pdf/store_transfer.report_{paper}/{','.join(map(str, transfers[:8]))}"
    )
    [page, *_others] = pypdfium2.PdfDocument(pdf)
    content = io.BytesIO()
    page.render(scale=PAPER_WIDTH / page.get_width()).to_pil().save(content, "PNG")
    return content.getvalue()


def _pick_list(visit):
    domain = [("state", "=", "approved"), ("kind", "=", "between")]
    return _print(visit, "pick_list", "ec.staff", domain)


def _transfer_slip_in_chinese(visit):
    domain = [("state", "=", "in_transit"), ("to_ship_quantity", ">", 0)]
    return _print(visit, "transfer_slip", "ec.staff", domain, "zh_TW")


def _carton_label(visit):
    domain = [("state", "=", "in_transit")]
    return _print(visit, "carton_labels", "ec.staff", domain)


def _manifest_in_chinese(visit):
    domain = [("state", "in", ("approved", "in_transit")), ("kind", "!=", "receipt")]
    return _print(visit, "manifest", "ec.staff", domain, "zh_TW")


def _count_sheet(visit):
    domain = [("state", "=", "arrived")]
    return _print(visit, "count_sheet", "taichung.staff", domain)


def _open_till(visit, login, screen, lang, path, selector):
    visit.log_in(login, screen, lang)
    till, _name = demo.find_till(visit.database)
    visit.page.go(f"{visit.url}/pos/ui/{till}/{path}")
    visit.see(selector)


def _till_list(visit, screen=DESKTOP, lang="en_US"):
    _open_till(visit, "xinyi.staff", screen, lang, "transfers", ".o_till_row")


def _till_list_in_chinese(visit):
    _till_list(visit, lang="zh_TW")


def _till_transfer(visit, screen=DESKTOP, lang="en_US"):
    visit.log_in("xinyi.approver", screen, lang)
    transfer = visit.find_transfer(
        ("state", "=", "waiting"), ("initiator", "=", "source")
    )
    path = f"transfers/{transfer}"
    _open_till(visit, "xinyi.approver", screen, lang, path, "[data-step=approve]")


def _till_transfer_on_phone_in_chinese(visit):
    _till_transfer(visit, PHONE, "zh_TW")


def _till_lookup(visit, screen=DESKTOP, lang="en_US"):
    visit.log_in("xinyi.staff", screen, lang)
    [product] = visit.call(
        "product.product", "search", [("default_code", "=", "TEA-001")]
    )
    path = f"stock-of-stores/{product}"
    _open_till(visit, "xinyi.staff", screen, lang, path, ".o_till_store")


def _till_lookup_on_phone(visit):
    _till_lookup(visit, PHONE)


TILL_PICTURES = {
    "till_list_en": _till_list,
    "till_transfer_en": _till_transfer,
    "till_lookup_en": _till_lookup,
    "till_list_zh_TW": _till_list_in_chinese,
    "phone_till_transfer_zh_TW": _till_transfer_on_phone_in_chinese,
    "phone_till_lookup_en": _till_lookup_on_phone,
}
DASHBOARD_PICTURES = {"dashboard_en": _dashboard}
SCREEN_PICTURES = {
    "work_en": _work,
    "phone_work_zh_TW": _work_on_phone_in_chinese,
    "pick_en": _pick,
    "phone_pick_en": _pick_on_phone,
    "list_en": _list,
    "transfer_en": _transfer,
    "ship_en": _ship,
    "import_en": _import,
    "import_columns_en": _import_foreign_layout,
    "count_en": _count,
    "differences_en": _differences,
    "overview_en": _overview,
    "overview_zh_TW": _overview_in_chinese,
    "phone_overview_zh_TW": _overview_on_phone_in_chinese,
    "report_en": _report,
    "ledger_en": _ledger,
    "list_zh_TW": _list_in_chinese,
    "phone_cards_en": _cards_on_phone,
    "phone_count_en": _count_on_phone,
    "phone_count_zh_TW": _count_on_phone_in_chinese,
    "paper_pick_list_en": _pick_list,
    "paper_slip_zh_TW": _transfer_slip_in_chinese,
    "paper_label_en": _carton_label,
    "paper_manifest_zh_TW": _manifest_in_chinese,
    "paper_count_sheet_en": _count_sheet,
}
PICTURES = {**SCREEN_PICTURES, **TILL_PICTURES, **DASHBOARD_PICTURES}
