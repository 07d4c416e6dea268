import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click, press } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { Component, onWillUnmount, xml } from "@odoo/owl";
import { expectCame, mountScreen, type } from "./count_helpers";
import { makeRow, Server } from "./count_server";

defineMailModels();

let cameraProps;

/** Stands for the camera of Odoo: each result is pushed by hand. */
class Camera extends Component {
    static template = xml`<video/>`;
    static props = ["*"];
    setup() {
        cameraProps = this.props;
        onWillUnmount(() => expect.step("camera is free"));
    }
}

test("counting with the camera", async () => {
    const server = new Server([makeRow(1), makeRow(2)]);
    await mountScreen(server, { Camera });
    await click(".o_count_camera");
    await animationFrame();
    expect(".o_count_camera_wait").toHaveCount(1);
    cameraProps.onReady();
    await animationFrame();
    expect(".o_count_camera_wait").toHaveCount(0);
    cameraProps.onResult("SKU-1");
    cameraProps.onResult("SKU-1");
    await animationFrame();
    expectCame("SKU-1", "1/3");
    cameraProps.onError(new Error("One picture is broken"));
    await type("?");
    cameraProps.onResult("SKU-2");
    await animationFrame();
    expect("[data-panel=help]").toHaveCount(1, { message: "Read by accident" });
    await press("Escape");
    await animationFrame();
    expectCame("SKU-2", "0/3");
    await click(".o_count_camera_close");
    await animationFrame();
    expect("video").toHaveCount(0);
    expect.verifySteps(["camera is free"]);
});

test("a camera that does not start is told", async () => {
    await mountScreen(new Server([makeRow(1)]), { Camera });
    await click(".o_count_camera");
    await animationFrame();
    cameraProps.onError(new Error("No device can be found."));
    await animationFrame();
    expect.verifySteps(["No device can be found.", "camera is free"]);
    expect(".o_count_camera").toHaveAttribute("aria-pressed", "false");
});
