import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { ViewButton } from "@web/views/view_button/view_button";

/** The columns of a file: what each is read as, or may be said to be. */
export class ImportColumns extends Component {
    static template = "store_transfer.ImportColumns";
    static components = { ViewButton };
    static props = { ...standardFieldProps };

    setup() {
        this.state = useState({ showsAll: false });
    }

    get columns() {
        return this.props.record.data[this.props.name].records;
    }

    /** Those that ask for an answer; all that can where the file is no use without. */
    get shownColumns() {
        const { problem } = this.props.record.data;
        return this.columns.filter(
            (column) =>
                this.state.showsAll ||
                !column.data.column_name ||
                column.dirty ||
                (problem && !column.data.fixed_reason)
        );
    }

    get isChanged() {
        return this.columns.some((column) => column.dirty);
    }

    get title() {
        if (this.props.record.data.problem && this.shownColumns.length) {
            return _t("What are the columns of this file?");
        }
        if (this.columns.some((column) => !column.data.column_name)) {
            return _t("Columns that are not read");
        }
        return _t("All columns of the file were understood.");
    }

    getMeanings(column) {
        return column.fields.column_name.selection;
    }

    getMeaning(column) {
        const meanings = Object.fromEntries(this.getMeanings(column));
        return meanings[column.data.column_name] || _t("Not read");
    }

    getFixedReason(column) {
        const reasons = Object.fromEntries(column.fields.fixed_reason.selection);
        return reasons[column.data.fixed_reason];
    }

    getPlace(column) {
        const { letter, sheet } = column.data;
        return sheet
            ? _t("Sheet %(sheet)s, column %(letter)s", { sheet, letter })
            : _t("Column %s", letter);
    }

    getQuestion(column) {
        return _t("What is the column %s?", column.data.heading || column.data.letter);
    }

    choose(column, name) {
        return column.update({ column_name: name || false });
    }
}

registry.category("fields").add("store_transfer_import_columns", {
    component: ImportColumns,
    supportedTypes: ["one2many"],
    useSubView: true,
    fieldDependencies: [{ name: "problem", type: "char" }],
});
