import { registry } from "@web/core/registry";
import {
    network,
    pressCode,
    pressFocused,
    scan,
    seeRow,
    seeSync,
    submit,
    type,
} from "./scan_steps";
import { openMenu } from "./steps";

const tours = registry.category("web_tour.tours");

const SKUS = Array.from({ length: 30 }, (_, index) => `P-${index + 101}`);

tours.add("store_transfer_scan_30", {
    steps: () => [
        ...openMenu("scan"),
        {
            content: "The delivery is found by its number, which is scanned",
            trigger: ".o_count_choice",
            run() {
                pressCode(this.anchor.dataset.transfer);
            },
        },
        pressFocused(".o_count_start"),
        {
            trigger: ".o_count_numbers:contains(0 of 30 rows · 0 of 60 Units)",
        },
        ...SKUS.flatMap((sku) => [scan(sku, sku), seeRow(sku, "2/2")]),
        {
            trigger: ".o_count_numbers:contains(30 of 30 rows · 60 of 60 Units)",
        },
        seeSync("Saved"),
        ...submit("was submitted"),
        {
            trigger: ".o_count_chooser:contains(Nothing waits to be counted)",
        },
    ],
});

tours.add("store_transfer_scan_offline", {
    steps: () => [
        scan("TEA-001", "TEA-001", "MUG-001"),
        seeRow("TEA-001", "2/10"),
        seeSync("Saved"),
        {
            trigger: ".o_count_screen",
            run: () => network.cut(),
        },
        scan("TEA-001", "TEA-001", "MUG-001"),
        seeRow("TEA-001", "4/10"),
        seeSync("Offline, 3 kept on this device"),
        ...type("u"),
        seeRow("MUG-001", "1/5"),
        seeSync("Offline, 4 kept on this device"),
        {
            content: "The answers get lost: the server has counted, nobody knows",
            trigger: ".o_count_screen",
            run() {
                network.isDown = false;
                network.losesAnswers = true;
                window.dispatchEvent(new Event("online"));
            },
        },
        {
            trigger: ".o_count_screen",
            run: () => new Promise((resolve) => setTimeout(resolve, 2000)),
        },
        seeSync("Offline, 4 kept on this device"),
        scan("TEA-001"),
        seeRow("TEA-001", "5/10"),
        {
            content: "The page is closed and opened again: the network is back",
            trigger: ".o_count_screen",
            run: () => window.location.reload(),
            expectUnloadPage: true,
        },
        seeSync("Saved"),
        seeRow("TEA-001", "5/10"),
        seeRow("MUG-001", "1/5"),
        ...type("u"),
        seeRow("TEA-001", "4/10"),
        seeSync("Saved"),
    ],
});

tours.add("store_transfer_scan_together_tea", {
    steps: () => [
        ...Array.from({ length: 10 }, () => scan("TEA-001")),
        {
            content: "All mugs; the last one comes when the colleague has seen the tea",
            trigger: ".o_count_numbers:contains(2 of 2 rows · 15 of 15 Units)",
            timeout: 30000,
        },
        {
            trigger: ".o_count_people:contains(shop_approver)",
            // The colleague's browser is closed in the meantime.
            run: () => new Promise((resolve) => setTimeout(resolve, 3000)),
        },
    ],
});

tours.add("store_transfer_scan_together_mug", {
    steps: () => [
        ...Array.from({ length: 4 }, () => scan("MUG-001")),
        {
            content: "The colleague's tea is here, too",
            trigger: ".o_count_numbers:contains(1 of 2 rows · 14 of 15 Units)",
            timeout: 30000,
        },
        {
            trigger: ".o_count_people:contains(shop_staff)",
        },
        scan("MUG-001"),
        seeSync("Saved"),
    ],
});

tours.add("store_transfer_scan_lots", {
    steps: () => [
        scan("MAT-001"),
        {
            trigger: ".o_count_question:contains(M-1):contains(M-2)",
        },
        scan("M-1"),
        seeRow("MAT-001", "1/6"),
        scan("M-1", "M-1"),
        {
            content: "A GS1 code brings the lot and how many: four",
            trigger: ".o_count_screen",
            run: () => pressCode("0104710000000035374#10M-2"),
        },
        {
            trigger: ".o_count_message:contains(M-2: 4 of 4)",
        },
        ...type("d"),
        {
            trigger: "[data-panel=details] #o_count_damaged",
            run: "edit 1 && press Tab",
        },
        {
            trigger: "[data-panel=details] textarea",
            run: "edit The bag is torn && click .o_count_panel h2",
        },
        {
            trigger: "[data-panel=details] .o_count_panel_buttons .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_count_row:contains(1 damaged) .fa-comment-o",
        },
        scan("K-1", "K-1"),
        {
            trigger: ".o_count_message:contains(K-1 was counted already)",
        },
        seeSync("Saved"),
    ],
});

function wait(time) {
    return {
        trigger: ".o_count_screen",
        run: () => new Promise((resolve) => setTimeout(resolve, time)),
    };
}

let film;

tours.add("store_transfer_scan_camera", {
    steps: () => [
        {
            trigger: ".o_count_camera",
            run: "click",
        },
        {
            content: "It reads an EAN-13",
            trigger: ".o_count_message:contains(Oolong Tea: 1 of 10)",
            run() {
                film = document.querySelector(".o_count_camera_view video").srcObject;
            },
        },
        {
            content: "The piece is still in view, and is told to count once",
            trigger: ".o_count_message:contains(This piece is counted)",
        },
        {
            content: "It was away, and is back: the next piece",
            trigger: ".o_count_message:contains(Oolong Tea: 2 of 10)",
            timeout: 15000,
        },
        {
            content: "Another symbology, Code 128",
            trigger: ".o_count_message:contains(Clay Mug: 1 of 5)",
            timeout: 15000,
        },
        {
            trigger: ".o_count_camera_close",
            run: "click",
        },
        {
            content: "The camera is free for others",
            trigger: ".o_count_screen:not(:has(video))",
            run() {
                const states = film.getTracks().map((track) => track.readyState);
                if (states.join() !== "ended") {
                    throw new Error(`The camera is ${states}`);
                }
            },
        },
        seeSync("Saved"),
    ],
});

/** What a phone does that took a photo, in the details of the row. */
function takePhoto(colour) {
    return {
        trigger: "[data-panel=details] .o_count_photo",
        async run() {
            const canvas = document.createElement("canvas");
            canvas.width = canvas.height = 2000;
            const context = canvas.getContext("2d");
            context.fillStyle = colour;
            context.fillRect(0, 0, 2000, 2000);
            const content = await new Promise((resolve) => canvas.toBlob(resolve));
            const files = new DataTransfer();
            files.items.add(new File([content], "photo.png", { type: "image/png" }));
            const input = this.anchor.querySelector("input");
            input.files = files.files;
            input.dispatchEvent(new Event("change", { bubbles: true }));
        },
    };
}

const GO_BACK = {
    trigger: "[data-panel=details] .o_count_panel_buttons .btn-primary",
    run: "click",
};

tours.add("store_transfer_scan_photo", {
    steps: () => [
        scan("TEA-001"),
        seeSync("Saved"),
        {
            trigger: ".o_count_screen",
            run: () => network.cut(),
        },
        ...type("r"),
        takePhoto("red"),
        {
            trigger: "[data-panel=details] .o_count_photo_preview[src^='data:image']",
        },
        GO_BACK,
        seeSync("Offline, 1 kept on this device"),
        {
            trigger: ".o_count_row[data-sku='TEA-001'] .o_count_pending",
        },
        scan("MUG-001"),
        seeRow("MUG-001", "1/5"),
        ...type("r"),
        takePhoto("green"),
        {
            content: "The answers get lost: the server has them, nobody knows",
            trigger: "[data-panel=details] .o_count_photo_preview[src^='data:image']",
            run() {
                network.isDown = false;
                network.losesAnswers = true;
                window.dispatchEvent(new Event("online"));
            },
        },
        GO_BACK,
        wait(2000),
        seeSync("Offline, 3 kept on this device"),
        {
            content: "The page is closed and opened again: the network is back",
            trigger: ".o_count_screen",
            run: () => window.location.reload(),
            expectUnloadPage: true,
        },
        seeSync("Saved"),
        seeRow("TEA-001", "1/10"),
        {
            trigger: ".o_count_row[data-sku='TEA-001'] .fa-picture-o",
        },
        {
            trigger: ".o_count_row[data-sku='MUG-001'] .fa-picture-o",
            run: "click",
        },
        ...type("r"),
        {
            content: "The server has the photo",
            trigger: "[data-panel=details] .o_count_photo_preview[src*='/web/image/']",
            run() {
                if (!this.anchor.complete || !this.anchor.naturalWidth) {
                    return new Promise((resolve, reject) => {
                        this.anchor.onload = resolve;
                        this.anchor.onerror = reject;
                    });
                }
            },
        },
    ],
});
