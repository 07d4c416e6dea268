import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** All keys at once, then Enter, as a scanner types them. */
function scan(code) {
    return {
        trigger: ".o_count_screen",
        run() {
            const time = performance.now();
            for (const key of [...code, "Enter"]) {
                const init = { key, bubbles: true, cancelable: true };
                const ev = new KeyboardEvent("keydown", init);
                Object.defineProperty(ev, "timeStamp", { value: time });
                document.body.dispatchEvent(ev);
            }
        },
    };
}

function see(text) {
    return { trigger: `.o_count_message:contains(${text})` };
}

function seeNumbers(text) {
    return { trigger: `.o_count_numbers:contains(${text})` };
}

tours.add("store_transfer_receive_cartons", {
    steps: () => [
        seeNumbers("0 of 3 cartons · 0 of 2 rows"),
        scan("CT-ONE"),
        see("Carton CT-ONE (1 of 3): 8 Units counted"),
        scan("CT-ONE"),
        see("was scanned already. It is counted once"),
        {
            content: "A carton for another shop: two presses, and they know",
            ...scan("CT-ASTRAY"),
        },
        { trigger: ".o_count_offer:contains(Tell Who Waits for It)", run: "click" },
        see("stands at Shop North"),
        {
            content: "The label has the address of a page: a QR code",
            ...scan("https://shop.example.com/store_transfer/carton/CT-TWO"),
        },
        see("Carton CT-TWO (2 of 3): 4 Units counted"),
        seeNumbers("2 of 3 cartons · 1 of 2 rows"),
        { trigger: ".o_count_undo", run: "click" },
        see("Undone. Carton CT-TWO (2 of 3)"),
        seeNumbers("1 of 3 cartons"),
        scan("CT-TWO"),
        seeNumbers("2 of 3 cartons · 1 of 2 rows"),
        { trigger: ".o_count_sync:contains(Saved)" },
        { trigger: ".o_count_submit", run: "click" },
        { trigger: ".o_count_missing_cartons:contains(CT-THREE (3 of 3))" },
        { trigger: ".o_count_confirm", run: "click" },
        { trigger: ".o_notification:contains(was submitted)" },
    ],
});

tours.add("store_transfer_open_cartons", {
    steps: () => [
        scan("CT-ONE"),
        { trigger: ".o_count_panel:contains(6 Units):contains(Oolong Tea)" },
        { trigger: ".o_count_panel .btn-primary", run: "click" },
        seeNumbers("1 of 2 cartons · 0 of 2 rows"),
        {
            content: "One of another transfer is counted there, in two presses",
            ...scan("CT-OTHER"),
        },
        { trigger: ".o_count_offer", run: "click" },
        seeNumbers("0 of 1 carton · 0 of 1 row"),
        scan("CT-OTHER"),
        { trigger: ".o_count_panel:contains(3 Units):contains(Paper Lamp)" },
        { trigger: ".o_count_sync:contains(Saved)" },
    ],
});

tours.add("store_transfer_pack_cartons", {
    steps: () => [
        { trigger: ".o_ship_new_carton:contains(New Carton)", run: "click" },
        see("Carton 1 is open"),
        scan("TEA-001"),
        scan("TEA-001"),
        scan("MUG-001"),
        seeNumbers("Carton 1: 3 · "),
        { trigger: ".o_ship_new_carton:contains(Next Carton)", run: "click" },
        see("Carton 2 is open"),
        scan("MUG-001"),
        seeNumbers("Carton 2: 1 · "),
        { trigger: ".o_ship_close_carton:contains(Close Carton)", run: "click" },
        see("Carton 2 is closed"),
        scan("TEA-001"),
        { trigger: ".o_count_sync:contains(Saved)" },
        { trigger: ".o_count_submit", run: "click" },
        { trigger: ".o_count_confirm", run: "click" },
        { trigger: ".o_notification:contains(was shipped)" },
    ],
});
