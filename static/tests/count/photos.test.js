import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click, queryFirst, setInputFiles, waitFor, waitUntil } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, Deferred } from "@odoo/hoot-mock";
import { getRow, mountScreen, scan, type } from "./count_helpers";
import { makeRow, Server, Store } from "./count_server";

defineMailModels();

/** Take a photo of the row that is counted. */
async function takePhoto(content) {
    const isOpen = queryFirst("[data-panel=details]");
    if (!isOpen) {
        await type("r");
    }
    const file = new File([content], "photo.jpg", { type: "image/jpeg" });
    await click(".o_count_photo input");
    await setInputFiles([file]);
    await animationFrame();
}

/** The smallest picture. */
function makePicture() {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 2;
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function keepPhotos(...images) {
    const storage = new Store();
    images.forEach((image, index) => {
        const event = { uuid: `photo-${index}`, kind: "photo", line_id: 1, image };
        storage.setItem(`count/1/00${index}`, JSON.stringify(event));
    });
    return storage;
}

test("a photo without a network is kept, shown and sent later, once", async () => {
    const server = new Server([makeRow(1)]);
    const photoStorage = new Store();
    await mountScreen(server, { photoStorage });
    await scan("SKU-1");
    server.isDown = true;
    await takePhoto(await makePicture());
    await waitFor(".o_count_photo_preview[data-src^='data:image/jpeg']", {
        timeout: 5000,
    });
    expect(".o_count_sync").toHaveText("Offline, 1 kept on this device");
    expect(getRow("SKU-1")).toHaveText(/1\/3/);
    expect(".o_count_row .o_count_pending").toHaveCount(1);
    expect(photoStorage.length).toBe(1);
    server.isDown = false;
    server.losesAnswers = true;
    await advanceTime(20000);
    expect(photoStorage.length).toBe(1);
    server.losesAnswers = false;
    await advanceTime(20000);
    await animationFrame();
    expect(server.photos).toHaveLength(1);
    expect(photoStorage.length).toBe(0);
    expect(".o_count_sync").toHaveText("Saved");
    expect(".o_count_row .fa-picture-o").toHaveCount(1);
});

test("a file that is no photo is told at once", async () => {
    const messages = [];
    await mountScreen(new Server([makeRow(1)]), {
        notify: (message) => messages.push(message),
    });
    await scan("SKU-1");
    await takePhoto("a text");
    await waitUntil(() => messages.length, { timeout: 5000 });
    expect(messages).toEqual(["This file is no photo that can be read. Try another."]);
    expect(".o_count_sync").toHaveText("Saved");
});

test("a photo that is not sent yet survives closing the page", async () => {
    const server = new Server([makeRow(1)]);
    const photoStorage = keepPhotos("AAAA");
    await mountScreen(server, { photoStorage });
    await animationFrame();
    expect(server.photos).toEqual(["AAAA"]);
    expect(photoStorage.length).toBe(0);
});

test("a bad photo stops neither the scans nor the photos behind it", async () => {
    const server = new Server([makeRow(1)]);
    const photoStorage = keepPhotos("BAD", "AAAA");
    await mountScreen(server, { photoStorage });
    await scan("SKU-1");
    await animationFrame();
    await animationFrame();
    expect(server.photos).toEqual(["AAAA"]);
    expect(server.rows.get(1).came).toBe(1);
    expect(".o_count_sync").toHaveText("Saved");
    await click(".o_count_problems");
    await animationFrame();
    expect(".o_count_problem_list").toHaveText("No picture");
});

test("a slow photo holds up no scan, and no submit", async () => {
    const server = new Server([makeRow(1)]);
    const photo = new Deferred();
    const photoStorage = keepPhotos("AAAA");
    await mountScreen(server, {
        photoStorage,
        call: async (method, args) => {
            if (args[0]?.[0]?.kind === "photo") {
                await photo;
            }
            return server.call(method, args);
        },
    });
    await scan("SKU-1");
    await animationFrame();
    expect(server.rows.get(1).came).toBe(1);
    expect(".o_count_sync").toHaveText("Saving 1");
    await click(".o_count_submit");
    await animationFrame();
    await animationFrame();
    expect(".o_count_confirm").toHaveCount(1);
    photo.resolve();
    await animationFrame();
    await animationFrame();
    expect(server.photos).toEqual(["AAAA"]);
    expect(".o_count_sync").toHaveText("Saved");
});
