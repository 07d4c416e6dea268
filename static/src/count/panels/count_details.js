import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatQuantity } from "../../quantities/quantities";
import { readPhoto } from "../../scan/device/photos";
import { StepButton } from "../../scan/dock/step_button";
import { describe } from "../state/count_texts";

/** What is said of a row besides its quantity: how many are damaged, a remark, a photo. */
export class CountDetails extends Component {
    static template = "store_transfer.CountDetails";
    static components = { StepButton };
    static props = {
        job: Object,
    };

    setup() {
        this.count = this.props.job.state;
        this.details = this.count.details;
        this.formatQuantity = formatQuantity;
    }

    get row() {
        return this.details.row;
    }

    get description() {
        return describe(this.count.sheet, this.row);
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            ev.stopPropagation();
            this.details.finish();
        }
    }

    async addPhoto(file) {
        const { row } = this;
        if (!file) {
            return;
        }
        let image;
        try {
            image = await readPhoto(file);
        } catch {
            this.count.notify(
                _t("This file is no photo that can be read. Try another.")
            );
            return;
        }
        this.details.addPhoto(row, image);
    }

    get photoUrl() {
        const { photo, id } = this.row;
        return photo
            ? `data:image/jpeg;base64,${photo}`
            : `${this.props.job.host.photoUrl(id)}?unique=${this.count.journal.photoVersion}`;
    }
}
