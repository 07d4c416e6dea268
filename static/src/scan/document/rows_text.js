import { _t } from "@web/core/l10n/translation";

/** Say how many rows are done. */
export function describeRows({ lines, linesDone }) {
    return lines === 1
        ? _t("%s of 1 row", linesDone)
        : _t("%(done)s of %(lines)s rows", { done: linesDone, lines });
}
