import { registry } from "@web/core/registry";
import { openMenu, pressInDialog } from "./steps";

/** Upload a file that the test has put on the server. */
function upload(name) {
    return [
        {
            trigger: ".modal .o_field_widget[name=file] input[type=file]:not(:visible)",
            async run() {
                const response = await fetch(`/store_transfer_tour/${name}`);
                const files = new DataTransfer();
                files.items.add(new File([await response.blob()], name));
                this.anchor.files = files.files;
                this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        {
            trigger: `.modal [name=file] input:value(${name})`,
        },
    ];
}

registry.category("web_tour.tours").add("store_transfer_import", {
    steps: () => [
        ...openMenu("import"),
        ...upload("wrong.xlsx"),
        ...pressInDialog("action_import"),
        {
            trigger: ".modal .alert-danger:contains(Nothing was imported)",
        },
        {
            content: "The error names its row and its column",
            trigger: ".modal .o_data_row:contains(2):contains(SKU):contains(TEA-999)",
        },
        ...upload("right.xlsx"),
        ...pressInDialog("action_import"),
        {
            trigger: "body:not(:has(.modal)) .o_data_row:contains(Shop North)",
        },
        {
            trigger: ".o_data_row:contains(Shop South):contains(Draft)",
        },
    ],
});
