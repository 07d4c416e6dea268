/**
 * What a code that is scanned stands for: the cases that this screen and the server
 * decide by the same rule. tests/test_scan_codes.py reads them from here.
 *
 * Rows are made in this order; a scan says what becomes of it, and on which row.
 */
export const SCAN_RULES = JSON.parse(`
[
    {
        "name": "a product without lots",
        "rows": [{"product": "RT-TEA", "expected": 3}],
        "scans": [{"code": "RT-TEA", "status": "counted", "row": ["RT-TEA", ""]}]
    },
    {
        "name": "a product of which one lot was sent, then the label of the lot",
        "rows": [{"product": "RT-TEA", "tracking": "lot", "lot": "RL-1", "expected": 3}],
        "scans": [
            {"code": "RT-TEA", "status": "asks_lot"},
            {"code": "RL-1", "status": "counted", "row": ["RT-TEA", "RL-1"]}
        ]
    },
    {
        "name": "a product of which several lots were sent",
        "rows": [
            {"product": "RT-TEA", "tracking": "lot", "lot": "RL-1", "expected": 3},
            {"product": "RT-TEA", "tracking": "lot", "lot": "RL-2", "expected": 3}
        ],
        "scans": [
            {"code": "RT-TEA", "status": "asks_lot"},
            {"code": "RL-2", "status": "counted", "row": ["RT-TEA", "RL-2"]},
            {"code": "RL-1", "status": "counted", "row": ["RT-TEA", "RL-1"]}
        ]
    },
    {
        "name": "a lot that two products share",
        "rows": [
            {"product": "RT-TEA", "tracking": "lot", "lot": "RL-1", "expected": 3},
            {"product": "RT-MUG", "tracking": "lot", "lot": "RL-1", "expected": 3}
        ],
        "scans": [
            {
                "code": "RL-1",
                "status": "asks_product",
                "products": ["RT-TEA", "RT-MUG"]
            },
            {"code": "RL-1", "status": "asks_product", "products": ["RT-TEA", "RT-MUG"]}
        ]
    },
    {
        "name": "a lot that two products share, after the label of one of them",
        "rows": [
            {"product": "RT-TEA", "tracking": "lot", "lot": "RL-1", "expected": 3},
            {"product": "RT-MUG", "tracking": "lot", "lot": "RL-1", "expected": 3}
        ],
        "scans": [
            {"code": "RT-MUG", "status": "asks_lot"},
            {"code": "RL-1", "status": "counted", "row": ["RT-MUG", "RL-1"]},
            {"code": "RL-1", "status": "asks_product", "products": ["RT-TEA", "RT-MUG"]}
        ]
    },
    {
        "name": "a serial number, twice",
        "rows": [
            {"product": "RT-KET", "tracking": "serial", "lot": "RS-1", "expected": 1}
        ],
        "scans": [
            {"code": "RT-KET", "status": "asks_lot"},
            {"code": "RS-1", "status": "counted", "row": ["RT-KET", "RS-1"]},
            {"code": "RS-1", "status": "refused"}
        ]
    },
    {
        "name": "the SKU of one product is a lot of another",
        "rows": [
            {"product": "RT-TEA", "expected": 3},
            {"product": "RT-MUG", "tracking": "lot", "lot": "RT-TEA", "expected": 3}
        ],
        "scans": [{"code": "RT-TEA", "status": "counted", "row": ["RT-TEA", ""]}]
    },
    {
        "name": "a lot is no other spelling of a barcode",
        "rows": [
            {
                "product": "RT-TEA",
                "tracking": "lot",
                "lot": "0012345678905",
                "expected": 3
            }
        ],
        "scans": [
            {"code": "012345678905", "status": "unknown"},
            {"code": "0012345678905", "status": "counted", "row": ["RT-TEA", "0012345678905"]}
        ]
    },
    {
        "name": "a SKU in its other spelling",
        "rows": [{"product": "0012345678905", "expected": 3}],
        "scans": [
            {"code": "012345678905", "status": "counted", "row": ["0012345678905", ""]}
        ]
    },
    {
        "name": "what nobody knows",
        "rows": [{"product": "RT-TEA", "expected": 3}],
        "scans": [{"code": "RT-NOBODY", "status": "unknown"}]
    }
]
`);
