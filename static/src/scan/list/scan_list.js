import { Component, onMounted, onWillRender, onWillUnmount, useRef } from "@odoo/owl";
import { ScanJob } from "../scan_job";
import { ScanRow } from "./scan_row";

// As high as scan_row.scss says, in pixels.
const ROW_HEIGHT = 72;
const ROWS_AROUND = 6;

/** The rows of the job: of thousands, only those in sight are drawn. */
export class ScanList extends Component {
    static template = "store_transfer.ScanList";
    static components = { ScanRow };
    static props = {
        job: ScanJob,
        submit: Function,
    };

    setup() {
        this.scan = this.props.job.state;
        this.list = useRef("list");
        this.place = this.scan.place;
        this.top = 0;
        this.height = 600;
        onWillRender(() => this.takePlace());
        onMounted(() => {
            this.observer = new ResizeObserver(() => this.onResize());
            this.observer.observe(this.list.el);
        });
        onWillUnmount(() => this.observer.disconnect());
    }

    /** The rows in sight and some around them, with the place of each. */
    getVisible(rows) {
        const first = Math.max(0, Math.floor(this.top / ROW_HEIGHT) - ROWS_AROUND);
        const number = Math.ceil(this.height / ROW_HEIGHT) + 2 * ROWS_AROUND;
        return rows.slice(first, first + number).map((row, index) => ({
            row,
            position: first + index + 1,
            top: (first + index) * ROW_HEIGHT,
        }));
    }

    getHeight(rows) {
        return rows.length * ROW_HEIGHT;
    }

    /** Stand where the list is wanted now, so that it is drawn there at once. */
    takePlace() {
        this.rows = this.scan.rows;
        const { place } = this.scan;
        if (place === this.place || !this.list.el) {
            return;
        }
        this.place = place;
        if (place.isTop) {
            this.top = 0;
            this.list.el.scrollTop = 0;
        } else {
            this.showRow(place.rowId);
        }
    }

    showRow(id) {
        const list = this.list.el;
        const index = this.rows.findIndex((row) => row.id === id);
        const top = index * ROW_HEIGHT;
        const isInSight =
            top >= list.scrollTop &&
            top + ROW_HEIGHT <= list.scrollTop + list.clientHeight;
        if (index < 0 || isInSight) {
            return;
        }
        const wanted = Math.max(0, top - (list.clientHeight - ROW_HEIGHT) / 2);
        this.top = wanted;
        this.wanted = wanted;
        requestAnimationFrame(() => {
            if (this.list.el) {
                this.list.el.scrollTop = this.wanted;
            }
        });
    }

    /** What lies below the list has grown: the row that is counted stays in sight. */
    onResize() {
        this.onScroll();
        this.showRow(this.scan.activeId);
        this.render();
    }

    onScroll() {
        const { scrollTop, clientHeight } = this.list.el;
        if (scrollTop !== this.top || clientHeight !== this.height) {
            this.top = scrollTop;
            this.height = clientHeight;
            this.render();
        }
    }
}
