import { registry } from "@web/core/registry";
import { formatPercentage } from "@web/views/fields/formatters";
import { percentageField } from "@web/views/fields/percentage/percentage_field";

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
registry.category("fields").add("transfer_rate", percentageField);
