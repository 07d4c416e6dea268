"""What people, and the programs they use, write above the columns of a table.

Case, spaces, punctuation, plurals and simplified characters don't matter, and need no
entry of their own. What our own files write is in :mod:`.columns`.
"""

SYNONYMS = {
    "expected_date": """
        Expected arrival, Expected arrival date, Expected delivery,
        Expected delivery date, Expected receipt date, Expected on, Arrival,
        Arrival date, Date of arrival, Planned arrival, Planned date,
        Planned delivery date, Scheduled date, Scheduled arrival,
        Scheduled delivery date, Delivery date, Date of delivery, Deliver on,
        Deliver by, Delivery due, Due, Due date, Date due, Need by, Need by date,
        Needed by, Needed on, Need date, Required date, Required by, Required on,
        Requested date, Requested delivery date, Date required, Receipt date,
        Receiving date, Receive date, Receive by, In store date, In store by, ETA, RDD,
        Expected arr date

        預計到貨日期, 預計到貨日, 預計到倉日, 預計到貨, 預計到店日, 預計到店日期,
        預計到達日, 預計到達日期, 預計抵達日, 預計抵達日期, 預計交貨日, 預計交貨日期,
        預計交期, 預計入庫日, 預計入庫日期, 預計進貨日, 預計進貨日期, 預計進倉日,
        預計進倉日期, 預計收貨日, 預計收貨日期, 預計送達日, 預計送達日期, 預計送貨日,
        預計日, 預計日期, 預定到貨日, 預定到貨日期, 預定日期, 預定日, 預定交貨日,
        預定交期, 預定入庫日, 預到日, 預到日期, 預到貨日, 預交日, 預交日期, 預交貨日,
        期望到貨日, 期望到貨日期, 希望到貨日, 希望到貨日期, 指定到貨日, 指定到貨日期,
        指定送達日, 要求到貨日, 要求到貨日期, 要求交期, 到貨日期, 到貨日, 到貨時間,
        預計到貨時間, 預計到店時間, 到店日, 到店日期, 到倉日, 到倉日期, 到達日期,
        到達日, 抵達日期, 抵達日, 交貨日期, 交貨日, 交期, 交付日期, 需求日, 需求日期,
        需要日期, 需貨日, 需貨日期, 需用日期, 送達日期, 送達日, 配達日, 配達日期,
        收貨日期, 收貨日, 進貨日期, 進貨日, 進倉日期, 進倉日, 入庫日期, 入庫日,
        入倉日期, 入倉日, 應到日, 應到日期, 調入日期, 撥入日期
    """,
    "source": """
        From, From warehouse, From location, From shop, From branch, From outlet,
        From site, From WH, From whse, From loc, From code, From plant,
        From storage location, From depot, From DC, From store code, From store name,
        From warehouse code, From location code, Source, Source store, Source warehouse,
        Source location, Source shop, Source branch, Source site, Source plant,
        Source code, Src, Origin, Origin store, Origin warehouse, Origin location,
        Origin site, Ship from, Shipped from, Shipping from, Shipping store,
        Shipping warehouse, Shipping location, Ship from location, Ship from warehouse,
        Ship from store, Deliver from, Deliver from store, Dispatch from,
        Dispatched from, Dispatch store, Dispatching store, Dispatch warehouse,
        Send from, Sending store, Sending warehouse, Sending location, Sender,
        Sender store, Sent from, Supplying store, Supplying warehouse, Supplying site,
        Supplying plant, Supplying location, Supply plant, Supply from, Issuing store,
        Issuing warehouse, Issuing location, Issuing plant, Issuing storage location,
        Issue from, Transfer from, Transfer from code, Transfer out, Transfer out store,
        Move from, Out store, Outbound store, Outbound warehouse, Giving store,
        Releasing store, Fulfill from, Origin name

        出倉店家, 出倉, 出倉門市, 出倉店代號, 出倉店碼, 來源, 來源店家, 來源店,
        來源門市, 來源倉, 來源倉庫, 來源地, 來源庫位, 來源儲位, 來源單位, 來源分店,
        來源據點, 來源店代號, 來源門市代號, 出貨店, 出貨店家, 出貨門市, 出貨倉,
        出貨倉庫, 出貨倉別, 出貨地, 出貨地點, 出貨單位, 出貨方, 出貨分店, 出貨據點,
        出貨門市代號, 出貨庫別, 出庫, 出庫店, 出庫倉, 出庫倉庫, 出庫門市, 出庫倉別,
        出庫庫別, 發貨店, 發貨店家, 發貨門市, 發貨倉, 發貨倉庫, 發貨地, 發貨方,
        發貨地點, 發貨單位, 發出倉, 發出門市, 發出店, 寄出倉, 寄出店, 寄出門市, 寄件店,
        送出店, 送出門市, 供貨倉, 供貨店, 供貨門市, 調出, 調出店, 調出店家, 調出門市,
        調出倉, 調出倉庫, 調出倉別, 調出庫別, 調出地, 調出方, 調出單位, 調出分店,
        調出據點, 調出櫃, 調出櫃點, 調出部門, 調出組織, 調出倉位, 調出儲位, 調出店號,
        調出店代號, 調出門市代號, 調出倉代號, 調出倉庫代號, 調出門市名稱, 調出店名,
        調出倉名稱, 撥出, 撥出店, 撥出店家, 撥出門市, 撥出倉, 撥出倉庫, 撥出倉別,
        撥出庫別, 撥出單位, 撥出方, 撥出店號, 撥出門市代號, 撥出門市名稱, 移出, 移出店,
        移出店家, 移出門市, 移出倉, 移出倉庫, 移出倉別, 移出庫別, 移出單位, 移出庫位,
        轉出, 轉出店, 轉出店家, 轉出門市, 轉出倉, 轉出倉庫, 轉出倉別, 轉出庫別,
        轉出單位, 轉出庫, 領出倉, 起始倉, 起運地, 起始店, 起點, 源倉, 源倉庫, 源門店,
        源庫位, 調出門店, 撥出門店, 發貨門店, 出貨門店, 來源門店, 轉出門店, 移出門店,
        從, 自, 從門市, 從店, 從倉庫
    """,
    "destination": """
        To, To store, To stores, To warehouse, To location, To shop, To branch,
        To outlet, To site, To WH, To whse, To loc, To code, To plant,
        To storage location, To depot, To DC, To store code, To store name,
        To warehouse code, To location code, Destination, Destination store,
        Destination warehouse, Destination location, Destination shop,
        Destination branch, Destination site, Destination plant, Destination code, Dest,
        Dest store, Dest warehouse, Dest location, Dest loc, Dest WH, Dest shop,
        Dest code, Ship to, Ship to store, Ship to shop, Ship to warehouse,
        Ship to location, Ship to code, Ship to name, Shipped to, Deliver to,
        Deliver to store, Deliver to location, Delivery store, Delivery location,
        Delivery shop, Delivery warehouse, Delivery to, Send to, Sent to,
        Receiver store, Receiving store, Receiving shop, Receiving branch,
        Receiving warehouse, Receiving location, Receiving site, Receiving plant,
        Receiving storage location, Recipient store, Requesting store,
        Requesting warehouse, Requesting location, Ordering store, Target, Target store,
        Target warehouse, Target location, Transfer to, Transfer to code, Transfer in,
        Transfer in store, Move to, In store, Inbound store, Inbound warehouse,
        Allocate to, Allocated to, Allocation store, Distribute to, Destination name

        進倉店家, 進倉, 進倉門市, 進倉店代號, 進倉店碼, 目的店家, 目的店, 目的地,
        目的門市, 目的倉, 目的倉庫, 目的庫位, 目的儲位, 目的單位, 目的分店, 目的據點,
        目的店代號, 目的門市代號, 目標, 目標店, 目標店家, 目標門市, 目標倉, 目標倉庫,
        目標地, 目標庫位, 收貨店, 收貨店家, 收貨門市, 收貨倉, 收貨倉庫, 收貨倉別,
        收貨地, 收貨地點, 收貨單位, 收貨方, 收貨分店, 收貨據點, 收貨門市代號, 收貨庫別,
        收件店, 收件門市, 接收店, 接收門市, 接收倉, 接收倉庫, 接收方, 接收單位, 入庫,
        入庫店, 入庫倉, 入庫倉庫, 入庫門市, 入庫倉別, 入庫庫別, 入倉, 入倉店, 入倉店家,
        入倉門市, 進貨店, 進貨店家, 進貨門市, 進貨倉, 進貨倉庫, 進貨單位, 到貨店,
        到貨門市, 到貨倉, 到貨地, 到貨地點, 送貨地, 送貨門市, 送貨店, 送貨地點, 送往,
        送至, 送達店, 送達門市, 送達地, 寄往, 配送店, 配送門市, 配送點, 配送至, 配送地,
        配貨店, 配貨店家, 配貨門市, 配貨至, 配貨地, 配往門市, 配往店, 分配門市, 分配店,
        分貨門市, 分貨店, 鋪貨門市, 鋪貨店, 需求店, 需求門市, 需求單位, 需求倉, 申請店,
        申請門市, 申請單位, 要貨店, 要貨門市, 叫貨門市, 叫貨店, 補貨門市, 補貨店,
        訂貨門市, 訂貨店, 調入, 調入店, 調入店家, 調入門市, 調入倉, 調入倉庫, 調入倉別,
        調入庫別, 調入地, 調入方, 調入單位, 調入分店, 調入據點, 調入櫃, 調入櫃點,
        調入部門, 調入組織, 調入倉位, 調入儲位, 調入店號, 調入店代號, 調入門市代號,
        調入倉代號, 調入倉庫代號, 調入門市名稱, 調入店名, 調入倉名稱, 撥入, 撥入店,
        撥入店家, 撥入門市, 撥入倉, 撥入倉庫, 撥入倉別, 撥入庫別, 撥入單位, 撥入方,
        撥入店號, 撥入門市代號, 撥入門市名稱, 移入, 移入店, 移入店家, 移入門市, 移入倉,
        移入倉庫, 移入倉別, 移入庫別, 移入單位, 移入庫位, 轉入, 轉入店, 轉入店家,
        轉入門市, 轉入倉, 轉入倉庫, 轉入倉別, 轉入庫別, 轉入單位, 轉入庫, 調往,
        調往門市, 調至, 撥往, 轉往, 目的門店, 目標門店, 收貨門店, 調入門店, 撥入門店,
        轉入門店, 移入門店, 配貨門店, 要貨門店, 進貨門店, 至, 往, 到, 至門市, 至店
    """,
    "product_name": """
        Product, Item, Item name, Product title, Article, Article name, Name, Goods,
        Goods name, Product description, Item description, Material description,
        Article description, Description, Title, Item title, Style name, Short text,
        Material name, Product name and spec, Variant name

        商品名稱, 產品名稱, 商品, 產品, 品項, 品項名稱, 貨品名稱, 貨品, 貨名, 物料名稱,
        物品名稱, 料品名稱, 商品品名, 產品品名, 中文品名, 英文品名, 商品說明, 產品說明,
        商品描述, 產品描述, 料件名稱, 項目, 項目名稱, 名稱, 款式名稱, 商品全名,
        品名規格, 商品簡稱, 品名及規格, 存貨名稱, 貨物名稱
    """,
    "sku": """
        Internal reference, SKU code, SKU no, SKU number, SKU ID, Variant SKU,
        Product SKU, Item SKU, Merchant SKU, Seller SKU, Shop SKU, Item no, Item number,
        Item code, Item ID, Item ref, Item reference, Article no, Article number,
        Article code, Article ID, Art no, Art number, Art code, Product no,
        Product number, Product code, Product ID, Product ref, Product reference,
        Prod code, Prod no, Part no, Part number, Part code, P/N, PN, Material,
        Material no, Material number, Material code, Goods code, Goods no, Stock code,
        Stock no, Stock number, Stock item, Style, Style no, Style number, Style code,
        Model no, Model number, Model code, Internal code, Internal ref, Default code,
        Reference code, Inventory code, Inventory ID, Inventory item, Merchandise code,
        Product/Internal reference, SKU reference

        品號, SKU碼, SKU編號, SKU號, SKU代碼, 商品SKU, 產品SKU, 品號SKU, 商品編號,
        商品代號, 商品代碼, 商品號, 商品號碼, 商品料號, 商品貨號, 商品品號, 商品ID,
        商品選項貨號, 商品選項編號, 商品選項料號, 選項貨號, 選項料號, 規格編號,
        規格貨號, 規格料號, 規格代碼, 產品編號, 產品代號, 產品代碼, 產品號, 產品號碼,
        產品料號, 產品貨號, 產品品號, 產品序號, 貨號, 貨品編號, 貨品代號, 貨品代碼,
        貨品號, 貨品編碼, 料號, 料品編號, 料品號, 料品代號, 料件編號, 料件號, 料件代號,
        物料, 物料編號, 物料號, 物料號碼, 物料代號, 物料代碼, 物料編碼, 物品編號,
        物品代號, 存貨編號, 存貨編碼, 存貨代號, 存貨代碼, 款號, 款式編號, 款式代號,
        型號, 品項編號, 品項代號, 品項代碼, 品項料號, 品編, 品碼, 品代, 內部參考,
        內部編號, 內部貨號, 內部料號, 內部代號, 自訂編號, 自訂貨號, 庫存編號, 庫存代號,
        商品編碼, 產品編碼, 品項編碼, 店內碼, 店內編號, 存貨品號, 元件品號
    """,
    "barcode": """
        Bar code, EAN, EAN13, EAN code, EAN/UPC, UPC, UPC code, UPCA, GTIN, GTIN13,
        GTIN14, JAN, JAN code, Item barcode, Product barcode, Barcode no,
        Barcode number, Barcode value, Variant barcode, Barcode ID,
        International barcode, Scan code, Global trade item number,
        International article number

        條碼號碼, 條碼編號, 條碼號, 國際條碼, 商品條碼, 產品條碼, 貨品條碼, 品項條碼,
        條形碼, 商品條形碼, 一維條碼, 主條碼, 原廠條碼, 包裝條碼, 店內條碼, 自編條碼,
        國際碼, 商品國際條碼, 國際商品條碼
    """,
    "quantity": """
        Qty, Qnty, Quant, Order qty, Order quantity, Ordered qty, Ordered quantity,
        Qty ordered, Quantity ordered, Demand, Transfer qty, Transfer quantity,
        Qty to transfer, Quantity to transfer, Move qty, Move quantity, Requested qty,
        Requested quantity, Request qty, Request quantity, Qty requested,
        Quantity requested, Required qty, Required quantity, Qty required,
        Quantity required, Need qty, Needed qty, Qty needed, Allocation, Allocation qty,
        Allocation quantity, Allocated qty, Allocated quantity, Qty allocated,
        Allocate qty, Distribution qty, Ship qty, Ship quantity, Qty to ship,
        Quantity to ship, Shipment qty, Send qty, Qty to send, Quantity to send,
        Delivery qty, Delivery quantity, Asked qty, Asked quantity, Pieces, Pcs, PC,
        Pce, Number of pieces, No of pieces, No of pcs, Qty pcs, Pcs qty, Units,
        No of units, Number of units, Unit qty, Count, Amount of pieces,
        Replenishment qty, Replenish qty, Reorder qty, Planned qty, Planned quantity,
        Approved qty, Approved quantity, Confirmed qty, Confirmed quantity,
        Line quantity, Item quantity, Product quantity, Item qty, Bonus qty,
        Bonus quantity, Gift qty, Gift quantity, FOC, FOC qty

        調撥數量, 調撥數, 調撥量, 調撥件數, 調出數量, 調入數量, 調出數, 調入數,
        撥出數量, 撥入數量, 撥貨數量, 撥貨數, 轉出數量, 轉入數量, 轉撥數量, 轉倉數量,
        移轉數量, 移動數量, 移倉數量, 數目, 數, 量, 件數, 個數, 訂購數量, 訂購數,
        訂購量, 訂貨數量, 訂貨數, 訂貨量, 訂單數量, 訂量, 叫貨數量, 叫貨數, 叫貨量,
        要貨數量, 要貨數, 要貨量, 補貨數量, 補貨數, 補貨量, 需求數量, 需求數, 需求量,
        需要數量, 需貨數量, 申請數量, 申請數, 請求數量, 請領數量, 出貨數量, 出貨數,
        出貨量, 出倉數量, 出庫數量, 發貨數量, 發貨數, 配貨數量, 配貨數, 配貨量,
        配送數量, 配送數, 配送量, 分配數量, 分配數, 分配量, 分貨數量, 分貨數, 分貨量,
        鋪貨數量, 鋪貨數, 鋪貨量, 進貨數量, 進貨數, 進貨量, 進倉數量, 入庫數量,
        預計數量, 計劃數量, 核准數量, 核准數, 確認數量, 商品數量, 產品數量, 品項數量,
        交貨數量, 送貨數量, 訂購, 贈送, 贈送數量, 贈送數, 贈送量, 贈品數量, 贈品數,
        贈品量, 贈量, 贈數, 搭贈, 搭贈數量, 搭贈數, 搭贈量
    """,
    "unit": """
        UOM, U/M, UM, UoM code, Unit of measure, Unit of measurement, Units of measure,
        Measure, Measure unit, Sales unit, Order unit, Base unit, Stock unit, Unit name,
        Unit code, Packaging, Pack unit, Qty unit, Quantity unit, Unit of qty

        計量單位, 數量單位, 銷售單位, 庫存單位, 基本單位, 訂購單位, 調撥單位, 計價單位,
        商品單位, 產品單位, 包裝單位, 單位名稱, 交易單位
    """,
    "remark": """
        Note, Notes, Comment, Memo, Remark text, Order remark, Order note,
        Transfer note, Transfer remark, Header note, Internal note, Additional notes,
        Special instructions, Instructions, Annotation

        備考, 附註, 註記, 註解, 備忘, 備註說明, 備註欄, 單頭備註, 調撥備註, 訂單備註,
        整單備註, 調撥說明, 特別備註
    """,
    "line_remark": """
        Line note, Line comment, Item remark, Item note, Item comment, Product remark,
        Product note, Product comment, Row remark, Row note, Detail remark, Line memo

        明細備註, 商品備註, 產品備註, 單身備註, 行備註, 品項說明, 貨品備註, 細項備註
    """,
    "number": """
        Transfer no, Transfer number, Transfer ID, Transfer ref, Transfer reference,
        Transfer order, Transfer order no, Transfer order number, Document no,
        Document number, Doc no, Doc number, Document ID, Stock transfer no,
        Stock transfer number, Stock transfer order, STO, STO no, TO no, TO number,
        Reference, Reference no, Reference number, Ref, Ref no

        調撥單號, 調撥編號, 調撥單編號, 調撥單號碼, 撥貨單號, 轉撥單號, 轉倉單號,
        移倉單號, 移轉單號, 單據號碼, 單據編號, 單據號, 單號碼, 單編號, 單據單號,
        單別單號, 出倉單號, 參考單號, 參考編號, 配貨單號, 調貨單號, 調撥申請單號
    """,
}

# Their meaning depends on what else is there: they are read only where no other column
# says the same. Those that come first go before the next ones.
WEAK_SYNONYMS = {
    "expected_date": (
        """
        Date, Transfer date, Plan date, Target date, Request date, Delivery

        日期, 日, 調撥日期, 調撥日, 撥貨日期, 配貨日期, 配貨日, 配送日期, 配送日,
        送貨日期, 送貨日, 調貨日期, 時間
        """,
    ),
    "destination": (
        """
        Store, Shop, Branch, Outlet, Store name, Store code, Store no, Store number,
        Store ID, Shop name, Shop code, Shop no, Branch name, Branch code, Branch no

        門市, 店名, 店家, 店, 店別, 店號, 店代號, 店代碼, 店碼, 店編, 店舖, 店鋪, 分店,
        門店, 門市名稱, 門市代號, 門市代碼, 門市編號, 門市別, 店家名稱, 店家代號,
        店家代碼, 店鋪名稱, 分店名稱, 分店代號, 門店名稱, 門店編碼, 門店代碼, 店櫃,
        櫃點, 櫃位, 專櫃, 據點, 據點名稱, 營業點
        """,
        """
        Location, Warehouse, Site, Location name, Location code, Warehouse name,
        Warehouse code, WH, Whse, Whs, Plant, Storage location, Counter

        倉庫, 倉別, 庫別, 倉庫名稱, 倉庫代號, 倉庫別, 地點
        """,
    ),
    "sku": (
        """
        Code, Number, Reference, Ref, Model

        編號, 代號, 代碼, 編碼, 品名代號, 規格型號
        """,
        "Product, Item, Article, 產品, 商品, 品項, 貨品",
        "No, ID, 號碼",
    ),
    "remark": (
        """
        Text, Purpose, Reason, Info, Information

        說明, 摘要, 用途, 原因, 事由, 調撥原因, 調撥事由, 調撥理由
        """,
    ),
    "quantity": (
        """
        Total qty, Total quantity, Total pcs, Units total

        總數, 總數量, 總量, 合計數量, 總件數, 數量合計, 數量小計
        """,
    ),
}

# A vendor: of the transfer where the column stands before those of the product; else
# it is the one that the product is bought from, and no matter.
VENDOR_SYNONYMS = """
    Vendor, Vendor name, Vendor code, Vendor no, Vendor ID, Supplier, Supplier name,
    Supplier code, Supplier no, Supplier ID, Supplied by, From vendor, From supplier,
    Third party name

    廠商, 廠商名稱, 廠商代號, 廠商編號, 廠商簡稱, 供應商, 供應商名稱, 供應商代號,
    供應商編號, 供應商代碼, 供應商簡稱, 供貨商, 供貨商名稱, 供貨廠商, 進貨廠商,
    來源廠商, 往來廠商, 來源供應商, 第三方名稱, 合作廠商, 代理商
"""

# Known to say nothing of what goes where and when.
INFORMATION = """
    Price, Unit price, Sales price, Selling price, List price, Retail price, Cost,
    Unit cost, Cost price, Standard price, Amount, Line amount, Total amount, Subtotal,
    Sub total, Grand total, Sum, Total price, Total cost, Tax, VAT, Discount, Currency,
    Value, Total value, MSRP, RRP, Order date, Ordered on, Created, Created on,
    Created at, Creation date, Create date, Document date, Doc date, Posting date,
    Issue date, Date of issue, Issued on, Printed on, Print date, Update date,
    Updated on, Updated at, Last update, Last updated, Modified, Modified on, Ship date,
    Shipping date, Shipment date, Ship by, Shipped on, Dispatch date, Sent on,
    Send date, Entry date, Request created, Start date, End date, Effective date,
    Production date, Expiry, Expiry date, Expiration date, Best before, Shelf life,
    Manufacture date, Mfg date, Launch date, Season, Serial, Serial no, Serial number,
    Sequence, Seq, Seq no, Line, Line no, Line number, Row, Row no, Item line, No, ID,
    Total, Size, Color, Colour, Specification, Spec, Variant, Variant name, Option,
    Option 1, Option 2, Category, Product category, Type, Product type, Class,
    Product group, Brand, Series, Collection, Material group, Product line, Weight,
    Gross weight, Net weight, Volume, Dimensions, Length, Width, Height, Image, Photo,
    Picture, URL, Link, Country of origin, Lot, Lots, Lot no, Batch, Batch no, Bin,
    Bin location, Bin no, Shelf, Aisle, State, Status, Reason, Approved, Shipped,
    Shipped qty, Shipped quantity, Received qty, Received quantity, Received, Short,
    On hand, On hand qty, Stock, Stock qty, Current stock, Available, Available qty,
    In stock, Inventory, Inventory qty, Free qty, Safety stock, Min, Max, Min qty,
    Max qty, Minimum, Maximum, Sales, Sales qty, Sold, Sold qty, Pack size, Case pack,
    Inner pack, Cartons, Boxes, No of cartons, Balance, In transit, Phone, Tel,
    Telephone, Fax, Email, Address, Contact person, Buyer, Owner, User, Created by,
    Prepared by, Checked by, Approved by, Requester, Requested by, Handled by, Staff,
    Salesperson, Responsible, Page, Check, Order no, Order number, Order ID, PO, PO no,
    PO number, Purchase order, SO no, Sales order, Invoice no, Tracking no, Carrier,
    Shipping method, Priority, HS code, Old SKU, Old code, Vendor SKU, Supplier SKU,
    Vendor item no, Supplier item no, Vendor product code, Manufacturer part no

    單價, 售價, 零售價, 定價, 原價, 牌價, 建議售價, 成本, 成本價, 進價, 進貨價,
    標準成本, 批價, 價格, 特價, 促銷價, 會員價, 金額, 總金額, 總價, 小計, 合計, 總計,
    共計, 加總, 稅額, 稅別, 稅率, 折扣, 幣別, 含稅金額, 未稅金額, 成本金額, 含稅單價,
    未稅單價, 訂購日, 訂購日期, 訂單日期, 訂貨日期, 下單日, 下單日期, 建立日期,
    建立時間, 建檔日期, 建單日期, 開單日期, 開單日, 製單日期, 製單日, 製表日期,
    列印日期, 列印時間, 單據日期, 單據日, 申請日期, 申請日, 填表日期, 填單日期,
    修改日期, 更新日期, 更新時間, 異動日期, 過帳日期, 出貨日期, 出貨日, 發貨日期,
    發貨日, 出倉日期, 出倉日, 出庫日期, 出庫日, 預計出貨日, 預計出貨日期, 預計出倉日,
    預計出倉日期, 調出日期, 撥出日期, 寄出日期, 審核日期, 核准日期, 生效日期, 開始日期,
    結束日期, 起始日期, 上市日期, 上架日期, 製造日期, 生產日期, 效期, 有效期, 有效期限,
    有效日期, 有效期間, 保存期限, 保存期, 到期日, 到期日期, 賞味期限, 最後進貨日,
    最近進貨日, 最後銷售日, 序號, 項次, 序, 行號, 流水號, 次序, 順序, 項號, 編次, 列號,
    規格, 規格說明, 顏色, 尺寸, 尺碼, 色號, 顏色代碼, 尺寸代碼, 款式, 類別, 分類, 品類,
    商品類別, 產品類別, 商品分類, 產品分類, 大類, 中類, 小類, 大分類, 中分類, 小分類,
    類型, 種類, 品牌, 品牌名稱, 系列, 季節, 季別, 年度, 性別, 重量, 毛重, 淨重, 體積,
    材積, 材質, 長, 寬, 高, 圖片, 照片, 圖, 網址, 連結, 產地, 原產地, 原產國, 容量,
    口味, 稅則號列, 批號, 批次, 批次號, 儲位, 庫位, 架位, 貨架, 櫃號, 倉位, 貨位, 狀態,
    單據狀態, 原因, 已同意, 已出庫, 已入庫, 短少, 庫存, 庫存量, 庫存數, 庫存數量,
    現有庫存, 現有量, 現貨量, 目前庫存, 可用量, 可用數, 可用數量, 可用庫存, 可調量,
    可調數量, 倉庫庫存, 門市庫存, 總庫存, 在庫量, 在途量, 在途數量, 在途, 安全庫存,
    安全存量, 最低庫存, 最高庫存, 最低存量, 最高存量, 最小量, 最大量, 最小訂購量, 銷量,
    銷售量, 銷售數量, 銷售數, 已售, 已出數量, 已收數量, 未出數量, 未收數量, 未交數量,
    實收, 實發, 實收數量, 實發數量, 實出數量, 差異, 差異數量, 剩餘數量, 剩餘, 盤點數量,
    入數, 箱入數, 每箱數量, 箱裝數, 裝箱數, 箱數, 盒數, 包數, 件裝數, 中包數, 前次數量,
    上次數量, 建議數量, 建議量, 建議補貨量, 周轉天數, 週轉天數, 電話, 聯絡電話, 傳真,
    地址, 收貨地址, 送貨地址, 電子郵件, 聯絡人, 採購, 採購員, 業務, 業務員, 承辦人,
    經辦人, 負責人, 申請人, 製表人, 製表, 製單人, 審核, 審核人, 覆核, 主管, 簽名, 簽收,
    簽核, 核准, 核准人, 建立人, 建立者, 填表人, 員工, 操作人員, 頁次, 頁碼, 頁, 勾選,
    打勾, 點收, 訂單編號, 訂單號碼, 訂單單號, 採購單號, 銷售單號, 發票號碼, 物流單號,
    託運單號, 運單號, 物流, 運送方式, 優先, 優先順序, 舊料號, 舊貨號, 舊品號, 廠商料號,
    廠商貨號, 廠商品號, 供應商料號, 供應商貨號, 供應商品號, 原廠料號, 原廠貨號,
    原廠編號, 原廠型號, 圖號
"""

# Beside another word they say that a column is of something else: the stock, the past.
MODIFIERS = """
    stock, old, new, min, max, pos, free, sold, safety, previous, last, actual, shipped,
    received, approved, available, sum, total, average, avg, suggested, forecast,
    vendor, supplier, price, cost, amount, pack, per carton, per case, per box

    舊, 新, 前, 上次, 前次, 實, 實際, 已, 未, 可用, 安全, 平均, 建議, 最低, 最高,
    庫存量, 廠商, 供應商, 原, 已出, 已收, 未出, 未收, 累計, 每箱, 箱入, 預估, 廠商用,
    庫存數
"""

# Behind the heading of the quantities, they say what is counted.
UNIT_HINTS = """
    carton, ctn, case, box, dozen, doz, pack, pallet, bag, bottle, roll, set, kg, g,
    gram, kilogram, l, liter, litre, ml, m, meter, metre, cm

    箱, 盒, 打, 包, 袋, 瓶, 罐, 捲, 卷, 組, 套, 棧板, 板, 公斤, 公克, 克, 公升, 毫升,
    公尺, 條, 串, 籃, 籠, 桶, 片裝
"""

# Below the headings, they say how to fill in a form.
HINTS = """
    required, mandatory, optional, text, number, date, yyyy-mm-dd, yyyymmdd, integer,
    must, must fill, key, free text, dropdown

    必填, 選填, 必填欄位, 必要, 非必填, 可空白, 可不填, 文字, 數字, 整數, 下拉,
    下拉選單, 日期格式, 西元年月日, 必填項目, 自動帶入, 請勿修改, 店代號, 店名或代號
"""

TOTALS = """
    total, totals, average, subtotal, sub total, grand total, sum, overall total,
    sum total, total qty, total quantity, total pcs, total pieces, total units

    合計, 小計, 總計, 共計, 平均, 總和, 加總, 合 計, 小 計, 總 計, 總數, 總數量,
    合計數量, 總合計, 總合, 數量合計, 總件數, 本頁合計, 本頁小計, 累計, 全部合計,
    門市小計, 總共, 共
"""
