import { registry } from "@web/core/registry";
import { openMenu } from "./steps";

const BUTTONS = ".o_statusbar_buttons button";

/** Upload a file that the test has put on the server; it is checked at once. */
function upload(name) {
    return [
        {
            trigger: ".o_field_widget[name=file] input[type=file]:not(:visible)",
            async run() {
                const response = await fetch(`/store_transfer_tour/${name}`);
                const files = new DataTransfer();
                files.items.add(new File([await response.blob()], name));
                this.anchor.files = files.files;
                this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        {
            content: "The file is checked",
            trigger: `.o_breadcrumb:contains(${name}), .o_last_breadcrumb_item:contains(${name})`,
        },
    ];
}

function seeFinding(row, column, value) {
    return {
        content: "A finding names its row, its column and its value",
        trigger: `[name=finding_ids] .o_data_row:contains(${row}):contains("${column}"):contains("${value}")`,
    };
}

registry.category("web_tour.tours").add("store_transfer_import_errors", {
    steps: () => [
        ...openMenu("import"),
        ...upload("wrong.xlsx"),
        {
            trigger: ".alert-danger:contains(Nothing was imported):contains(5)",
        },
        seeFinding(2, "To store(s)", "Shop West"),
        seeFinding(3, "Expected date", "someday"),
        seeFinding(4, "SKU", "TEA-999"),
        seeFinding(5, "Quantity", "0"),
        seeFinding(6, "To store(s)", "EC"),
        {
            content: "There is nothing to import yet",
            trigger: `.o_statusbar_buttons:not(:has(button[name=action_import]))`,
        },
        {
            content: "The file with the marks can be had",
            trigger: `${BUTTONS}[name=action_download_marked_file]`,
        },
    ],
});

registry.category("web_tour.tours").add("store_transfer_import_mended", {
    steps: () => [
        ...openMenu("import"),
        ...upload("mended.xlsx"),
        {
            trigger: ".alert-success:contains(Ready to import)",
        },
        {
            trigger: ".o_import_summary:contains(3)",
        },
        {
            trigger: `${BUTTONS}[name=action_import]`,
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Shop North):contains(Draft)",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Shop South):contains(Draft)",
        },
    ],
});

registry.category("web_tour.tours").add("store_transfer_import_large", {
    steps: () => [
        ...openMenu("import"),
        ...upload("large.xlsx"),
        {
            content: "It goes on in the background",
            trigger: ".o_import_progress [role=progressbar]",
        },
        {
            trigger: `${BUTTONS}[name=action_cancel]`,
        },
    ],
});

function sayColumn(heading, meaning) {
    return {
        content: "A column is explained where it is asked about",
        trigger: `.o_import_column select[aria-label*="${heading}"]`,
        run: `select ${meaning}`,
    };
}

registry.category("web_tour.tours").add("store_transfer_import_mapping", {
    steps: () => [
        ...openMenu("import"),
        ...upload("foreign.xlsx"),
        {
            content: "The page says which headings the file has",
            trigger: ".alert-danger:contains(Filiale)",
        },
        sayColumn("Lieferdatum", "expected_date"),
        sayColumn("Filiale", "destination"),
        sayColumn("Artikel", "sku"),
        sayColumn("Stück", "quantity"),
        sayColumn("Farbe", "ignored"),
        {
            trigger: ".o_import_columns_check",
            run: "click",
        },
        {
            trigger: ".alert-success:contains(Ready to import)",
        },
        {
            trigger:
                ".o_import_columns:contains(All columns of the file were understood)",
        },
        {
            trigger: `${BUTTONS}[name=action_import]`,
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row, .o_kanban_record:contains(Shop North)",
        },
    ],
});

registry.category("web_tour.tours").add("store_transfer_import_on_phone", {
    steps: () => [
        ...openMenu("import"),
        ...upload("wrong.xlsx"),
        {
            trigger: "[name=finding_ids] .o_kanban_record:contains(TEA-999)",
        },
        ...upload("mended.xlsx"),
        {
            trigger: `${BUTTONS}[name=action_import].btn-primary`,
            run: "click",
        },
        {
            trigger: ".o_kanban_record:contains(Shop North)",
        },
    ],
});
