import { registry } from "@web/core/registry";
import { formatPercentage } from "@web/views/fields/formatters";
import {
    PercentageField,
    percentageField,
} from "@web/views/fields/percentage/percentage_field";

/**
 * A rate as 94.5%, and nothing where there was nothing to divide by: of what was not
 * shipped, 0% would say that all of it was wrong.
 *
 * @param {number|false} rate
 */
export function formatRate(rate, options = {}) {
    return rate === false ? "" : formatPercentage(rate, options);
}
formatRate.extractOptions = formatPercentage.extractOptions;

registry.category("formatters").add("transfer_rate", formatRate);
/** A rate in a list: none where there was nothing to divide by. */
class RateField extends PercentageField {
    get formattedValue() {
        const { name, record } = this.props;
        return record.data[name] === false ? "" : super.formattedValue;
    }
}

registry
    .category("fields")
    .add("transfer_rate", { ...percentageField, component: RateField });
