from odoo.tests import tagged

from ..spreadsheets.files.file_kinds import open_file
from .common_files import FileCase
from .common_import import ImportCase

HEADINGS = ["Expected date", "To store(s)", "SKU", "Quantity", "Remark"]
# Remarks as people write them, and the name of the encoding that they are saved in.
REMARKS = {
    ("cp950", "Big5"): (
        "冬季促銷 急件 新年特賣 補貨 退貨 中秋節禮盒 烏龍茶 台北東區店 限量 "
        "先出貨 下週一到 客訂 開幕 贈品 紅色 白色 兒童 襪子 沐浴乳 巧克力 王先生"
    ),
    (
        "big5hkscs",
        "Big5",
    ): "喺度 啲貨 唔好 冇貨 旺角店 深水埗店 の店",
    ("gb18030", "GB18030"): (
        "门店开业 冬季促销 急件 新年特卖 补货 退货 中秋节礼盒 乌龙茶 展示品 "
        "先发货 下周一到 客户预订 女鞋 双十一 红色 儿童 袜子 洗发水 王先生"
    ),
    ("cp932", "Shift-JIS"): (
        "冬のセール 至急 店舗移動 補充 割れ物注意 展示品 返品 ギフトセット 渋谷店 限定 "
        "在庫不足 先に出荷 赤 子供用 靴下 タオル コーヒー豆 田中様 五時までに 倉庫移動"
    ),
    ("cp949", "EUC-KR"): (
        "겨울세일 급함 신년특가 매장이동 파손주의 전시품 선물세트 강남점 부산서면점 "
        "재고부족 먼저출고 월요일도착 사은품 대용량 아동용 남성복 초콜릿 감사합니다"
    ),
    ("cp1252", "Windows-1252"): (
        "Caféau Crème brûlée à Noël hôtel Größe Müller weiß für Äpfel español niño "
        "Göteborg rosé CAFÉ naïve jalapeño São Nestlé Hermès"
    ),
}
# What is written in none of these: better refused than read as something else.
FOREIGN = {
    "cp1251": "привет склад срочно",
    "cp1253": "καφές επείγον",
    "cp1255": "שלום",
    "mac_roman": "Café crème Müller",
    "johab": "서울 급함",
    "iso2022_jp": "冬のセール 至急",
}


class TextCase(FileCase):
    def make_text(self, *rows, delimiter=",", line_end="\r\n"):
        lines = [delimiter.join(map(str, row)) for row in [HEADINGS, *rows]]
        return line_end.join(lines) + line_end

    def make_text_with(self, remark):
        return self.make_text([self.date, "SHN", "TEA-001", 3, remark])

    def read_remark(self, content):
        """Return the remark of a file, and the name of its encoding."""
        source = open_file(content)
        ((_headings, row),) = [list(table.rows) for table in source.iterate_tables()]
        return row.cells[-1], source.encoding


@tagged("post_install", "-at_install")
class TestEncodings(TextCase):
    """A single remark tells the encoding, or the file is refused."""

    def test_remarks(self):
        for (codec, name), remarks in REMARKS.items():
            for remark in remarks.split():
                content = self.make_text_with(remark).encode(codec)
                self.assertEqual(self.read_remark(content), (remark, name))

    def test_nothing_to_guess(self):
        remark = "冬季促銷 Café 门店 セール"
        for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
            content = self.make_text_with(remark).encode(codec)
            self.assertEqual(self.read_remark(content), (remark, ""), codec)

    def test_letters_of_any_alphabet_in_utf8(self):
        for remark in ("срочно", "καφές", "Łódź", "İstanbul ışık", "Žižkov", "3×4 ²"):
            content = self.make_text_with(remark).encode()
            self.assertEqual(self.read_remark(content), (remark, ""))

    def test_other_encodings_are_refused(self):
        for codec, remarks in FOREIGN.items():
            for remark in remarks.split():
                content = self.make_text_with(remark).encode(codec)
                self.assertEqual(self.get_reason(content), "unknown_encoding", remark)

    def test_damaged_utf8_is_refused(self):
        for remark in ("冬季促銷", "门店开业", "冬のセール", "겨울세일"):
            content = self.make_text_with(remark).encode()
            place = content.index(remark.encode())
            damaged = content[:place] + content[place + 1 :]
            self.assertEqual(self.get_reason(damaged), "unknown_encoding")

    def test_large_file(self):
        rows = [[self.date, "SHN", "TEA-001", 3, "冬季促銷"]] * 5000
        source = open_file(self.make_text(*rows).encode("cp950"))
        with self.assertLittleWork():
            ((*_rows, last),) = [list(table.rows) for table in source.iterate_tables()]
        self.assertEqual(last.cells[-1], "冬季促銷")

    def test_hundreds_of_kilobytes_in_one_line(self):
        content = self.make_text_with("冬季促銷" * 100_000).encode("cp950")
        with self.assertLittleWork():
            self.assertEqual(self.get_reason(content), "long_cell")


@tagged("post_install", "-at_install")
class TestDelimiters(TextCase):
    def assertRead(self, text):
        cells = [self.date.isoformat(), "SHN", "TEA-001", "3", "x"]
        self.assertEqual(self.read_cells(text.encode()), [HEADINGS, cells])

    def test_each_delimiter(self):
        for delimiter in (",", ";", "\t", "|", "，", "；"):
            row = [self.date, "SHN", "TEA-001", 3, "x"]
            self.assertRead(self.make_text(row, delimiter=delimiter))

    def test_space_before_a_quotation_mark(self):
        text = 'SKU, "To store", "Quantity"\nA, "SHN, SHS", "3"\n'
        self.assertEqual(self.read_cells(text.encode())[1], ["A", "SHN, SHS", "3"])

    def test_other_line_ends(self):
        for line_end in ("\n", "\r", "\r\n"):
            row = [self.date, "SHN", "TEA-001", 3, "x"]
            self.assertRead(self.make_text(row, line_end=line_end))

    def test_other_delimiters_within_the_cells(self):
        text = "SKU;To store;Quantity\nA|1,B;SHN, SHS，EC;3\n"
        self.assertEqual(
            self.read_cells(text.encode())[1], ["A|1,B", "SHN, SHS，EC", "3"]
        )

    def test_headings_that_nobody_knows(self):
        text = "Ziel;Nummer;Stück\nNord, Süd;A;3\nOst, West;B;4\n"
        self.assertEqual(self.read_cells(text.encode())[1], ["Nord, Süd", "A", "3"])

    def test_zero_bytes_that_fill_space(self):
        for zeros in ("\x00", "\x00" * 7, "\x00" * 40):
            text = self.make_text([self.date, "SHN", f"TEA-001{zeros}", 3, "x"])
            self.assertRead(text)
            self.assertRead(text.rstrip("\n"))


@tagged("post_install", "-at_install")
class TestRowsOfText(TextCase):
    def read_numbers(self, text):
        return [row.number for row in self.read_rows(text.encode())]

    def test_empty_lines_count(self):
        text = "\n\r\nSKU,Quantity\n\n\n,\nA,1\n \n\r\rB,2\n\n"
        self.assertEqual(self.read_numbers(text), [3, 7, 11])

    def test_empty_lines_within_a_cell(self):
        text = 'SKU,Remark\nA,"x\n\n\ny"\n\nB,z\n'
        self.assertEqual(self.read_numbers(text), [1, 2, 4])
        self.assertEqual(self.read_cells(text.encode())[1], ["A", "x\n\n\ny"])

    def test_first_cell_is_empty(self):
        text = "SKU,Remark\n\n,x\n"
        self.assertEqual(self.read_cells(text.encode())[1], [None, "x"])
        self.assertEqual(self.read_numbers(text), [1, 3])

    def test_millions_of_empty_lines(self):
        for line in ("\n", "\r\n", ",,,\r\n"):
            text = f"SKU,Quantity\nA,1\n{line * (6_000_000 // len(line))}B,2\n"
            with self.assertLittleWork():
                self.assertEqual(len(self.read_numbers(text)), 3)

    def test_cell_of_megabytes(self):
        text = self.make_text_with("x" * 5_000_000)
        with self.assertLittleWork():
            self.assertEqual(self.get_reason(text.encode()), "long_cell")

    def test_quotation_mark_that_is_not_closed(self):
        text = self.make_text_with('"x')
        self.assertEqual(self.get_reason(text.encode()), "open_quotation")


@tagged("post_install", "-at_install")
class TestImportTextFiles(ImportCase):
    def get_problem_of(self, text, codec="utf-8"):
        return self.get_problem(text.encode(codec))

    def test_encoding_that_cannot_be_told(self):
        problem = self.get_problem_of("SKU,Quantity\nсрочно,3\n", "cp1251")
        self.assertIn("UTF-8", problem)

    def test_long_cell(self):
        problem = self.get_problem_of(f"SKU,Quantity\n{'x' * 200_000},3\n")
        self.assertIn("quotation mark", problem)

    def get_errors_of(self, *lines):
        upload = self.check("\n".join(lines).encode())
        self.assertFalse(upload.problem)
        return [error[:3] for error in self.get_findings(upload, "error")]

    def test_number_without_quotation_marks(self):
        """Cut at its comma, 1,200 would be 1."""
        errors = self.get_errors_of(
            "Expected date,To store,SKU,Quantity",
            f"{self.date},SHN,TEA-001,3",
            f"{self.date},SHS,TEA-001,1,200",
        )
        self.assertEqual(errors, [(3, "Quantity", "200")])

    def test_remark_without_quotation_marks(self):
        errors = self.get_errors_of(
            "Expected date,To store,SKU,Quantity,Remark",
            f"{self.date},SHN,TEA-001,3,fragile, handle with care",
        )
        self.assertEqual(errors, [(2, "Quantity", "handle with care")])

    def test_empty_cells_behind_the_last_heading(self):
        errors = self.get_errors_of(
            "Expected date,To store,SKU,Quantity",
            f"{self.date},SHN,TEA-001,3,,, ",
        )
        self.assertEqual(errors, [])
